"""The checks of columns and of forms."""
