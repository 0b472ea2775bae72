"""Pages of this step: how partnerships stand, a partnership's own page, and its meetings."""
