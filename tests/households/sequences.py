"""Play a random history of one village's households through the verbs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from assistance.domain.pairing import end_pairing, hand_over, let_unit_stand_in, pair
from assistance.models import Pairing
from households.domain.drafts import PersonDraft
from households.domain.members import add_person, amend_relation, change_head, end_membership
from households.domain.merge import merge_households
from households.domain.monitoring import identify_for_monitoring, relapse, remove_risk
from households.domain.move import move_household
from households.domain.person_transfer import accept_person, offer_person
from households.domain.reinstate import reinstate_member
from households.domain.split import NewHousehold, split_household
from households.domain.status import change_status
from households.domain.take_back import take_back
from households.domain.transfer import accept_transfer, offer_transfer
from households.domain.transfer_steps import ACCEPTANCE, OFFER
from households.enums import PostingKind
from households.models import Household, Membership, Person, Transfer
from households.queries.history import present_members
from households.queries.stocks import StockCount, posted_stock_on, stock_on
from registry.crypto import Purpose, unseal
from registry.domain.letters import deliver_letter
from registry.lib.errors import DomainError
from registry.models import Letter
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.assistance import HelperFactory
from tests.factories.households import FIRST_DAY, PersonDraftFactory, registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    NEXT_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    VILLAGE_CODE,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory
from tests.households.invariants import broken_rules, needs_helper_from

LAST_DAY = 40
VILLAGES = (VILLAGE_CODE, NEXT_VILLAGE_CODE, FAR_VILLAGE_CODE)
STARTS: tuple[dict[str, Any], ...] = (
    {"status": "filed"},
    {"status": "lifted"},
    {"status": "returned", "monitoring_state": "identified", "monitoring_code": "1"},
    {"status": "candidate"},
    {"status": "ordinary"},
    {"status": "lifted", "monitoring_state": "removed", "monitoring_code": "2"},
)

Differences = list[tuple[date, list[StockCount], list[StockCount]]]


@dataclass(frozen=True)
class Step:
    """One verb by its name, on a household and a day, with a number that chooses the rest."""

    verb: str
    household: int
    day: int
    choice: int

    @property
    def on(self) -> date:
        return FIRST_DAY + timedelta(days=self.day)


class _Undo(Exception):
    pass


class History:
    """Households and what was tried on them; `done` counts what the register accepted."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.done = 0
        for code in VILLAGES:
            VillageFactory.create(code=code)
        self.households = [registered(**start) for start in STARTS[:4]]
        self.helpers = [HelperFactory.create() for _number in range(3)]
        self.broken: list[str] = []
        self.neighbour = county_office(county(OTHER_COUNTY_CODE))
        with tenant_scope(self.neighbour):
            VillageFactory.create(code=OTHER_VILLAGE_CODE)

    def play(self, steps: list[Step]) -> None:
        """Try every step; what is refused leaves no trace."""
        for step in steps:
            try:
                with savepoint():
                    VERBS[step.verb](self, self.households[step.household % len(self.households)], step)
            except DomainError:
                continue
            self.done += 1

    def differences(self) -> Differences:
        """Give every day on which the rows and the postings of either county disagree."""
        found = _differences()
        with tenant_scope(self.neighbour):
            return found + (_differences() if Household.objects.exists() else [])

    def broken_rules(self) -> list[str]:
        """Name the rules that a row of either county breaks, and those that a verb broke when it was done."""
        with tenant_scope(self.neighbour):
            theirs = broken_rules(_days())
        return [*self.broken, *broken_rules(_days()), *theirs]


def _days() -> list[date]:
    return [FIRST_DAY + timedelta(days=number) for number in range(-2, LAST_DAY + 2)]


def _differences() -> Differences:
    now = timezone.now() + timedelta(seconds=1)
    counted = [(day, stock_on(day), posted_stock_on(day, known_at=now)) for day in _days()]
    return [(day, rows, posted) for day, rows, posted in counted if rows != posted]


