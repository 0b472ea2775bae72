"""Pages of a programme."""
