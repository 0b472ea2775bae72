"""Many tables in one step of a migration."""

from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Create these models, in this order, as one step.

    Django draws its picture of all models anew after every step, with each model that is tied to the new one; here every
    model is tied to the organisation, so that a step for each took four times as long.
    """

    category = OperationCategory.ADDITION

    def __init__(self, created: list[CreateModel]) -> None:
        self.created = created

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        was_drawn = state.__dict__.pop("apps", None) is not None
        for model in self.created:
            model.state_forwards(app_label, state)
        if was_drawn:
            state.apps  # noqa: B018  (drawn when it is asked for)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in self.created:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in reversed(self.created):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Create models " + ", ".join(model.name for model in self.created)
