"""Plans of a cycle that is over go along with a new edition, and nobody is asked to look at them."""

import pytest
from django.urls import reverse

from framework.models import Edition
from plans.selectors.waiting import waiting_for
from tests.factories.territory import ZoneFactory
from tests.plans.carrying.succeeding import carry, make_plan_to_carry
from tests.plans.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SAID = "The cycle of this plan is over: this can stay as it is."


def test_nothing_waits_in_a_plan_whose_cycle_is_over(client_of, time_machine):
    time_machine.move_to("2026-12-01T12:00:00+01:00")
    cast = Cast(ZoneFactory())
    over = make_plan_to_carry(zone=cast.zone, cycle__first_year=2020)
    carry(over)
    now = make_plan_to_carry(zone=cast.zone, edition=over.edition)
    carry(now, Edition.objects.get(code="invented"))
    assert [waiting.name for waiting in waiting_for(cast.lead)] == [str(now.version.plan)]
    pages = [
        client_of(cast.lead).get(reverse("plans:check", args=[each.version.plan_id])).content.decode()
        for each in (over, now)
    ]
    assert [SAID in page for page in pages] == [True, False]
