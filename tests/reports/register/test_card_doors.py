"""Cards by the site and by REST: who gets which file, what is refused with which sentence, and what the trail keeps."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import Client

from households.models import Household
from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.domain.cards import CardDraft, print_card, print_of_village, village_reports
from reports.domain.making import file_of_run
from reports.domain.pictures import ReportDraft
from tests.factories.tenants import NEXT_VILLAGE_CODE, OTHER_VILLAGE_CODE, actor_of, county_office
from tests.households.test_api import client
from tests.registry.people import client_of, person
from tests.reports.catalogue.pictures import made
from tests.reports.register.ground import DAY, Ground
from villages.models import Village

BOOK = {"report": "assistance-handbook", "format": "pdf"}


@pytest.fixture
def undone(ground: Ground) -> Iterator[None]:
    """Undo what a test writes through the doors."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def page_of(household: Household) -> str:
    """Give the address of a household's cards on the site."""
    return f"/admin/reports/households/{household.pk}/cards/"


def api_of(household: Household) -> str:
    """Give the address of a household's cards by REST."""
    return f"/api/v1/households/{household.pk}/cards/"


def test_household_page_offers_its_cards_and_prints_them_when_a_button_is_pressed(ground: Ground, undone: None) -> None:
    office = client_of(person(Role.COUNTY_OFFICE))

    record = office.get(f"/admin/households/household/{ground.first.pk}/change/").content.decode()
    page = office.get(page_of(ground.first)).content.decode()
    book = office.post(page_of(ground.first), {"card": "assistance-handbook:pdf"})
    sheet = office.post(page_of(ground.first), {"card": "income-card:xlsx", "as_of": "2021-06-30"})

    assert page_of(ground.first) in record
    assert [name in page for name in ("assistance-handbook:pdf", "income-card:xlsx", "household-file:pdf")] == [
        True
    ] * 3
    assert (book.status_code, book["Content-Type"], book.content[:4]) == (200, "application/pdf", b"%PDF")
    assert (sheet.status_code, sheet.content[:2], "549901000001" in sheet["Content-Disposition"]) == (200, b"PK", True)
    assert "no-store" in book["Cache-Control"]


def test_card_leaves_out_what_was_told_later_when_a_day_of_knowing_is_chosen(ground: Ground, undone: None) -> None:
    office = client_of(person(Role.COUNTY_OFFICE))

    refused = office.post(page_of(ground.first), {"card": "assistance-handbook:xlsx", "known_on": "2020-12-01"})
    to_come = office.post(page_of(ground.first), {"card": "assistance-handbook:xlsx", "known_on": "2999-12-01"})

    # On that day the register knew nothing of the household: it was entered today.
    assert "The register did not count this household on that day." in refused.content.decode()
    assert "This moment is still to come." in to_come.content.decode()


def test_village_page_prints_its_lists_when_a_button_is_pressed(ground: Ground, undone: None) -> None:
    team = client_of(person(Role.VILLAGE_TEAM))
    address = f"/admin/reports/villages/{ground.first.village_id}/cards/"

    page = team.get(address).content.decode()
    ledger = team.post(address, {"card": "village-ledger:xlsx"})

    assert ("village-ledger:xlsx" in page, "assistance-handbooks:pdf" in page) == (True, True)
    assert (ledger.status_code, ledger.content[:2]) == (200, b"PK")


