"""Services of the upload page: check a file before it is handed in, put it into the inbox, start the collection."""
