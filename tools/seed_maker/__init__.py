"""The reference seeds, made from the facts: one module a subject."""
