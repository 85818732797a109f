"""What may be put right in a dossier: an application, a consent that is taken back, and a session's files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from dossiers.domain.checks import papers_of, what_is_missing
from dossiers.domain.papers import ApplicationDraft, apply_for, correct_application, record_consent, withdraw_consent
from dossiers.domain.sessions import Minutes, add_session_file, close_session, open_session, read_session_file
from dossiers.domain.steps import do_step
from dossiers.enums import Form
from dossiers.models import Application, Dossier, DossierStep, ListSession, SessionEntry, SessionFile
from dossiers.queries.dossiers import dossier_detail
from dossiers.queries.sessions import entry_rows
from households.domain.move import move_household
from households.queries.timeline import timeline
from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from tests.factories.dossiers import BEGUN_ON, PDF, advance, begun, facts_of, next_step, prepare, previous_end
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, actor_of
from tests.factories.villages import VillageFactory

DRAFT = ApplicationDraft(BEGUN_ON, statement="有劳动力两人", consent_sectors=("01", "03"))
WHY = "人数填错"


def code_of(verb: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused, savepoint():
        verb()
    return refused.value.code


def applied(office: Actor) -> Dossier:
    dossier = begun("identify-eleven")
    apply_for(dossier.pk, DRAFT, actor=office)
    return dossier


def at_comparison(office: Actor) -> Dossier:
    """Bring a dossier to the step in which its data is compared."""
    dossier = begun("identify-eleven")
    dossier = advance(dossier, to=next_step(dossier).template.steps.get(form=Form.COMPARISON).position)
    prepare(dossier)
    return dossier


# --- the application --------------------------------------------------------------------------------------------------
def test_corrected_edition_counts_and_the_former_one_is_kept(office: Actor) -> None:
    dossier = applied(office)

    correct_application(dossier.pk, replace(DRAFT, statement="有劳动力一人"), reason=WHY, actor=office)

    detail = dossier_detail(dossier)
    former = detail["former_applications"]
    assert (detail["application"]["statement"], detail["application"]["edition"]) == ("有劳动力一人", 2)
    assert [(row["statement"], row["edition"], row["reason"]) for row in former] == [("有劳动力两人", 1, "")]
    assert detail["application"]["reason"] == WHY


def test_consent_stays_when_a_correction_names_no_sector(office: Actor) -> None:
    dossier = applied(office)

    correct_application(dossier.pk, replace(DRAFT, consent_sectors=()), reason=WHY, actor=office)

    dossier.refresh_from_db()
    assert (dossier.consent_on, dossier.consent_sectors) == (BEGUN_ON, ["01", "03"])


def test_application_stands_when_a_meeting_has_judged_it(office: Actor) -> None:
    dossier = begun("identify-eleven")
    steps = next_step(dossier).template.steps.filter(form=Form.MEETING).order_by("position")
    advance(dossier, to=steps[0].position)
    correct_application(dossier.pk, DRAFT, reason=WHY, actor=office)
    advance(dossier, to=steps[0].position + 1)

    refused = code_of(lambda: correct_application(dossier.pk, DRAFT, reason=WHY, actor=office))

    assert (refused, Application.objects.count()) == ("application.judged", 2)


def test_correction_is_refused_without_a_reason_an_application_or_a_thumb_print(office: Actor) -> None:
    dossier = begun("identify-eleven")
    without = code_of(lambda: correct_application(dossier.pk, DRAFT, reason=WHY, actor=office))
    apply_for(dossier.pk, DRAFT, actor=office)
    by_proxy = replace(DRAFT, manner="proxy")

    assert without == "application.none"
    assert code_of(lambda: correct_application(dossier.pk, DRAFT, reason=" ", actor=office)) == "reason.missing"
    assert code_of(lambda: correct_application(dossier.pk, by_proxy, reason=WHY, actor=office)) == (
        "application.thumb_print"
    )
    assert Application.objects.count() == 1


# --- the consent ------------------------------------------------------------------------------------------------------
def test_comparison_is_refused_from_the_day_on_which_the_consent_is_withdrawn(office: Actor) -> None:
    dossier = at_comparison(office)
    day = previous_end(dossier) + timedelta(days=1)
    withdraw_consent(dossier.pk, on=day, actor=office)
    (papers,) = papers_of([Dossier.objects.get(pk=dossier.pk)])
    on_the_day = facts_of(dossier, starts_on=day, ends_on=day)
    before = facts_of(dossier, starts_on=day - timedelta(days=1), ends_on=day - timedelta(days=1))

    told = [error.code for error in what_is_missing(papers, on=day)]
    refused = code_of(lambda: do_step(dossier.pk, on_the_day, actor=office))
    across = code_of(lambda: do_step(dossier.pk, replace(on_the_day, starts_on=before.starts_on), actor=office))

    assert "step.consent_withdrawn" in told
    assert (refused, across) == ("step.consent_withdrawn", "step.consent_withdrawn")
    do_step(dossier.pk, before, actor=office)
    assert DossierStep.objects.filter(dossier=dossier, step__form=Form.COMPARISON).exists()


def test_consent_that_is_given_anew_holds_from_its_day(office: Actor) -> None:
    dossier = at_comparison(office)
    day = previous_end(dossier)
    withdraw_consent(dossier.pk, on=day, actor=office)

    early = code_of(lambda: record_consent(dossier.pk, ("01",), on=day - timedelta(days=1), actor=office))
    record_consent(dossier.pk, ("01",), on=day, actor=office)
    do_step(dossier.pk, facts_of(dossier, starts_on=day, ends_on=day), actor=office)

    dossier.refresh_from_db()
    assert early == "date.before_last_change"
    assert (dossier.consent_on, dossier.consent_withdrawn_on) == (day, None)


def test_consent_is_withdrawn_once_and_not_before_it_was_given(office: Actor) -> None:
    dossier = begun("identify-eleven")
    none = code_of(lambda: withdraw_consent(dossier.pk, on=BEGUN_ON, actor=office))
    apply_for(dossier.pk, replace(DRAFT, applied_on=BEGUN_ON + timedelta(days=2)), actor=office)
    early = code_of(lambda: withdraw_consent(dossier.pk, on=BEGUN_ON, actor=office))

    withdraw_consent(dossier.pk, on=BEGUN_ON + timedelta(days=3), actor=office)
    twice = code_of(lambda: withdraw_consent(dossier.pk, on=BEGUN_ON + timedelta(days=4), actor=office))

    assert (none, early, twice) == ("consent.none", "date.before_last_change", "consent.none")
    kinds = [entry.kind for entry in timeline(dossier.household, actor=office)]
    assert ("dossier_consent" in kinds, "dossier_consent_withdrawn" in kinds) == (True, True)


# --- files of a session -----------------------------------------------------------------------------------------------
def listed(office: Actor, count: int = 1) -> tuple[ListSession, list[Dossier]]:
    """Open a meeting for the first meetings of several households."""
    dossiers = [begun("exit", registered(status="filed")) for _ in range(count)]
    session = open_session("meeting", "会议", [one.pk for one in dossiers], starts_on=BEGUN_ON, actor=office)
    return session, dossiers


def test_files_of_a_session_count_as_evidence_of_every_household_on_its_list(office: Actor) -> None:
    session, dossiers = listed(office, 2)
    wanted = next_step(dossiers[0]).evidence_codes
    other = next(code for code in ("31", "32", "33", "34") if code not in wanted)
    add_session_file(session.pk, Minutes(PDF, "签到.pdf", wanted[0]), on=BEGUN_ON, actor=office)
    add_session_file(session.pk, Minutes(PDF, "照片.pdf", other), on=BEGUN_ON, actor=office)

    close_session(session.pk, facts_of(dossiers[0]), Minutes(PDF, "记录.pdf", other), actor=office)

    assert SessionFile.objects.filter(session=session).count() == 2
    assert DossierStep.objects.filter(session=session).count() == 2


def test_file_of_a_session_is_read_by_name_of_its_kind_and_only_by_who_may(office: Actor) -> None:
    session, _dossiers = listed(office)
    added = add_session_file(session.pk, Minutes(PDF, "照片.pdf", "33"), on=BEGUN_ON, actor=office)

    found, content = read_session_file(added.pk, actor=office)

    assert (found.kind_code, content) == ("33", PDF)
    with pytest.raises(NotAllowed):
        read_session_file(added.pk, actor=actor_of(Role.HELPER))


def test_file_that_is_none_and_one_of_a_closed_session_are_refused(office: Actor) -> None:
    session, dossiers = listed(office)
    fake = Minutes(b"MZ", "照片.pdf", "33")
    wanted = next_step(dossiers[0]).evidence_codes[0]

    refused = code_of(lambda: add_session_file(session.pk, fake, on=BEGUN_ON, actor=office))
    close_session(session.pk, facts_of(dossiers[0]), Minutes(PDF, "记录.pdf", wanted), actor=office)
    late = code_of(lambda: add_session_file(session.pk, Minutes(PDF, "a.pdf", "33"), on=BEGUN_ON, actor=office))

    assert (refused, late) == ("file.not_what_it_says", "session.closed")


# --- who moved away ---------------------------------------------------------------------------------------------------
def test_database_says_by_a_code_why_it_took_a_household_out(office: Actor) -> None:
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    session, (dossier,) = listed(office)

    move_household(dossier.household_id, FAR_VILLAGE_CODE, actor=office, on=BEGUN_ON, reason="搬迁")

    entry = SessionEntry.objects.get()
    (row,) = entry_rows(session)
    assert (entry.reason, entry.reason_code) == ("", "moved")
    assert (row["reason_code"], row["reason"]) == ("moved", "The household moved out of the area of the session.")
