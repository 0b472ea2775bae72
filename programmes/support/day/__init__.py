"""A co-ordinator's day: what changed, letters to all who are silent, dated notes, and her own time."""