def outcome(actor: Actor, steps: list[Step]) -> tuple[int, Differences, list[str]]:
    """Play the steps on fresh households, give what came of them, and undo everything."""
    found: list[tuple[int, Differences, list[str]]] = []
    try:
        with savepoint():
            history = History(actor)
            history.play(steps)
            found.append((history.done, history.differences(), history.broken_rules()))
            raise _Undo
    except _Undo:
        return found[0]


def _status(name: str) -> Callable[[History, Household, Step], None]:
    def verb(history: History, household: Household, step: Step) -> None:
        change_status(household.id, name, actor=history.actor, on=step.on, reason="test")

    return verb


def _register(history: History, household: Household, step: Step) -> None:
    start = STARTS[step.choice % len(STARTS)]
    village = VILLAGES[step.choice % len(VILLAGES)]
    new = registered(on=step.on, kind=PostingKind.FILED, village_code=village, **start)
    history.households.append(new)


def _add(history: History, household: Household, step: Step) -> None:
    draft = PersonDraftFactory.build(relation_code="03")
    add_person(household.id, draft, actor=history.actor, on=step.on, reason_code="13")


def _end(history: History, household: Household, step: Step) -> None:
    person = _person(household, step)
    end_membership(household.id, person, actor=history.actor, on=step.on, reason_code="23")


def _head(history: History, household: Household, step: Step) -> None:
    person = _person(household, step)
    change_head(household.id, person, former_head_relation="99", actor=history.actor, on=step.on, reason="test")


def _person(household: Household, step: Step) -> UUID:
    persons = (
        Membership.objects.filter(household=household, ends_on=None).order_by("id").values_list("person", flat=True)
    )
    return persons[step.choice % len(persons)] if persons else household.id


def _marry(history: History, household: Household, step: Step) -> None:
    """Let a member of one household join another on the same day."""
    other = history.households[step.choice % len(history.households)]
    membership = Membership.objects.filter(household=household, ends_on=None).exclude(relation_code="01").first()
    if membership is None or other == household:
        return
    end_membership(household.id, membership.person_id, actor=history.actor, on=step.on, reason_code="22")
    again = PersonDraftFactory.build(
        relation_code="99", name=membership.person.name, document_number=number_of(membership.person)
    )
    add_person(other.id, again, actor=history.actor, on=step.on, reason_code="12")


def number_of(person: Person) -> str:
    assert person.document_sealed is not None
    return unseal(person.document_sealed, Purpose.DOCUMENT, tenant_id=person.tenant_id)


def _relation(history: History, household: Household, step: Step) -> None:
    person = _person(household, step)
    amend_relation(household.id, person, "99", actor=history.actor, reason="test")


def _come_back(history: History, household: Household, step: Step) -> None:
    """Let somebody who left any household join this one, or found one by being registered again."""
    left = Membership.objects.exclude(ends_on=None).order_by("id").select_related("person")
    person = left[step.choice % max(len(left), 1)].person if left else None
    if person is None or person.document_sealed is None:
        return
    draft = PersonDraft(
        name=person.name, sex_code="", relation_code="99", document_number=number_of(person), starts_precision="day"
    )
    if step.choice % 2:
        add_person(household.id, replace(draft, starts_precision=""), actor=history.actor, on=step.on, reason_code="15")
        return
    founder = replace(draft, relation_code="01", starts_on=step.on)
    village = VILLAGES[step.choice % len(VILLAGES)]
    new = registered(on=step.on, kind=PostingKind.FILED, village_code=village, status="filed", members=(founder,))
    history.households.append(new)


def _who_left(step: Step) -> Membership | None:
    left = Membership.objects.exclude(ends_on=None).exclude(end_reason_code="head_changed").order_by("id")
    return left[step.choice % len(left)] if left else None


