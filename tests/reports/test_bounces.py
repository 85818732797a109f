"""Mails that come back: known by their return path, noted once, and the address is not used again."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import ProgrammingError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from registry import jobs
from registry.access import require
from registry.enums import Role
from registry.models import PLATFORM_TENANT_ID, DueWork, User
from registry.tenancy.context import Actor, current_state
from registry.tenancy.scope import savepoint, tenant_scope
from reports.domain import deliveries
from reports.domain.bounce_folder import read_folder
from reports.domain.bounce_messages import read_notice
from reports.domain.bounces import Taken, take_bounce
from reports.domain.return_path import tag_of
from reports.domain.transmission import transmit
from reports.enums import BounceKind, DeliveryReason, DeliveryState
from reports.models import Bounce, Delivery
from reports.tasks import read_bounces
from tests.factories.tenants import OTHER_COUNTY_CODE, actor_of, county, county_office
from tests.reports.mailserver import Behaviour, MailServer, dsn
from tests.reports.test_deliveries import attempt, queued_mail, scheduled_run

BOUNCES = "bounces@example.invalid"


@pytest.fixture(autouse=True)
def _reads_bounces(settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = BOUNCES


def returned(server: MailServer, actor: Actor, said: str) -> Delivery:
    """Send a mail that the server takes, and says later what became of it."""
    server.behaviour = Behaviour(later=said)
    return attempt(queued_mail(actor).pk, actor)


def test_sender_on_the_envelope_names_no_address_and_the_mail_itself_none_of_it_when_sent(
    office: Actor, mail_server: MailServer
) -> None:
    mail = attempt(queued_mail(office).pk, office)

    (sender,) = mail_server.senders
    tag = tag_of(sender)
    assert tag is not None
    assert (tag.tenant_id, tag.token, tag.attempt) == (office.tenant_id, mail.bounce_token, 1)
    assert "leader" not in sender
    assert (mail.bounce_token or "").encode() not in mail_server.taken[0]


def test_sender_on_the_envelope_is_that_of_mails_when_no_bounces_are_read(
    office: Actor, mail_server: MailServer, settings: Settings
) -> None:
    settings.BOUNCE_ADDRESS = ""

    attempt(queued_mail(office).pk, office)

    assert mail_server.senders == ["registry@example.invalid"]


def test_address_is_not_used_again_when_a_mail_comes_back_for_good(office: Actor, mail_server: MailServer) -> None:
    mail = returned(mail_server, office, "failed 5.1.1")

    taken = take_bounce(mail_server.notices[0])

    mail.refresh_from_db()
    user = User.objects.get(username="leader")
    bounce = Bounce.objects.get()
    assert (taken, mail.state, mail.reason, mail.smtp_code) == (
        Taken.NOTED,
        DeliveryState.BOUNCED,
        DeliveryReason.CAME_BACK,
        550,
    )
    assert (bounce.kind, bounce.status_code, bounce.smtp_code, bounce.user_id) == ("permanent", "5.1.1", 550, user.pk)
    assert (user.email_verified_at, user.email_bounced_at is not None) == (None, True)


def test_next_mail_is_listed_as_not_sent_for_that_reason_when_an_address_bounced(
    office: Actor, mail_server: MailServer
) -> None:
    mail = returned(mail_server, office, "failed 5.1.1")
    take_bounce(mail_server.notices[0])
    schedule = mail.run.schedule
    assert schedule is not None
    schedule.about = "month"

    run = scheduled_run(office, schedule)

    again = Delivery.objects.get(run=run)
    assert (again.state, again.reason) == (DeliveryState.FAILED, DeliveryReason.ADDRESS_BOUNCED)
    assert len(mail_server.taken) == 1


@pytest.mark.parametrize(
    ("said", "state", "kind"),
    [
        ("delayed 4.2.2", DeliveryState.SENT, BounceKind.TRANSIENT),
        ("failed 4.4.7", DeliveryState.BOUNCED, BounceKind.GIVEN_UP),
    ],
)
def test_address_stays_verified_when_the_server_says_nothing_of_it(
    office: Actor, mail_server: MailServer, said: str, state: str, kind: str
) -> None:
    mail = returned(mail_server, office, said)

    take_bounce(mail_server.notices[0])

    mail.refresh_from_db()
    user = User.objects.get(username="leader")
    assert (mail.state, Bounce.objects.get().kind) == (state, kind)
    assert (user.email_verified_at is not None, user.email_bounced_at) == (True, None)


def test_same_message_changes_nothing_when_taken_again(office: Actor, mail_server: MailServer) -> None:
    returned(mail_server, office, "failed 5.1.1")

    taken = [take_bounce(mail_server.notices[0]) for _ in range(2)]

    assert (taken, Bounce.objects.count()) == ([Taken.NOTED, Taken.KNOWN], 1)


def test_new_address_stays_verified_when_a_mail_to_the_former_one_comes_back(
    office: Actor, mail_server: MailServer
) -> None:
    returned(mail_server, office, "failed 5.1.1")
    User.objects.filter(username="leader").update(email="new@example.invalid", email_verified_at=timezone.now())

    take_bounce(mail_server.notices[0])

    user = User.objects.get(username="leader")
    assert (user.email_verified_at is not None, user.email_bounced_at) == (True, None)


def test_mail_sent_again_stays_sent_when_the_former_attempt_comes_back_late(
    office: Actor, mail_server: MailServer
) -> None:
    mail_server.behaviour = Behaviour(later="failed 5.1.1")
    mail = queued_mail(office)
    attempt(mail.pk, office)
    take_bounce(mail_server.notices[0])
    User.objects.filter(username="leader").update(email_verified_at=timezone.now(), email_bounced_at=None)
    mail_server.behaviour = Behaviour()
    deliveries.send_again(mail.pk, actor=office)
    attempt(mail.pk, office)

    late = dsn(mail_server.taken[0], mail_server.senders[0], "leader@example.invalid", said="failed 5.2.2")
    taken = take_bounce(late)

    mail.refresh_from_db()
    assert (taken, mail.state, mail.attempts) == (Taken.NOTED, DeliveryState.SENT, 2)
    assert User.objects.get(username="leader").email_verified_at is not None


def test_mail_that_came_back_while_its_outcome_was_open_stays_so_when_the_outcome_comes(
    office: Actor, mail_server: MailServer
) -> None:
    mail_server.behaviour = Behaviour(later="failed 5.1.1")
    mail = queued_mail(office)
    parcel = deliveries.claim(mail.pk, actor=office)
    assert parcel is not None
    outcome = transmit(parcel.content, recipient=parcel.recipient, return_path=parcel.return_path)
    take_bounce(mail_server.notices[0])

    deliveries.note_outcome(parcel, outcome, actor=office)

    mail.refresh_from_db()
    assert mail.state == DeliveryState.BOUNCED


@pytest.mark.parametrize(
    "sender",
    [
        "bounces+{tenant}-00000000000000000000000000000000-1@example.invalid",
        "bounces+{tenant}-{token}-2@example.invalid",
        "bounces+{tenant}-{token}-0@example.invalid",
        "bounces+1-{token}-1@example.invalid",
        "bounces+999999999-{token}-1@example.invalid",
        "bounces+{tenant}-{token}-1@elsewhere.invalid",
        "other+{tenant}-{token}-1@example.invalid",
        "bounces@example.invalid",
        "",
    ],
)
def test_message_is_none_of_ours_when_its_tag_is_not(office: Actor, mail_server: MailServer, sender: str) -> None:
    mail = attempt(queued_mail(office).pk, office)
    named = sender.format(tenant=office.tenant_id, token=mail.bounce_token)

    taken = take_bounce(dsn(mail_server.taken[0], named, "leader@example.invalid", said="failed 5.1.1"))

    mail.refresh_from_db()
    assert (taken, mail.state, Bounce.objects.count()) == (Taken.NOT_OURS, DeliveryState.SENT, 0)


def test_mail_of_a_county_is_not_touched_when_the_tag_names_another(office: Actor, mail_server: MailServer) -> None:
    other = actor_of(Role.COUNTY_OFFICE, area=OTHER_COUNTY_CODE, tenant=county(OTHER_COUNTY_CODE))
    mail = attempt(queued_mail(office).pk, office)
    named = f"bounces+{other.tenant_id}-{mail.bounce_token}-1@example.invalid"

    taken = take_bounce(dsn(mail_server.taken[0], named, "leader@example.invalid", said="failed 5.1.1"))

    mail.refresh_from_db()
    assert other.tenant_id != office.tenant_id
    assert (taken, mail.state) == (Taken.NOT_OURS, DeliveryState.SENT)


@given(st.binary(max_size=2000))
def test_whatever_arrives_is_read_without_a_fault_when_it_is_no_notification(content: bytes) -> None:
    assert read_notice(content) is None


@given(st.binary(max_size=300), st.integers(0, 400))
def test_broken_notification_is_read_without_a_fault_when_bytes_are_lost(noise: bytes, place: int) -> None:
    whole = dsn(
        b"Subject: x\r\n\r\n", "bounces+2-" + "a" * 32 + "-1@example.invalid", "a@example.invalid", said="failed 5.1.1"
    )

    read_notice(whole[:place] + noise + whole[place:])


def test_success_is_no_bounce_when_a_server_reports_it() -> None:
    sender = "bounces+2-" + "a" * 32 + "-1@example.invalid"

    assert read_notice(dsn(b"Subject: x\r\n\r\n", sender, "a@example.invalid", said="delivered 2.0.0")) is None
    assert read_notice(dsn(b"Subject: x\r\n\r\n", sender, "a@example.invalid", said="failed 5.0.0")) is not None


def test_no_address_is_kept_when_a_mail_comes_back(office: Actor, mail_server: MailServer) -> None:
    returned(mail_server, office, "failed 5.1.1")

    take_bounce(mail_server.notices[0])

    kept = [*Bounce.objects.values(), *Delivery.objects.values(), current_state().pending]
    assert len(kept) == 3
    assert "note_bounce" in str(kept)
    assert "leader@" not in str(kept)


def test_what_came_back_cannot_be_changed_when_it_is_noted(office: Actor, mail_server: MailServer) -> None:
    returned(mail_server, office, "failed 5.1.1")
    take_bounce(mail_server.notices[0])

    with pytest.raises(ProgrammingError), savepoint():
        Bounce.objects.update(kind=BounceKind.TRANSIENT)

    assert Bounce.objects.get().kind == BounceKind.PERMANENT


# --- the folder -------------------------------------------------------------------------------------------------------
@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    """Make an empty Maildir folder."""
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_folder_is_emptied_and_read_once_when_the_tick_comes(
    office: Actor,
    mail_server: MailServer,
    maildir: Path,
    settings: Settings,
    django_capture_on_commit_callbacks: object,
) -> None:
    settings.BOUNCE_MAILDIR = str(maildir)
    mail = returned(mail_server, office, "failed 5.1.1")
    (maildir / "new" / "1.a").write_bytes(mail_server.notices[0])
    (maildir / "new" / "2.b").write_bytes(b"Subject: somebody wrote\n\nhello\n")

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a context manager
        jobs.tick()

    mail.refresh_from_db()
    assert mail.state == DeliveryState.BOUNCED
    assert sorted(path.name for path in (maildir / "cur").iterdir()) == ["1.a:2,S", "2.b:2,S"]
    assert not list((maildir / "new").iterdir())
    assert DueWork.objects.filter(kind=deliveries.FOLDER_DUE, tenant_id=PLATFORM_TENANT_ID).count() == 1


def test_folder_is_not_looked_at_any_more_when_the_setting_is_gone(office: Actor, settings: Settings) -> None:
    settings.BOUNCE_MAILDIR = ""

    assert read_bounces(office, "", timezone.now()) is None


def test_message_is_none_of_ours_when_the_parser_fails_at_it() -> None:
    nested = b"To: a@example.invalid\n" + b"Content-Type: message/rfc822\n\n" * 3000

    assert read_notice(nested) is None


def test_folder_is_read_to_its_end_when_something_in_it_is_no_message(
    office: Actor, mail_server: MailServer, maildir: Path
) -> None:
    returned(mail_server, office, "failed 5.1.1")
    (maildir / "new" / "0.folder").mkdir()
    (maildir / "new" / "0.gone").symlink_to(maildir / "nowhere")
    (maildir / "new" / "1.a").write_bytes(mail_server.notices[0])

    counts = read_folder(maildir, most=1)

    assert counts == {Taken.NOTED: 1}


def test_message_stays_when_its_noting_is_undone(office: Actor, mail_server: MailServer, maildir: Path) -> None:
    returned(mail_server, office, "failed 5.1.1")
    (maildir / "new" / "1.a").write_bytes(mail_server.notices[0])

    counts = read_folder(maildir)  # the test's own transaction never commits

    assert (counts[Taken.NOTED], [path.name for path in (maildir / "new").iterdir()]) == (1, ["1.a"])


@pytest.mark.django_db
def test_command_says_what_became_of_the_messages_when_called(maildir: Path) -> None:
    (maildir / "new" / "1.a").write_bytes(b"Subject: none\n\n")
    out = StringIO()

    call_command("take_bounce", folder=str(maildir), stdout=out)

    assert out.getvalue().strip() == "noted: 0, known: 0, not_ours: 1"


@pytest.mark.django_db
def test_command_names_the_remedy_when_the_folder_is_none(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="new and cur"):
        call_command("take_bounce", folder=str(tmp_path))


def test_who_may_note_a_bounce_is_automatic_work_when_asked(office: Actor) -> None:
    with pytest.raises(Exception, match="role"), tenant_scope(county_office()) as clerk:
        require(clerk, "reports.note_bounce")
