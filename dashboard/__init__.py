"""The dashboard: who may see it, and how does it look? Reads published releases only."""
