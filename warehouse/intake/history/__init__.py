"""History checks: compare a file with everything that was sent before it, and a corrected file with the earlier findings."""
