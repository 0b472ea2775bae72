"""What the demo says when it is ready."""

from .state import State

COLUMNS = {"role": "Who", "name": "Name", "email": "E-mail", "password": "Password", "programme": "Programme"}


def draw_table(state: State, sign_ins: list[dict[str, str]], seconds: float) -> str:
    """The address, and one line for each sign-in under its organisation's programme."""
    rows = [COLUMNS, *sign_ins]
    widths = {column: max(len(row.get(column, "")) for row in rows) for column in COLUMNS}
    lines = ["  ".join(row.get(column, "").ljust(width) for column, width in widths.items()).rstrip() for row in rows]
    return "\n".join([
        "",
        f"Alongside is ready after {seconds:.1f} seconds:  {state.address}",
        "",
        *lines,
        "",
        f"Every message it sends can be read at {state.address}/caught-mail/",
        f"Data are kept in {state.folder}. Ctrl-C stops it.",
    ])  # fmt: skip
