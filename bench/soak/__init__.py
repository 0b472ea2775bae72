"""Faults and crowds, for as long as they are given: `SECONDS=60 make soak`.

`kills` runs by itself, as a deployment runs, and kills each of its processes while reminders fall due.

Each part makes its own mischief on servers of its own and says one last line: what was wrong, divided by all there was.
"""
