"""The log of all mails of a county, the addresses outside, and what came back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from registry.lib.errors import NotFound
from registry.lib.messages import gettext_lazy as _
from registry.lib.periods import start_of
from reports.models import Bounce, Delivery, OutsideAddress

MOST_ON_A_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class MailQuestion:
    """What narrows the log: state, report, part of a recipient's name, schedule, and days (both included)."""

    state: str = ""
    report_id: str = ""
    recipient: str = ""
    schedule_id: UUID | None = None
    since: date | None = None
    until: date | None = None


def mails(question: MailQuestion) -> "QuerySet[Delivery]":
    """Give the mails of the county that a question asks for, the newest first."""
    rows = Delivery.objects.select_related("run", "recipient", "outside").defer("run__figures")
    for condition in _conditions(question):
        rows = rows.filter(condition)
    return rows.order_by("-created_at", "-id")


def mails_by_key() -> "QuerySet[Delivery]":
    """Give the mails of the county for programs, which narrow and page them."""
    return Delivery.objects.all()


def _conditions(question: MailQuestion) -> list[Q]:
    found: list[Q] = []
    if question.state:
        found.append(Q(state=question.state))
    if question.report_id:
        found.append(Q(run__report_id=question.report_id))
    if question.recipient:
        text = question.recipient
        found.append(
            Q(recipient__name__icontains=text)
            | Q(recipient__username__icontains=text)
            | Q(outside__name__icontains=text)
        )
    if question.schedule_id is not None:
        found.append(Q(run__schedule_id=question.schedule_id))
    if question.since is not None:
        found.append(Q(created_at__gte=start_of(question.since)))
    if question.until is not None:
        found.append(Q(created_at__lt=_end_of(question.until)))
    return found


def _end_of(day: date) -> datetime:
    return start_of(day + timedelta(days=1))


def states_of(question: MailQuestion) -> dict[str, int]:
    """Count the mails that a question asks for by state."""
    rows = mails(question).order_by().values_list("state").annotate(number=Count("id"))
    return dict(rows)


def mail_columns(rows: "QuerySet[Delivery]") -> "QuerySet[Delivery, Any]":
    """Give mails as plain rows for programs; whom they are for by user name or office, never by address."""
    return rows.values(
        "id",
        "run_id",
        "form",
        "state",
        "reason",
        "smtp_code",
        "attempts",
        "requests",
        "created_at",
        "sending_at",
        "settled_at",
        report=F("run__report_id"),
        month=F("run__month"),
        schedule_id=F("run__schedule_id"),
        username=F("recipient__username"),
        office=F("outside__name"),
    )


def find_mail(delivery_id: UUID) -> Delivery:
    """Give a mail of the county. Raises: NotFound."""
    row = Delivery.objects.select_related("run", "recipient", "outside").filter(pk=delivery_id).first()
    if row is None:
        raise NotFound("report.no_such_mail", _("There is no such mail."))
    return row


def addresses() -> "QuerySet[OutsideAddress]":
    """Give the addresses outside of the county, by the office's name, with who asked and decided."""
    return OutsideAddress.objects.select_related("asked_by", "decided_by", "confirmed_by").order_by("name", "id")


def find_address(address_id: UUID) -> OutsideAddress:
    """Give an address outside. Raises: NotFound."""
    row = addresses().filter(pk=address_id).first()
    if row is None:
        raise NotFound("address.unknown", _("There is no such address."))
    return row


def bounces() -> "QuerySet[Bounce]":
    """Give what came back, the newest first."""
    return Bounce.objects.select_related("user", "outside").order_by("-received_at", "-id")


def bounce_columns(rows: "QuerySet[Bounce]") -> "QuerySet[Bounce, Any]":
    """Give what came back as plain rows for programs."""
    return rows.values(
        "id",
        "delivery_id",
        "attempt",
        "kind",
        "status_code",
        "smtp_code",
        "received_at",
        username=F("user__username"),
        office=F("outside__name"),
    )
