"""The personal development plan (A5): where somebody stands, what they need to learn from that, and who reads it."""
