"""Panels: indices by province and year that others publish. One small mapping file describes the table of each.

To add a panel: write `warehouse/intake/panels/<name>.yml` and list its measures in the seed `panel_indicators.csv`, as
docs/panels.md says.
"""
