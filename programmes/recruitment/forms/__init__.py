"""What this step asks, of applicants and of co-ordinators."""

from .applying import StartForm, make_answers_form
from .coordinating import NoteForm, OpeningForm, PlacesForm, QuestionForm

__all__ = ["NoteForm", "OpeningForm", "PlacesForm", "QuestionForm", "StartForm", "make_answers_form"]
