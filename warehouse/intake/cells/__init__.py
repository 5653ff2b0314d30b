"""From tables to values: reads numbers, dates, units, periods and lists."""
