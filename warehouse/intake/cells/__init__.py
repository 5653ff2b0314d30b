"""From tables to values: numbers, dates, units, periods."""
