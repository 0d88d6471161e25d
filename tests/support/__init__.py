"""Helpers of the tests: instances, clients, fakes, inputs."""
