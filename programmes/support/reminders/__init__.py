"""Reminders of partnerships: each says one thing, kindly, once, and is answered by one tap (C1, G14, X8).

`upcoming` is arithmetic on dates: what there is to say, and when. `wording` says it. `sweeping` promises what is due;
`rechecks` is asked again just before a letter goes.
"""
