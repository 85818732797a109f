# The declarations of factory_boy carry no types.
# mypy: disable-error-code="no-untyped-call"
"""Drafts of households with invented persons, and households registered from them."""

from datetime import date
from typing import Any, Final

from factory.base import Factory
from factory.declarations import LazyAttribute, LazyFunction, Sequence

from households.domain.drafts import HouseholdDraft, PersonDraft
from households.domain.register import register_households
from households.enums import HouseholdStatus, PostingKind
from households.models import Household
from registry.lib.idcard import check_character
from registry.tenancy.context import Actor, current_actor
from tests.factories.tenants import VILLAGE_CODE
from tests.factories.villages import VillageFactory

FIRST_DAY = date(2020, 12, 15)


def document_number(number: int, *, birth: str = "19800101") -> str:
    """Give an invented identity number: no county has 5499."""
    body = f"549901{birth}{number % 1000:03}"
    return body + check_character(body)


# Relations that are a man's (1, the odd numbers of a document) or a woman's (0). Source: list `relation`, rule 7.
SEX_OF_RELATION: Final = dict.fromkeys(("03", "06", "07", "09", "11", "13", "15", "17", "19", "23", "25", "27"), 1) | (
    dict.fromkeys(("04", "05", "08", "10", "12", "14", "16", "18", "20", "22", "24", "26"), 0)
)


class PersonDraftFactory(Factory[PersonDraft]):
    """A grown-up person; the sequence gives birth and document, and the sex where the relation does not."""

    class Meta:
        model = PersonDraft

    class Params:
        serial = Sequence(lambda number: number)

    name = LazyAttribute(lambda person: f"示例人{person.serial}")
    relation_code = "02"
    sex_code = ""
    number = LazyAttribute(lambda person: f"54990199{person.serial:08}")
    document_number = LazyAttribute(
        lambda person: document_number(
            person.serial * 2 % 1000 + SEX_OF_RELATION.get(person.relation_code, person.serial % 2),
            birth=f"{1950 + person.serial // 500 % 50}0101",
        )
    )


class HouseholdDraftFactory(Factory[HouseholdDraft]):
    """A household of two in the first village."""

    class Meta:
        model = HouseholdDraft

    number = Sequence(lambda number: f"549901{number:08}")
    village_code = VILLAGE_CODE
    status = HouseholdStatus.FILED
    main_cause_code = "01"
    members = LazyFunction(lambda: (PersonDraftFactory.build(relation_code="01"), PersonDraftFactory.build()))


def registered(
    *, actor: Actor | None = None, on: date = FIRST_DAY, kind: PostingKind = PostingKind.TAKEOVER, **values: Any
) -> Household:
    """Register one household in the open scope, with its village, and give it."""
    draft = HouseholdDraftFactory.build(**values)
    VillageFactory.create(code=draft.village_code)
    (id_,) = register_households([draft], actor=actor or current_actor(), on=on, kind=kind, reason="roster")
    return Household.objects.get(pk=id_)
