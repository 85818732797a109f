"""The roster of a whole county, from the file to the register."""

import json

import pytest
from django.db.models import Count, Q

from exchange.enums import BatchState
from exchange.models import ImportHousehold, ImportRow
from households.enums import HouseholdStatus, MonitoringState
from households.models import Household, Person, Posting
from registry.models import Document
from registry.tenancy.context import Actor
from tests.exchange.conftest import DEMO
from tests.exchange.rosters import applied, checked

MANIFEST = json.loads((DEMO / "county-roster.manifest.json").read_text())


@pytest.mark.parametrize("name", ["county-roster.xlsx", "county-roster.csv"])
def test_county_roster_goes_in_whole_when_it_is_the_first(name: str, office: Actor) -> None:
    batch = applied((DEMO / name).read_bytes(), office)

    assert batch.state == BatchState.APPLIED
    assert batch.refused_columns == ["民族", "政治面貌"]
    assert batch.unknown_columns == []
    assert counted() == {
        "persons": MANIFEST["persons"],
        "households": MANIFEST["households"],
        "lifted": MANIFEST["lifted_households"],
        "not_lifted": MANIFEST["not_lifted_households"],
        "monitored": MANIFEST["monitored_households"],
        "takeovers": MANIFEST["households"] + MANIFEST["monitored_households"],
    }
    assert batch.result["helpers"] == MANIFEST["helpers"]
    assert kept_of_the_file() == (0, 0, 0)


def counted() -> dict[str, int]:
    """Count what the register holds."""
    of_households = Household.objects.aggregate(
        households=Count("id"),
        lifted=Count("id", Q(status=HouseholdStatus.LIFTED)),
        not_lifted=Count("id", Q(status=HouseholdStatus.FILED)),
        monitored=Count("id", Q(monitoring_state=MonitoringState.IDENTIFIED)),
    )
    takeovers = Posting.objects.filter(kind="takeover", effective_on="2020-12-15").count()
    return of_households | {"persons": Person.objects.count(), "takeovers": takeovers}


def kept_of_the_file() -> tuple[int, int, int]:
    """Count files, verdicts and rows that are still kept."""
    documents = Document.objects.filter(removed_at__isnull=True).count()
    return documents, ImportHousehold.objects.count(), ImportRow.objects.count()


def test_county_roster_changes_nothing_when_it_comes_again(office: Actor) -> None:
    content = (DEMO / "county-roster.xlsx").read_bytes()
    first = applied(content, office)
    before = counted()

    again = checked(content, office)

    assert again.counts["same_households"] == MANIFEST["households"]
    assert again.counts["to_write"] == 0
    assert again.counts["same_file_as"] == str(first.pk)
    assert counted() == before
