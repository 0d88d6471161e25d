"""Telemetry: log lines, and requests that are counted and timed."""
