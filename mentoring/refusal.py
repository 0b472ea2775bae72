"""How an action says no."""


class Refused(Exception):
    """An action will not do this. The message is for the person who asked: what is wrong and what to do."""
