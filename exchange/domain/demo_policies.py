"""What the demonstration shows of due and received: a policy of the county's own."""

from typing import Final

from entitlements.definitions.own import Condition
from entitlements.domain.own import PolicyDraft, add_policy
from exchange.domain.demo_staff import Staff, ago

_BUSINESS: Final = "39"


def show_policies(staff: Staff) -> None:
    """Make a policy for households that earn little, for the next run to ask."""
    with staff.at_work("office") as actor:
        draft = PolicyDraft(
            name="本县低收入户产业补助",
            object="household",
            due_words="人均纯收入低于标准，尚无产业帮扶措施。",
            received_words="已有产业帮扶措施，人均纯收入不低于标准。",
            source="示例县产业补助办法（虚构）",
            from_year=ago(365).year,
            due=[Condition("is_filed", "yes"), Condition("net_per_head_yuan", "below", "8000")],
            receives=[Condition("measure", "yes", _BUSINESS)],
            not_due=[Condition("net_per_head_yuan", "at_least", "20000")],
        )
        add_policy(draft, actor=actor)
