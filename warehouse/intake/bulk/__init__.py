"""The fast path for long tables, read by column."""
