"""Households of invented people whose names and numbers are known."""

from typing import Any

from households.models import Household, Person
from tests.factories.households import PersonDraftFactory, document_number, registered


def home(number: int, village: str, **values: Any) -> Household:
    """Register a household of a man and a woman whose names and numbers are known."""
    members = tuple(
        PersonDraftFactory.build(
            name=f"示例{name}{number}",
            relation_code=relation,
            sex_code=sex,
            number=f"5499019900{number:02}{relation}",
            document_number=document_number(100 + number * 10 + int(sex), birth="19800101"),
        )
        for name, relation, sex in (("户主", "01", "1"), ("配偶", "02", "2"))
    )
    money: dict[str, Any] = {"account": f"622200001234{number:02}", "bank_name": "示例银行"}
    return registered(number=f"5499010000{number:02}", village_code=village, members=members, **money, **values)


def member(household: Household, relation: str = "01") -> Person:
    """Give the head, or another member, of a household."""
    return Person.objects.get(memberships__household=household, memberships__relation_code=relation)
