"""Receipts and annotated workbooks for the sender."""
