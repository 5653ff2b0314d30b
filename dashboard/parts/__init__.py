"""Parts of pages that would make a page too long: each draws one section, from query to words."""
