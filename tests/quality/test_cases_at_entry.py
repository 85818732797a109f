"""What the rules say at the saves of monitoring cases."""

from datetime import date

import pytest

from dossiers.domain.cases import enter_case
from households.domain.monitoring import identify_for_monitoring
from quality.models import Finding
from registry.tenancy.context import Actor
from tests.factories.cases import confirmed, lead
from tests.factories.households import registered

pytestmark = pytest.mark.django_db


def test_no_finding_is_made_when_a_lead_is_confirmed(office: Actor) -> None:
    confirmed()

    assert not Finding.objects.filter(rule_code="R47-01").exists()


def test_finding_is_closed_when_the_missing_case_is_entered(office: Actor) -> None:
    household = registered(status="lifted")
    identify_for_monitoring(household.pk, "1", actor=office, on=date(2021, 1, 12), reason="县公告")
    before = list(Finding.objects.filter(rule_code="R47-01").values_list("state", flat=True))

    enter_case(household.pk, lead(), actor=office)

    assert before == ["new"]
    assert list(Finding.objects.filter(rule_code="R47-01").values_list("state", flat=True)) == ["fixed"]
