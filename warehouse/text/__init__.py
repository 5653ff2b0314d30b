"""Vietnamese text.

- `vietnamese`: typed text in forms that can be compared
- `legacy_fonts`: text in the fonts of before Unicode
"""
