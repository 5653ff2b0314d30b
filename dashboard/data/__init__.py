"""The open release and its named queries; a query that several pages read lies here, any other beside its page."""
