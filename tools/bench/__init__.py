"""Benchmarks. Each figure is a ratio to a baseline of the same run, since machines differ and are shared."""
