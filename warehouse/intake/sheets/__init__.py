"""From grids to tables: finds the header, the title lines and the data rows of a form."""
