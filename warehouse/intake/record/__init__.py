"""Staging, recording, rebuilding: from parsed files into the raw store."""
