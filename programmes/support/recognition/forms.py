"""The form of one's own log."""

from django import forms as fields

from mentoring.forms import Form

from ..forms import day
from ..models import LONGEST_MEETING


class LearningForm(Form):
    """Time for one's own development that is not noted anywhere else."""

    on = day("Which day?")
    minutes = fields.IntegerField(
        label="How many minutes?",
        min_value=1,
        max_value=LONGEST_MEETING,
        widget=fields.NumberInput(attrs={"inputmode": "numeric"}),
    )
    what = fields.CharField(
        label="What did you do, and what do you take from it?",
        max_length=1000,
        widget=fields.Textarea(attrs={"rows": 3}),
    )
    mark_optional = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "what"
        ].readers = "Only you read this, and whoever you show your certificate to sees the day and the minutes."
