"""Faults and crowds, for as long as they are given: `SECONDS=60 make soak`.

Each part makes its own mischief on servers of its own and says one last line: what was wrong, divided by all there was.
"""
