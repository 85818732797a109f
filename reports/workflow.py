"""What may follow what: one table for the runs of reports and one for their mails.

The tables feed the domain functions, the buttons of the admin site, the documentation and the triggers of the database.
"""

from typing import Final

from reports.enums import AddressState, DeliveryState, RunState

Steps = dict[str, frozenset[str]]

RUN_STEPS: Final[Steps] = {
    RunState.QUEUED: frozenset({RunState.RUNNING, RunState.FAILED}),
    RunState.RUNNING: frozenset({RunState.FINISHED, RunState.FAILED}),
    RunState.FINISHED: frozenset(),
    RunState.FAILED: frozenset(),
}

# Sending is at most once: the only ways back to `pending` are a definite refusal, and a person's button.
DELIVERY_STEPS: Final[Steps] = {
    DeliveryState.PENDING: frozenset({DeliveryState.SENDING, DeliveryState.FAILED}),
    DeliveryState.SENDING: frozenset(
        {
            DeliveryState.SENT,
            DeliveryState.FAILED,
            DeliveryState.UNCLEAR,
            DeliveryState.PENDING,
            DeliveryState.BOUNCED,
        }
    ),
    DeliveryState.SENT: frozenset({DeliveryState.BOUNCED}),
    DeliveryState.FAILED: frozenset({DeliveryState.PENDING}),
    DeliveryState.UNCLEAR: frozenset({DeliveryState.PENDING, DeliveryState.SENT, DeliveryState.BOUNCED}),
    DeliveryState.BOUNCED: frozenset({DeliveryState.PENDING}),
}
# Nothing more happens to these by itself; a mail that was sent may still come back.
SETTLED: Final = frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCLEAR, DeliveryState.BOUNCED})
# The states from which a person may send again.
SENT_AGAIN_BY_HAND: Final = frozenset({DeliveryState.UNCLEAR, DeliveryState.FAILED, DeliveryState.BOUNCED})

# An outside address that was refused or withdrawn is asked for anew, as another row.
ADDRESS_STEPS: Final[Steps] = {
    AddressState.ASKED: frozenset({AddressState.ALLOWED, AddressState.REFUSED}),
    AddressState.ALLOWED: frozenset({AddressState.WITHDRAWN}),
    AddressState.REFUSED: frozenset(),
    AddressState.WITHDRAWN: frozenset(),
}


def before(steps: Steps, state: str) -> frozenset[str]:
    """Give the states from which `state` may be entered."""
    return frozenset(former for former, following in steps.items() if state in following)
