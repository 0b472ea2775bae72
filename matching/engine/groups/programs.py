"""A linear program with whole or with fractional amounts, for HiGHS (which is part of SciPy)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass
class Program:
    """The highest `worth` of amounts from 0 to `top`, under rows that stay at most (or exactly) what they are given."""

    worth: Floats
    top: float = 1.0
    entries: list[tuple[Whole, Whole, Floats]] = field(default_factory=list)
    limits: list[Floats] = field(default_factory=list)
    exact: list[NDArray[np.bool_]] = field(default_factory=list)
    height: int = 0

    def add(self, rows: Whole, columns: Whole, values: Floats | float, limit: Floats, exact: bool = False) -> slice:
        """More rows, numbered from 0; gives back their place among all rows."""
        values = np.broadcast_to(np.asarray(values, dtype=np.float64), rows.shape)
        self.entries.append((rows + self.height, columns, values))
        self.limits.append(np.asarray(limit, dtype=np.float64))
        self.exact.append(np.full(len(limit), exact))
        self.height += len(limit)
        return slice(self.height - len(limit), self.height)

    def join(self) -> tuple[csr_array, Floats, NDArray[np.bool_]]:
        rows, columns, values = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        table = csr_array((values, (rows, columns)), shape=(self.height, len(self.worth)))
        return table, np.concatenate(self.limits), np.concatenate(self.exact)

    def choose(self, seconds: float | None = None) -> NDArray[np.bool_] | None:
        """The best whole amounts (0 or 1); None where there are none, or none was found in time."""
        if not len(self.worth):
            return np.zeros(0, dtype=bool) if self.is_empty_enough() else None
        table, limit, exact = self.join()
        options = {"mip_rel_gap": 0.0} | ({} if seconds is None else {"time_limit": max(0.1, seconds)})
        found = milp(
            -self.worth,
            integrality=np.ones(len(self.worth)),
            bounds=Bounds(0, self.top),
            constraints=LinearConstraint(table, np.where(exact, limit, -np.inf), limit),
            options=options,
        )
        return None if found.x is None else np.asarray(found.x > 0.5)

    def is_empty_enough(self) -> bool:
        """Whether doing nothing at all keeps every row."""
        limit, exact = np.concatenate(self.limits), np.concatenate(self.exact)
        return bool((limit >= 0).all() and (limit[exact] == 0).all())

    def relax(self) -> tuple[Floats, Floats] | None:
        """The best fractional amounts, and what one more of each row's limit is worth; None where there are none."""
        if not len(self.worth):
            return None
        table, limit, exact = self.join()
        found = linprog(
            -self.worth,
            A_ub=table[~exact] if (~exact).any() else None,
            b_ub=limit[~exact] if (~exact).any() else None,
            A_eq=table[exact] if exact.any() else None,
            b_eq=limit[exact] if exact.any() else None,
            bounds=(0, self.top),
            method="highs",
        )
        if found.x is None:
            return None
        prices = np.zeros(len(limit))
        if (~exact).any():
            prices[~exact] = -found.ineqlin.marginals
        if exact.any():
            prices[exact] = -found.eqlin.marginals
        return found.x, prices
