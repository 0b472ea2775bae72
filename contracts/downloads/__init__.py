"""What a programme's people take away: all its contracts in one file, and forms to fill in by hand."""
