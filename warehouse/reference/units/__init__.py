"""Which unit a code or a name means on a date."""
