"""Pages of getting help."""
