"""The life of what is due or received wrongly, as a table; verbs, the statements of a run, the trigger and docs agree.

A run settles what the facts no longer show, and asks anew what came back or whose answer has had its time. A person
answers, and takes an answer back.
"""

from typing import Final

from entitlements.enums import EntitlementState as S

ENTITLEMENT_STEPS: Final[dict[str, frozenset[str]]] = {
    S.NEW: frozenset({S.DECIDED, S.CLOSED}),
    S.DECIDED: frozenset({S.NEW, S.CLOSED}),
    S.CLOSED: frozenset({S.NEW}),
}
