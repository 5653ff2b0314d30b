"""Vietnamese text and legacy font encodings."""
