"""What starts, stops and runs the parts on one machine: the Makefile's commands."""
