"""Models of mentoring in which more than two come together, or in which there is one pool (M5, M7 to M10)."""
