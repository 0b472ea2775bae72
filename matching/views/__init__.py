"""Pages of step 4."""
