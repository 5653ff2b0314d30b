"""The words of the interface, and numbers, dates and names as people write them in each language."""
