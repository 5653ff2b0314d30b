"""Child processes with limits on memory and time, in which files from senders are opened."""
