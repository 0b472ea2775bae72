"""Beyond the pair: what a programme puts on for everybody, who would like to be found, and a board for each role (G16)."""
