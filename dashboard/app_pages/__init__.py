"""One folder for each page, with its sections, tables, sentences and queries; the address of a page is its folder's name."""
