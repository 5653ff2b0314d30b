"""Child processes with bounds on memory and time, in which files of strangers are opened."""
