"""Atomic and durable writes. Knows nothing of reports."""
