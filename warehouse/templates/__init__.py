"""Workbooks for units to fill in, made from the contracts.

- `issue`: the workbooks of a period, one file a unit
- `workbook`: one workbook, with its guide
- `form_sheet`: the sheet of one form
- `cell_checks`: the checks while an officer types
- `lists`: the hidden sheet of the drop-downs
- `styles`: the styles of cells
- `registered_models`: the models that form TD is prefilled with
"""
