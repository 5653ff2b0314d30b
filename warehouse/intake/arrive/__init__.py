"""A file arrives: from the inbox into the archive, by its hash."""