def test_card_is_printed_by_rest_and_noted_when_it_is_asked_for(ground: Ground, undone: None) -> None:
    caller = client()

    listed = caller.get(api_of(ground.first)).json()["results"]
    made = caller.post(api_of(ground.first), BOOK, content_type="application/json")

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        event = AuditEvent.objects.filter(verb="reports.print_card").latest("seq")
    assert [row["report"] for row in listed] == [
        "assistance-handbook", "income-card", "income-register", "household-file",
    ]  # fmt: skip
    assert (made.status_code, made.content[:4]) == (200, b"%PDF")
    assert (event.object_id, event.scope_code) == (ground.first.pk, ground.first.scope_code)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({**BOOK, "report": "nothing"}, 404, "report.unknown"),
        ({**BOOK, "report": "loans"}, 422, "report.not_here"),
        ({**BOOK, "format": "parquet"}, 422, "report.format"),
        ({**BOOK, "as_of": "2999-01-01"}, 422, "report.day_to_come"),
        ({**BOOK, "as_of": "2019-01-01"}, 422, "report.household_not_counted"),
        ({**BOOK, "report": "income-card", "reveal_reason": "核对"}, 422, "report.nothing_sealed"),
    ],
)
def test_card_is_refused_with_its_sentence_when_it_cannot_be_made(
    ground: Ground, undone: None, body: dict[str, str], status: int, code: str
) -> None:
    refused = client().post(api_of(ground.first), body, content_type="application/json")

    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_card_looks_unknown_when_somebody_else_asks(ground: Ground, undone: None) -> None:
    other = client_of(person(Role.COUNTY_OFFICE, other=True))
    team = client_of(person(Role.VILLAGE_TEAM))
    strangers = [
        other.post(page_of(ground.first), {"card": "assistance-handbook:pdf"}).status_code,
        team.post(page_of(ground.far), {"card": "assistance-handbook:pdf"}).status_code,
        Client().get(api_of(ground.first)).status_code,
        client(Role.MACHINE_CLIENT).get(api_of(ground.first)).status_code,
        client_of(person(Role.SECURITY_ADMINISTRATOR)).get(page_of(ground.first)).status_code,
    ]

    assert strangers == [404, 404, 401, 403, 403]


def test_numbers_are_shown_in_full_when_a_reason_is_given(ground: Ground, undone: None) -> None:
    clerk = county_office()
    with tenant_scope(clerk):
        made = print_card(
            ground.first.pk,
            CardDraft("assistance-handbook", "xlsx", reveal_reason="入户核对", language="zh-hans"),
            actor=clerk,
        )
    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        verbs = list(AuditEvent.objects.order_by("-seq").values_list("verb", "reason")[:4])

    assert made.content[:2] == b"PK"
    assert verbs == [
        ("reports.print_card", "入户核对"),
        ("households.reveal", "帮扶手册"),
        ("households.reveal", "帮扶手册"),
        ("households.reveal", "帮扶手册"),
    ]


def test_numbers_stay_masked_when_a_helper_gives_a_reason(ground: Ground, undone: None) -> None:
    helper = actor_of(Role.HELPER)

    with tenant_scope(helper), pytest.raises(NotAllowed):
        print_of_village(
            ground.first.village_id, CardDraft("assistance-handbooks", "xlsx", reveal_reason="核对"), actor=helper
        )


def test_village_is_refused_when_it_has_too_many_households(
    ground: Ground, undone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.domain.cards.MOST_HOUSEHOLDS", 1)
    clerk = county_office()

    with tenant_scope(clerk), pytest.raises(DomainError) as refused:
        print_of_village(ground.first.village_id, CardDraft("assistance-handbooks", "xlsx"), actor=clerk)

    assert refused.value.code == "report.village_too_big"


def test_helper_is_offered_cards_alone_when_a_village_is_opened(ground: Ground, undone: None) -> None:
    helper: Actor = actor_of(Role.HELPER)

    assert [report.id for report in village_reports(helper)] == [
        "assistance-handbooks", "income-cards", "income-registers",
    ]  # fmt: skip


def test_village_looks_unknown_when_it_is_of_another_area(ground: Ground, undone: None) -> None:
    with tenant_scope(county_office()):
        codes = {village.code: village.pk for village in Village.objects.all()}
    team = client_of(person(Role.VILLAGE_TEAM))

    assert OTHER_VILLAGE_CODE not in codes
    assert team.get(f"/admin/reports/villages/{codes[NEXT_VILLAGE_CODE]}/cards/").status_code == 404


def test_list_is_made_by_a_run_of_the_catalogue_when_it_is_asked_for(ground: Ground, undone: None) -> None:
    clerk = county_office()
    with tenant_scope(clerk):
        draft = ReportDraft("finding-lines", as_of=DAY, formats=("csv", "xlsx"))
        run = made(draft, actor=clerk)
        files = {one: file_of_run(run.pk, one, actor=clerk) for one in ("csv", "xlsx")}

    # A file for each rule.
    with ZipFile(BytesIO(files["csv"][2])) as parts:
        names = parts.namelist()
    assert (files["csv"][1], len(names), any("R15-01" in name for name in names)) == ("application/zip", 6, True)
    assert files["xlsx"][2][:2] == b"PK"