def _reinstate(history: History, household: Household, step: Step) -> None:
    """Take back a leaving as recorded by mistake; half of them under another relation."""
    left = _who_left(step)
    if left is None:
        return
    relation = "99" if step.day % 2 else ""
    reinstate_member(left.household_id, left.person_id, relation_code=relation, actor=history.actor, reason="test")


def _take_back(history: History, household: Household, step: Step) -> None:
    """Let somebody who left join the household as the person on file."""
    left = _who_left(step)
    if left is None:
        return
    given: dict[str, Any] = {"relation_code": "99", "on": step.on, "reason_code": "15"}
    take_back(left.person_id, household.id, actor=history.actor, **given)


def _die(history: History, household: Household, step: Step) -> None:
    person = _person(household, step)
    end_membership(household.id, person, actor=history.actor, on=step.on, reason_code="21")


def _move(history: History, household: Household, step: Step) -> None:
    move_household(household.id, VILLAGES[step.choice % len(VILLAGES)], actor=history.actor, on=step.on, reason="test")


def _identify(history: History, household: Household, step: Step) -> None:
    identify_for_monitoring(household.id, "2", actor=history.actor, on=step.on, reason="test")


def _remove(history: History, household: Household, step: Step) -> None:
    remove_risk(household.id, "2", actor=history.actor, on=step.on, reason="test")


def _relapse(history: History, household: Household, step: Step) -> None:
    relapse(household.id, "1", actor=history.actor, on=step.on, reason="test")


def _split(history: History, household: Household, step: Step) -> None:
    """Let up to three members who are not the head found a household of their own."""
    going = present_members(household).exclude(relation_code="01").order_by("id")[: 1 + step.choice % 3]
    relations = {row.person_id: "03" if place else "01" for place, row in enumerate(going)}
    village = VILLAGES[step.choice % len(VILLAGES)]
    new = NewHousehold(number=f"S{len(history.households)}", relations=relations, village_code=village)
    founded = split_household(household.id, new, actor=history.actor, on=step.on, reason="test")
    history.households.append(founded)


def _merge(history: History, household: Household, step: Step) -> None:
    into = history.households[step.choice % len(history.households)]
    relations = {row.person_id: "99" for row in present_members(household)}
    merge_households(household.id, into.id, relations, actor=history.actor, on=step.on, reason="test")


def _transfer(history: History, household: Household, step: Step) -> None:
    """Offer the household to the other county, which accepts it; both letters are delivered at once."""
    offer = offer_transfer(household.id, OTHER_COUNTY_CODE, actor=history.actor, on=step.on, reason="test")
    _deliver(OFFER, offer.key, history.actor)
    with tenant_scope(history.neighbour):
        arriving = Transfer.objects.get(key=offer.key)
        accept_transfer(arriving.id, OTHER_VILLAGE_CODE, actor=history.neighbour, reason="test")
        _deliver(ACCEPTANCE, offer.key, history.neighbour)


def _send_back(history: History, household: Household, step: Step) -> None:
    """Offer a household that went to the other county back to the first one, into a village of the choice."""
    village = VILLAGES[step.choice % len(VILLAGES)]
    with tenant_scope(history.neighbour):
        away = Household.objects.filter(number=household.number).first()
        if away is None:
            return
        given: dict[str, Any] = {"on": step.on, "reason": "test"}
        offer = offer_transfer(away.id, history.actor.tenant_code, actor=history.neighbour, **given)
        _deliver(OFFER, offer.key, history.neighbour)
    arriving = Transfer.objects.get(key=offer.key)
    accept_transfer(arriving.id, village, actor=history.actor, reason="test")
    _deliver(ACCEPTANCE, offer.key, history.actor)


