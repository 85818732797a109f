"""Letters: the one way between counties, delivered once, both sides in one transaction."""

import dataclasses

import pytest

from registry import jobs
from registry.domain.letters import LetterKind, Payload, letter_kind, send_letter
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.models import PLATFORM_TENANT_ID, AuditEvent, Document, DueWork, Letter, Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db
NOTE = {"subject": "一位村民"}


@pytest.fixture
def receiver() -> Tenant:
    return Tenant.objects.get_or_create(pk=902, defaults={"code": "549902000000", "name": "第二示例县"})[0]


def keep_note(actor: Actor, letter: Letter, payload: Payload) -> None:
    Document(
        sha256="0" * 64,
        name=payload["subject"],
        media_type="",
        kind="test",
        byte_count=1,
        scope_code=actor.tenant_code,
    ).save()


def refuse_note(actor: Actor, letter: Letter, payload: Payload) -> None:
    keep_note(actor, letter, payload)
    raise DomainError("test.refused", "refused")


@pytest.fixture(autouse=True)
def kinds() -> None:
    letter_kind("test.note", LetterKind(receive=keep_note, delivered=keep_note))
    letter_kind("test.refused", LetterKind(receive=keep_note, delivered=refuse_note))


def notes(actor: Actor) -> list[str]:
    with tenant_scope(actor):
        return list(Document.objects.values_list("name", flat=True))


def sent(county: Actor, receiver: Tenant, kind: str = "test.note") -> Letter:
    with tenant_scope(county):
        return send_letter(kind, key="one", receiver=receiver, payload=NOTE, actor=county)


def test_letter_writes_on_both_sides_when_it_is_delivered(county: Actor, receiver: Tenant) -> None:
    letter = sent(county, receiver)

    jobs.tick()

    letter.refresh_from_db()
    assert notes(county) == notes(county_actor(receiver, origin="test")) == ["一位村民"]
    assert (letter.delivered_at is not None, bytes(letter.payload)) == (True, b"")


def test_payload_is_sealed_when_the_letter_waits(county: Actor, receiver: Tenant) -> None:
    letter = sent(county, receiver)

    letter.refresh_from_db()

    assert "一位村民".encode() not in bytes(letter.payload)


def test_letter_is_one_when_it_is_sent_twice(county: Actor, receiver: Tenant) -> None:
    first, second = sent(county, receiver), sent(county, receiver)

    assert first.pk == second.pk


def test_letter_is_delivered_once_when_its_work_comes_twice(county: Actor, receiver: Tenant) -> None:
    letter = sent(county, receiver)
    jobs.tick()
    jobs.schedule_due(county.tenant_id, "registry.letter", str(letter.pk), letter.sent_at)

    jobs.tick()

    assert notes(county_actor(receiver, origin="test")) == ["一位村民"]


def test_nothing_is_written_on_either_side_when_one_side_refuses(county: Actor, receiver: Tenant) -> None:
    letter = sent(county, receiver, "test.refused")

    jobs.tick()

    letter.refresh_from_db()
    assert notes(county) == notes(county_actor(receiver, origin="test")) == []
    assert (letter.delivered_at, DueWork.objects.count()) == (None, 1)


@pytest.mark.parametrize("tenant_id", [901, PLATFORM_TENANT_ID], ids=["itself", "the platform"])
def test_letter_is_refused_when_its_receiver_is_no_other_county(county: Actor, tenant_id: int) -> None:
    with tenant_scope(county), pytest.raises(DomainError, match=r"another county|另一"):
        send_letter("test.note", key="k", receiver=Tenant.objects.get(pk=tenant_id), payload=NOTE, actor=county)


def test_both_ledgers_of_events_tell_of_the_letter_when_delivered(county: Actor, receiver: Tenant) -> None:
    sent(county, receiver)
    jobs.tick()

    verbs = []
    for actor in (county, county_actor(receiver, origin="test")):
        with tenant_scope(dataclasses.replace(actor, role=Role.AUDIT_ADMINISTRATOR, ranges=())):
            verbs.append(list(AuditEvent.objects.values_list("verb", flat=True)))

    assert verbs == [["registry.send_letter"], ["registry.receive_letter"]]
