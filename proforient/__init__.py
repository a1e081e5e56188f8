"""Monitoring of career guidance for municipal education departments."""

__version__ = "0.1.0"
