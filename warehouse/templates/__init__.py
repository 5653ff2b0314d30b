"""Workbooks for units to fill in, made from the contracts."""
