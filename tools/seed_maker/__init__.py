"""The reference seeds, made again from the facts: one module a subject."""
