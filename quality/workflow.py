"""The life of a finding as a table; domain functions, the statements of a run and the docs say the same.

A run closes what is right again, and opens anew what came back or whose exemption ended.
"""

from typing import Final

from quality.enums import FindingState as F

FINDING_STEPS: Final[dict[str, frozenset[str]]] = {
    F.NEW: frozenset({F.ASSIGNED, F.AS_RECORDED, F.EXEMPTED, F.FIXED}),
    F.ASSIGNED: frozenset({F.ASSIGNED, F.AS_RECORDED, F.EXEMPTED, F.FIXED}),
    F.FIXED: frozenset({F.NEW}),
    F.EXEMPTED: frozenset({F.NEW, F.FIXED}),
    F.AS_RECORDED: frozenset({F.FIXED}),
}


def may_be_settled(state: str) -> bool:
    """Tell whether people may still assign, answer or exempt a finding."""
    return F.ASSIGNED in FINDING_STEPS[state]
