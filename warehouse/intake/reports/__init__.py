"""One report is form × unit × period: its rows, its status, the outcome of the file."""
