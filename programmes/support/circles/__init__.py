"""What more than two need: topics they choose, who came, turns, people who join and leave, a word alone."""
