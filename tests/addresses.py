"""Every address of the product, with a world's own objects in it."""

import re
from dataclasses import dataclass

from django.urls import reverse

from mentoring.organisations import addresses as catalogue

from .world import World, part

PART = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")
CAPABILITIES = {"secret", "token", "signature"}  # whoever holds one may read what it opens


@dataclass(frozen=True)
class Address(catalogue.Address):
    """An address that can be filled in."""

    @property
    def step(self) -> str:
        return self.name.rpartition(":")[0]

    @property
    def parts(self) -> list[str]:
        return [one or other for one, other in PART.findall(self.route)]

    @property
    def is_public(self) -> bool:
        return self.policy is None or self.policy.gate.startswith("public")

    @property
    def is_capability(self) -> bool:
        return bool(CAPABILITIES & set(self.parts))

    def path(self, world: World) -> str:
        """This address with the world's own objects in it."""
        return reverse(
            self.name, kwargs={name: part(world, self.step, name, self.segment_before(name)) for name in self.parts}
        )

    def path_in(self, world: World, objects: World) -> str:
        """The address of one world's programme, with another's objects in it."""
        place = {"organisation", "programme"}
        chosen = {name: world if name in place else objects for name in self.parts}
        return reverse(
            self.name,
            kwargs={name: part(owner, self.step, name, self.segment_before(name)) for name, owner in chosen.items()},
        )

    @property
    def names_an_object(self) -> bool:
        return bool(
            set(self.parts) - {"organisation", "programme", "role", "name", "number", "uidb36", "key", "model", "form"}
        )

    def segment_before(self, name: str) -> str:
        before = re.split(rf"<(?:\w+:)?{name}>|\(\?P<{name}>", self.route)[0]
        return before.rstrip("/").rpartition("/")[2]


def addresses() -> list[Address]:
    return [Address(found.name, found.route, found.policy) for found in catalogue.addresses()]
