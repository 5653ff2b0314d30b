"""Every message to a sender (rules.yml), and the findings that carry them."""
