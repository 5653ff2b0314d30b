"""Reports: a report is form × unit × period. Gathers its rows, decides its status, writes the rows of the raw tables."""
