"""From bytes to grids of cells: the file formats."""
