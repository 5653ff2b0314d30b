"""Releases: build in a private file, audit, publish under a name of its own, roll back, open for reading."""
