"""Panels: published indices by province and year that others made, read through one small mapping file each.

To add a panel: write `warehouse/panels/<name>.yml` and list its measures in the seed `panel_indicators.csv`.
"""
