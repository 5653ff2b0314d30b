"""From grids to tables: divides a sheet into blocks, and reads units, indicators or periods that stand in columns."""
