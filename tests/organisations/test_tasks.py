"""Background tasks of an organisation carry it, and refuse to go without."""

import pytest

from mentoring.organisations import tenancy
from mentoring.outbox.tasks import sweep_organisation


def test_task_is_not_sent_without_an_organisation():
    with pytest.raises(tenancy.NoTenant, match="without an organisation"):
        sweep_organisation.delay()


def test_task_does_not_run_without_an_organisation(db):
    with pytest.raises(tenancy.NoTenant, match="without an organisation"):
        sweep_organisation.apply(throw=True)
