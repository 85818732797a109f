"""Addresses outside: asked for, allowed by another, verified, used for reports without persons alone."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, StaleVersion
from registry.models import User
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain import addresses, deliveries
from reports.domain.bounces import take_bounce
from reports.domain.occasions import send_now
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.enums import AddressState, DeliveryReason, DeliveryState, MailForm
from reports.models import Delivery, OutsideAddress, ReportSchedule
from tests.factories.households import registered
from tests.factories.tenants import OTHER_COUNTY_CODE, actor_of, county
from tests.reports.mailserver import Behaviour, MailServer
from tests.reports.people import reader
from tests.reports.test_deliveries import attempt
from tests.support.workers import do_jobs

NOW = datetime(2021, 1, 6, tzinfo=UTC)
DRAFT = addresses.AddressDraft("示例统计局", "Bureau@Example.invalid", "每月通报")


def person(role: Role) -> Actor:
    """Give an actor of a role who is a user on file."""
    user = User.objects.create(username=f"p{uuid4().hex[:8]}x".translate(DIGITS), name="示例")
    return replace(actor_of(role), user_id=user.pk)


DIGITS = str.maketrans("0123456789", "ghijklmnop")


def allowed_address(office: Actor, *, verified: bool = True) -> OutsideAddress:
    """Ask for an address, allow it, and verify it by its link."""
    row = addresses.ask_address(DRAFT, actor=office)
    security = person(Role.SECURITY_ADMINISTRATOR)
    with tenant_scope(security):
        row = addresses.decide_address(row.pk, is_allowed=True, actor=security, version=row.version)
        _row, token = addresses.verification_token(row.pk, actor=security)
    if verified:
        addresses.verify_address(token, origin="test")
    return OutsideAddress.objects.get(pk=row.pk)


def schedule_to(office: Actor, *rows: OutsideAddress, **values: object) -> ReportSchedule:
    """Set a schedule to addresses outside alone."""
    draft = ScheduleDraft(REPORT_ID, 5, 8, is_active=True, address_ids=frozenset(row.pk for row in rows))
    return set_schedule(replace(draft, **values), actor=office, now=NOW)  # type: ignore[arg-type]  # its fields


def sent_to(office: Actor, row: OutsideAddress) -> Delivery:
    """Make the December report of a schedule to an address; its mail is queued."""
    registered(status="lifted")
    schedule = schedule_to(office, row)
    run = send_now(schedule.pk, actor=office, now=NOW)
    do_jobs(office, "periods.freeze", "reports.run")
    return Delivery.objects.get(run=run)


def test_office_outside_gets_the_mail_without_a_link_when_its_address_is_verified(
    office: Actor, mail_server: MailServer
) -> None:
    mail = sent_to(office, allowed_address(office))

    mail = attempt(mail.pk, office)

    message = message_from_bytes(mail_server.taken[0], policy=policy.default)
    text = message.get_body(("plain",))
    assert (mail.state, mail.name, message["To"]) == (DeliveryState.SENT, "示例统计局", "Bureau@Example.invalid")
    assert text is not None
    assert "/admin/" not in text.get_content()
    assert len(list(message.iter_attachments())) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"verified_at": None}, DeliveryReason.ADDRESS_NOT_VERIFIED),
        ({"verified_at": None, "bounced_at": timezone.now()}, DeliveryReason.ADDRESS_BOUNCED),
        ({"state": AddressState.WITHDRAWN}, DeliveryReason.ADDRESS_NOT_ALLOWED),
    ],
)
def test_nothing_goes_out_when_the_address_changed_after_the_mail_was_queued(
    office: Actor, mail_server: MailServer, changes: dict[str, object], reason: str
) -> None:
    row = allowed_address(office)
    mail = sent_to(office, row)
    OutsideAddress.objects.filter(pk=row.pk).update(**changes)

    claimed = deliveries.claim(mail.pk, actor=office)

    mail.refresh_from_db()
    assert (claimed, mail.state, mail.reason, mail_server.read) == (None, DeliveryState.FAILED, reason, [])


def test_mail_outside_is_unclear_and_not_sent_again_when_its_process_was_lost(
    office: Actor, mail_server: MailServer
) -> None:
    mail = sent_to(office, allowed_address(office))
    deliveries.claim(mail.pk, actor=office)
    Delivery.objects.filter(pk=mail.pk).update(sending_at=timezone.now() - deliveries.lost_after())

    deliveries.look_after(mail.pk, actor=office)

    mail.refresh_from_db()
    assert (mail.state, mail.reason) == (DeliveryState.UNCLEAR, DeliveryReason.WORKER_LOST)
    assert (deliveries.claim(mail.pk, actor=office), mail_server.read) == (None, [])


def test_office_outside_has_one_mail_of_a_run_when_it_is_queued_twice(office: Actor) -> None:
    mail = sent_to(office, allowed_address(office))
    assert mail.run.schedule is not None

    again = deliveries.queue_mails(mail.run, mail.run.schedule, actor=office)

    with pytest.raises(IntegrityError), savepoint():
        Delivery.objects.create(
            run=mail.run, outside_id=mail.outside_id, scope_code=mail.scope_code, message_id="<other@example.invalid>"
        )
    assert again == []


def test_address_outside_is_doubted_when_its_mail_comes_back(
    office: Actor, mail_server: MailServer, settings: Settings
) -> None:
    settings.BOUNCE_ADDRESS = "bounces@example.invalid"
    mail_server.behaviour = Behaviour(later="failed 5.1.1")
    row = allowed_address(office)
    mail = attempt(sent_to(office, row).pk, office)

    take_bounce(mail_server.notices[0])

    mail.refresh_from_db()
    row.refresh_from_db()
    assert (mail.state, row.is_usable, row.bounced_at is not None) == (DeliveryState.BOUNCED, False, True)


def test_schedule_refuses_an_address_when_it_is_not_allowed_yet(office: Actor) -> None:
    schedule_to(office, allowed_address(office))
    asked = addresses.ask_address(replace(DRAFT, email="other@example.invalid"), actor=office)

    with pytest.raises(DomainError) as refused:
        schedule_to(office, asked)

    assert (refused.value.code, refused.value.field) == ("schedule.address", "addresses")


def test_schedule_refuses_an_address_when_its_mail_is_a_link_that_needs_a_login(office: Actor) -> None:
    row = allowed_address(office)
    schedule_to(office, row)

    with pytest.raises(DomainError) as refused:
        schedule_to(office, row, form=MailForm.LINK)

    assert refused.value.code == "schedule.outside_without_login"


def test_address_is_not_allowed_by_who_asked_for_it(office: Actor) -> None:
    row = addresses.ask_address(DRAFT, actor=office)
    same = replace(actor_of(Role.SECURITY_ADMINISTRATOR), user_id=office.user_id)
    other = person(Role.SECURITY_ADMINISTRATOR)

    with pytest.raises(NotAllowed), tenant_scope(same):
        addresses.decide_address(row.pk, is_allowed=True, actor=same, version=1)
    with pytest.raises(IntegrityError), savepoint():
        OutsideAddress.objects.filter(pk=row.pk).update(state=AddressState.ALLOWED, decided_by=office.user_id)
    with tenant_scope(other):
        decided = addresses.decide_address(row.pk, is_allowed=True, actor=other, version=1)

    assert decided.state == AddressState.ALLOWED


def test_address_is_confirmed_by_a_second_administrator_alone(office: Actor) -> None:
    row = allowed_address(office, verified=False)
    first = replace(actor_of(Role.SECURITY_ADMINISTRATOR), user_id=row.decided_by_id)
    second = person(Role.SYSTEM_ADMINISTRATOR)

    with pytest.raises(NotAllowed), tenant_scope(first):
        addresses.confirm_address(row.pk, actor=first, version=row.version)
    with tenant_scope(second):
        confirmed = addresses.confirm_address(row.pk, actor=second, version=row.version)

    assert (confirmed.is_usable, confirmed.confirmed_by_id) == (True, second.user_id)


def test_address_is_asked_for_once_whatever_its_case(office: Actor) -> None:
    addresses.ask_address(DRAFT, actor=office)

    with pytest.raises(Conflict) as refused:
        addresses.ask_address(replace(DRAFT, email="BUREAU@example.invalid"), actor=office)

    assert (refused.value.code, OutsideAddress.objects.count()) == ("address.known", 1)


@pytest.mark.parametrize(
    ("values", "field"), [({"name": " "}, "name"), ({"email": "nobody"}, "email"), ({"purpose": ""}, "purpose")]
)
def test_asking_is_refused_with_its_field_when_something_is_missing(
    office: Actor, values: dict[str, str], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        addresses.ask_address(replace(DRAFT, **values), actor=office)

    assert (refused.value.field, OutsideAddress.objects.exists()) == (field, False)


def test_decision_is_refused_when_somebody_decided_before(office: Actor) -> None:
    row = allowed_address(office)
    security = person(Role.SECURITY_ADMINISTRATOR)

    with tenant_scope(security):
        with pytest.raises(StaleVersion):
            addresses.decide_address(row.pk, is_allowed=False, actor=security, version=1)
        with pytest.raises(Conflict):
            addresses.decide_address(row.pk, is_allowed=False, actor=security, version=row.version)

    assert OutsideAddress.objects.get(pk=row.pk).state == AddressState.ALLOWED


def test_link_verifies_nothing_when_it_is_changed_or_the_address_is(office: Actor) -> None:
    row = allowed_address(office, verified=False)
    security = person(Role.SECURITY_ADMINISTRATOR)
    with tenant_scope(security):
        _row, token = addresses.verification_token(row.pk, actor=security)
    OutsideAddress.objects.filter(pk=row.pk).update(email="new@example.invalid")

    for text in (token, token[:-2] + "xx", "nonsense"):
        with pytest.raises(DomainError) as refused:
            addresses.verify_address(text, origin="test")
        assert refused.value.code == "address.bad_link"

    assert OutsideAddress.objects.get(pk=row.pk).verified_at is None


def test_link_is_opened_by_a_button_when_programs_open_links_too(office: Actor, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    row = allowed_address(office, verified=False)
    security = reader("keeper", role=Role.SECURITY_ADMINISTRATOR)
    client = Client()
    client.force_login(security)
    client.post(f"/admin/reports/addresses/{row.pk}/link/")
    body = str(outbox.outbox[-1].body)
    path = body[body.index("/admin/") :].split(maxsplit=1)[0]

    opened = Client().get(path)
    before = OutsideAddress.objects.get(pk=row.pk).verified_at
    pressed = Client().post(path)

    assert (opened.status_code, before, pressed.status_code) == (200, None, 200)
    assert OutsideAddress.objects.get(pk=row.pk).verified_at is not None
    assert str(row.pk) not in path
    assert "bureau" not in path.lower()


def test_address_is_not_seen_when_the_county_is_another(office: Actor) -> None:
    row = allowed_address(office)

    with tenant_scope(actor_of(Role.COUNTY_OFFICE, area=OTHER_COUNTY_CODE, tenant=county(OTHER_COUNTY_CODE))):
        seen = OutsideAddress.objects.filter(pk=row.pk).exists()

    assert seen is False
