"""What was sent before, and what that says of a file: the checks that need history, and how a file sent again compares."""