def _send_person_back(history: History, household: Household, step: Step) -> None:
    """Offer somebody who lives in the other county to a household of the first one."""
    with tenant_scope(history.neighbour):
        living = list(Membership.objects.filter(ends_on=None).exclude(relation_code="01").order_by("id"))
        if not living:
            return
        one = living[step.choice % len(living)]
        given: dict[str, Any] = {"on": step.on, "leaving_code": "23", "reason": "test"}
        offer = offer_person(
            one.household_id, one.person_id, history.actor.tenant_code, actor=history.neighbour, **given
        )
        _deliver(OFFER, offer.key, history.neighbour)
    answer: dict[str, Any] = {"relation_code": "99", "joining_code": "13", "reason": "test"}
    accept_person(Transfer.objects.get(key=offer.key).id, household.id, actor=history.actor, **answer)
    _deliver(ACCEPTANCE, offer.key, history.actor)


def _transfer_person(history: History, household: Household, step: Step) -> None:
    """Offer a member to the other county, which takes the person into one of its households."""
    person, relation = _person(household, step), "99"
    given: dict[str, Any] = {"on": step.on, "leaving_code": "22", "reason": "test"}
    offer = offer_person(household.id, person, OTHER_COUNTY_CODE, actor=history.actor, **given)
    _deliver(OFFER, offer.key, history.actor)
    with tenant_scope(history.neighbour):
        there = list(Household.objects.exclude(status="closed").order_by("id"))
        into = there[step.choice % len(there)] if there else registered(village_code=OTHER_VILLAGE_CODE)
        arriving = Transfer.objects.get(key=offer.key)
        answer: dict[str, Any] = {"relation_code": relation, "joining_code": "12", "reason": "test"}
        accept_person(arriving.id, into.id, actor=history.neighbour, **answer)
        _deliver(ACCEPTANCE, offer.key, history.neighbour)


def _deliver(kind: str, key: UUID, actor: Actor) -> None:
    letter = Letter.objects.get(kind=kind, key=str(key))
    deliver_letter(actor, str(letter.pk), letter.sent_at)


def _pair(history: History, household: Household, step: Step) -> None:
    helper = history.helpers[step.choice % len(history.helpers)]
    pair(household.id, helper.id, actor=history.actor, on=step.on, is_lead=step.choice % 4 != 0)


def _hand_over(history: History, household: Household, step: Step) -> None:
    helper = history.helpers[step.choice % len(history.helpers)]
    hand_over(household.id, helper.id, actor=history.actor, on=step.on, reason="test")


def _stand_in(history: History, household: Household, step: Step) -> None:
    let_unit_stand_in(household.id, actor=history.actor, on=step.on, reason="test")


def _part(history: History, household: Household, step: Step) -> None:
    """End a pairing without a successor; a lead that is needed from that day on must have been kept."""
    rows = list(Pairing.objects.filter(household=household).order_by("id"))
    if not rows:
        return
    row = rows[step.choice % len(rows)]
    needed = needs_helper_from(household, step.on)
    end_pairing(row.id, actor=history.actor, on=step.on, reason="test")
    if row.is_lead and needed:
        history.broken.append(f"a lead that is needed ended on {step.on}")


VERBS: dict[str, Callable[[History, Household, Step], None]] = {
    "file": _status("file"),
    "lift": _status("lift"),
    "return": _status("return"),
    "close_gone": _status("close_gone"),
    "close_wrong": _status("close_wrong"),
    "register": _register,
    "split": _split,
    "transfer": _transfer,
    "transfer_person": _transfer_person,
    "send_back": _send_back,
    "send_person_back": _send_person_back,
    "add": _add,
    "end": _end,
    "head": _head,
    "marry": _marry,
    "merge": _merge,
    "move": _move,
    "relation": _relation,
    "come_back": _come_back,
    "die": _die,
    "reinstate": _reinstate,
    "take_back": _take_back,
    "identify": _identify,
    "remove": _remove,
    "relapse": _relapse,
    "pair": _pair,
    "hand_over": _hand_over,
    "stand_in": _stand_in,
    "part": _part,
}
