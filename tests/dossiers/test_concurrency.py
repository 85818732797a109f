"""Two clerks who do one step at the same moment: one does it, the other reads why not."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import translation

from dossiers.domain.checks import StepFacts
from dossiers.domain.sessions import Minutes, close_session, open_session
from dossiers.domain.steps import do_step
from dossiers.domain.templates import copy_template, load_shipped_templates, retire_template
from dossiers.models import Dossier, DossierStep, StepTemplate
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.dossiers import BEGUN_ON, PDF, begun, facts_of, next_step, prepare
from tests.factories.tenants import county_office
from tests.factories.villages import VillageFactory
from tests.households.meanwhile import Meanwhile
from tests.support.database import Database

SECONDS = 30


@pytest.fixture
def clerk(committed_database: Database) -> Iterator[Actor]:
    """Give a clerk of a county whose rows are committed."""
    actor = county_office()
    with tenant_scope(actor):
        VillageFactory.create()
    yield actor
    connection.close()


def ready(clerk: Actor) -> tuple[UUID, StepFacts, int]:
    """Give a dossier whose next step may be done, the facts of it, and the version that both clerks saw."""
    with tenant_scope(clerk):
        dossier = begun("exit")
        prepare(dossier)
        facts = facts_of(dossier, position=dossier.next_position)
        return dossier.pk, facts, Dossier.objects.get().version


def doing(
    dossier_id: UUID, facts: StepFacts, version: int | None, actor: Actor, start: Barrier, out: list[str]
) -> None:
    """Do the step in a thread with a connection of its own, and tell how it went."""
    try:
        start.wait(SECONDS)
        with translation.override("en"), tenant_scope(actor):
            do_step(dossier_id, facts, actor=actor, version=version)
        out.append("done")
    except DomainError as error:
        with translation.override("en"):
            out.append(f"{error.code}: {error.message}")
    finally:
        connection.close()


def at_once(clerk: Actor, dossier_id: UUID, facts: StepFacts, version: int | None) -> list[str]:
    """Let two clerks do the step at the same moment."""
    start, out = Barrier(2), list[str]()
    threads = [
        Thread(
            target=doing, args=(dossier_id, facts, version, replace(clerk, user_id=uuid4()), start, out), daemon=True
        )
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    return sorted(out)


@pytest.mark.parametrize(
    ("sees_version", "sentence"),
    [
        (True, "registry.stale_version: Somebody else changed this record meanwhile."),
        (False, "dossier.out_of_order: The steps are done in their order. Step 2 comes next."),
    ],
)
def test_step_is_done_once_and_the_other_reads_why_when_two_do_it_at_once(
    clerk: Actor, sees_version: bool, sentence: str
) -> None:
    dossier_id, facts, version = ready(clerk)

    done, refused = at_once(clerk, dossier_id, facts, version if sees_version else None)

    with tenant_scope(clerk):
        assert (DossierStep.objects.count(), Dossier.objects.get().next_position) == (1, 2)
    assert (done, refused.startswith(sentence)) == ("done", True)


def test_step_is_refused_when_the_session_of_its_list_was_just_closed(clerk: Actor) -> None:
    dossier_id, facts, _version = ready(clerk)
    with tenant_scope(clerk):
        kind = next_step(Dossier.objects.get()).evidence_codes[0]
        session = open_session("meeting", "会议", [dossier_id], starts_on=BEGUN_ON, actor=clerk)
    other = replace(clerk, user_id=uuid4())
    second = Meanwhile(lambda: do_step(dossier_id, facts, actor=other), other)

    with tenant_scope(clerk):
        close_session(session.pk, replace(facts, position=None), Minutes(PDF, "a.pdf", kind), actor=clerk)
        second.start_and_wait_for_the_lock()

    with tenant_scope(clerk):
        done = DossierStep.objects.count()
    assert (second.outcome(), done) == ("dossier.out_of_order", 1)


def test_last_two_templates_are_not_both_retired_when_two_offices_do_it_at_once(clerk: Actor) -> None:
    with tenant_scope(clerk):
        load_shipped_templates(actor=clerk)
        in_use = StepTemplate.objects.filter(kind="identify", is_current=True).order_by("pk")
        first, last = [row.pk for row in in_use][:2]
        in_use.exclude(pk__in=[first, last]).update(is_current=False)
    other = replace(clerk, user_id=uuid4())
    second = Meanwhile(lambda: retire_template(last, actor=other, version=None), other)

    with tenant_scope(clerk):
        StepTemplate.objects.select_for_update(of=("self",)).get(pk=first)
        second.start_and_wait_for_the_lock()
        retire_template(first, actor=clerk, version=None)

    assert second.outcome() == "template.last_of_kind"


def test_template_is_copied_once_when_two_taps_come_at_once(clerk: Actor) -> None:
    with tenant_scope(clerk):
        load_shipped_templates(actor=clerk)
        copied = StepTemplate.objects.get(key="exit").pk
    second = Meanwhile(lambda: copy_template(copied, name="trial", actor=clerk), clerk)

    with tenant_scope(clerk):
        copy_template(copied, name="trial", actor=clerk)
        second.start_and_wait_for_the_lock()

    assert second.outcome() == "template.name_taken"


def test_templates_of_the_product_are_entered_once_when_two_taps_come_at_once(clerk: Actor) -> None:
    second = Meanwhile(lambda: load_shipped_templates(actor=clerk), clerk)

    with tenant_scope(clerk):
        load_shipped_templates(actor=clerk)
        second.start_and_wait_for_the_lock()

    assert second.outcome() == "template.on_file"
