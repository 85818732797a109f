"""Choices of what is due and received."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class PolicyObject(models.TextChoices):
    """Who is entitled by a policy."""

    HOUSEHOLD = "household", _("Household")
    PERSON = "person", _("Person")


class Comparison(models.TextChoices):
    """How a fact is compared in a county's own policy."""

    YES = "yes", _("is so")
    NO = "no", _("is not so")
    BELOW = "below", _("is below")
    AT_LEAST = "at_least", _("is at least")


class EntitlementKind(models.TextChoices):
    """What does not agree. Source: the two halves of 应享未享, 不应享而享."""

    DUE_NOT_RECEIVED = "due_not_received", _("Due and not received")
    RECEIVED_NOT_DUE = "received_not_due", _("Received and not due")


class EntitlementState(models.TextChoices):
    """Where it stands."""

    NEW = "new", _("New")
    DECIDED = "decided", _("Answered")
    CLOSED = "closed", _("Settled")


class EntitlementAnswer(models.TextChoices):
    """What a person decided or learnt about it."""

    GRANTED = "granted", _("Granted")
    APPLIED = "applied", _("Applied for")
    NOT_DUE = "not_due", _("Not due")
    DECLINED = "declined", _("Declined by the household")
    STOP_PROPOSED = "stop_proposed", _("End proposed to the authority")
    AS_RECORDED = "as_recorded", _("Rightly received")


_A = EntitlementAnswer
# Which answers each kind may have.
ANSWERS: Final[dict[str, tuple[EntitlementAnswer, ...]]] = {
    EntitlementKind.DUE_NOT_RECEIVED: (_A.GRANTED, _A.APPLIED, _A.NOT_DUE, _A.DECLINED),
    EntitlementKind.RECEIVED_NOT_DUE: (_A.STOP_PROPOSED, _A.AS_RECORDED),
}
# Those after which something has still to happen elsewhere, so that the register asks again soon.
PENDING: Final = frozenset({_A.GRANTED, _A.APPLIED, _A.STOP_PROPOSED})
# Those that hold only with a reason.
REASONED: Final = frozenset({_A.NOT_DUE, _A.DECLINED, _A.STOP_PROPOSED, _A.AS_RECORDED})
