"""Time given and learning done, in somebody's own log, and a certificate of hours (R1, X11)."""
