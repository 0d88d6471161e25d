"""The client of the translator service, with load balancing over its replicas."""
