"""From grids to tables: the header, the title lines, the data rows."""
