"""File formats: from bytes to grids of cells."""
