"""Numbers, lists and rhythms as people say them."""


def plural(count: int, unit: str) -> str:
    """ "1 pair", "3 pairs"."""
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def listed(words: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def say_rhythm(days: int) -> str:
    """ "every 4 weeks", "every week", "every 10 days"."""
    count, unit = (days // 7, "week") if days % 7 == 0 else (days, "day")
    return f"every {unit}" if count == 1 else f"every {plural(count, unit)}"
