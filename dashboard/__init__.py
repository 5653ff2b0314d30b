"""The dashboard shows a published release. Its rooms stand in tests/test_architecture.py in the order of their imports."""
