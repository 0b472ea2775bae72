"""What every step stands on, and the wiring."""

import os

import uuid_utils

from mentoring.celery import app as celery_app

__all__ = ["celery_app"]

# A forked worker would draw the same "random" identifiers as its sisters: the generator's state is copied with it.
os.register_at_fork(after_in_child=uuid_utils.reseed_rng)
