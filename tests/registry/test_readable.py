"""What people read of changes: no id that nothing names, and no record as it is stored."""

from uuid import uuid4

from assistance.models import HouseholdPlan
from registry.domain.readable import History
from registry.queries.audit import FieldChange


def test_change_is_left_out_when_nothing_names_its_id() -> None:
    changes = (FieldChange("adopted_by", None, str(uuid4())), FieldChange("goals", "养羊", "养牛"))

    (shown,) = History().shown([changes], HouseholdPlan)

    assert [(one.raw.label, one.before, one.after) for one in shown] == [("goals", "养羊", "养牛")]


def test_entries_are_counted_when_a_verb_wrote_several() -> None:
    lines = [{"item_code": "101", "amount_yuan": "21000.00"}, {"item_code": "202", "amount_yuan": "18600.00"}]

    (shown,) = History().shown([(FieldChange("lines", None, lines),)], HouseholdPlan)

    assert [one.after for one in shown] == ["2 entries"]
