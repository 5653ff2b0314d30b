"""Benchmarks: ratios against something measured in the same run, since machines differ and are shared."""
