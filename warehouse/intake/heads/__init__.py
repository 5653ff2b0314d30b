"""The lines above a table: labels, letterhead and titles, and the unit and period that they name."""
