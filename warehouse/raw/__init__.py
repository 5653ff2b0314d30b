"""The raw store: its tables, how it is opened, how a store of an earlier version is upgraded."""
