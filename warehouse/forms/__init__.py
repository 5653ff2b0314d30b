"""The seven forms as contracts: one .yml file a form, and the classes that read them."""
