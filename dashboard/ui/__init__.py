"""Streamlit helpers that pages share: the frame, blocks, tables, choices in the address, style."""
