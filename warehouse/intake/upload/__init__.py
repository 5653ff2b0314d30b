"""What the upload page does: check a file before it is handed in, put it into the inbox, call the collection."""
