"""Data frame to figure. Nothing here knows Streamlit, SQL or where the figures come from."""
