"""History checks: compare a file with all files sent before it, and a corrected file with the earlier findings."""
