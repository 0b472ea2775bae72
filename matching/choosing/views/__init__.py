"""Pages on which people choose, and co-ordinators let them."""
