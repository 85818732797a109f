"""Choices of the assistance funds. What differs between counties is a code list, or a row of the county's own."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SOURCE_SCHEME: Final = "fund_source"
KIND_SCHEME: Final = "payment_kind"
REASON_SCHEME: Final = "payment_reason"
RETURN_SCHEME: Final = "return_reason"
PROJECT_SCHEME: Final = "plan_project_kind"
# The reason of a line that pays again what a bank returned. Source: list `payment_reason`.
REPAYMENT: Final = "4"


class Purpose(models.TextChoices):
    """What an allocation is for."""

    PROGRAMME = "programme", _("A payment programme")
    PROJECT = "project", _("Projects of a kind")
    AREA = "area", _("The division as a whole")


class Payee(models.TextChoices):
    """Who is paid by a programme."""

    HOUSEHOLD = "household", pgettext_lazy("payee", "Household")
    PERSON = "person", pgettext_lazy("payee", "Person")


class Cycle(models.TextChoices):
    """How often a programme pays."""

    MONTH = "month", _("Each month")
    QUARTER = "quarter", _("Each quarter")
    YEAR = "year", _("Each year")
    ONCE = "once", _("Once")


class ListState(models.TextChoices):
    """Where a payment list stands."""

    DRAFT = "draft", pgettext_lazy("state of a payment list", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("state of a payment list", "Submitted")
    APPROVED = "approved", pgettext_lazy("state of a payment list", "Approved")
    PAID = "paid", pgettext_lazy("state of a payment list", "Paid")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a payment list", "Withdrawn")


class CorrectionKind(models.TextChoices):
    """What was noted in error."""

    PAYMENT = "payment", _("The payment of a list")
    RETURN = "return", _("A return by the bank")


class LineColumn(models.TextChoices):
    """A column of a file with lines."""

    HOUSEHOLD = "household_number", _("household number")
    PERSON = "person_number", _("person number")
    NAME = "person_name", _("name")
    AMOUNT = "amount_yuan", _("amount")
    REASON = "reason_code", _("why it is paid")


class LineProblem(models.TextChoices):
    """What stands against paying a line."""

    CLOSED = "closed", _("the household is closed")
    NOT_A_MEMBER = "not_a_member", _("the person is no member of the household any more")
    NO_ACCOUNT = "no_account", _("the household has no bank account on file")
    SHARED_ACCOUNT = "shared_account", _("another household has the same bank account")


# How many lines are entered at once.
MOST_LINES: Final = 5_000
# What a list has bound of its allocation.
BINDING: Final = (ListState.SUBMITTED, ListState.APPROVED, ListState.PAID)
# What may stand as a period: of a year, a month, a quarter, or nothing that comes again.
PERIODS: Final = {
    Cycle.YEAR: r"^20[0-9]{2}$",
    Cycle.MONTH: r"^20[0-9]{2}-(0[1-9]|1[0-2])$",
    Cycle.QUARTER: r"^20[0-9]{2}-Q[1-4]$",
    Cycle.ONCE: r"^once$",
}


def period_text(period: str) -> str:
    """Give a period as people read it: that of a programme that pays once has no days."""
    return str(Cycle.ONCE.label) if period == Cycle.ONCE else period
