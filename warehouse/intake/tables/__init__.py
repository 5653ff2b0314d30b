"""One table: its header, its columns, its data rows, and what only looks like a table of a form."""
