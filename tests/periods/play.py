"""A county in which things happen at random, and what a picture of it says."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from assistance.domain.measures import MeasureDraft, category_choices, record_measure, withdraw_measure
from assistance.domain.pairing import end_pairing, hand_over, pair
from assistance.models import Measure, Pairing
from economy.domain.goals import amend_income_goal, set_income_goal
from economy.domain.shares import end_shares, hold_shares, open_fund
from economy.models import IncomeGoal, Shareholding
from households.domain.amend import amend_household, amend_person
from households.domain.drafts import YearDraft
from households.domain.facts import PersonYearDraft, record_household_year, record_person_year
from households.domain.members import add_person, end_membership
from households.domain.monitoring import identify_for_monitoring, relapse, remove_risk
from households.domain.move import move_household
from households.domain.status import change_status
from households.domain.work import WorkDraft, record_work
from households.models import Household, Membership, Person
from periods.domain.freezing import ROWS, fill_snapshot
from periods.enums import SnapshotPurpose
from periods.models import Snapshot
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from tests.factories.assistance import HelperFactory
from tests.factories.households import FIRST_DAY, PersonDraftFactory, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, NEXT_VILLAGE_CODE, VILLAGE_CODE
from tests.factories.villages import UnitFactory, VillageFactory
from villages.domain.teams import end_team, send_team
from villages.domain.villages import amend_village
from villages.domain.years import VillageYearDraft, record_village_year
from villages.models import Village, WorkTeam

VILLAGES = (VILLAGE_CODE, NEXT_VILLAGE_CODE, FAR_VILLAGE_CODE)
Rows = list[dict[str, Any]]
_LEFT_OUT = ("id", "snapshot_id")


def picture(actor: Actor, as_of: date, **values: Any) -> Snapshot:
    """Fill a picture for a question in the open scope."""
    area = values.pop("scope_code", actor.tenant_code)
    snapshot = Snapshot.objects.create(purpose=SnapshotPurpose.QUESTION, as_of=as_of, scope_code=area, **values)
    fill_snapshot(snapshot, actor=actor)
    return snapshot


def told(snapshot: Snapshot) -> list[Rows]:
    """Give every cell of a picture, table by table, in one order."""
    keys = ("household_id", "person_id", "village_id")
    return [
        [
            {name: value for name, value in row.items() if name not in _LEFT_OUT}
            for row in model.objects.filter(snapshot=snapshot).order_by(key).values()
        ]
        for model, key in zip(ROWS, keys, strict=True)
    ]


class Play:
    """Verbs of the register on households chosen at random, each some days after the last; what is refused is left."""

    def __init__(self, actor: Actor, *, seed: int) -> None:
        self.actor, self.chance, self.day = actor, Random(seed), FIRST_DAY
        self.done: dict[str, int] = {}
        self.villages = [VillageFactory.create(code=code) for code in VILLAGES]
        self.unit = UnitFactory.create()
        self.funds = [open_fund(one.pk, name="光伏", actor=actor).pk for one in self.villages]
        self.helpers = [HelperFactory.create() for _number in range(3)]
        self.categories = [code for code, _label in category_choices()]
        for _number in range(6):
            self.register(Household())
        self.verbs: list[Callable[[Household], object]] = [
            self.register,
            self.amend,
            self.change_status,
            self.monitor,
            self.move,
            self.join,
            self.leave,
            self.tell_year,
            self.tell_person,
            self.rename,
            self.work,
            self.help,
            self.part,
            self.support,
            self.withdraw,
            self.tell_village,
            self.rename_village,
            self.send,
            self.recall,
            self.hold,
            self.aim,
        ]

    def run(self, times: int) -> None:
        """Do so many verbs."""
        for _number in range(times):
            self.day += timedelta(days=self.chance.randint(1, 3))
            households = list(Household.objects.order_by("number"))
            verb = self.chance.choice(self.verbs) if households else self.register
            try:
                with savepoint():
                    verb(self.chance.choice(households) if households else Household())
            except DomainError:
                continue
            self.done[verb.__name__] = self.done.get(verb.__name__, 0) + 1

    def register(self, _household: Household) -> object:
        """Register another household."""
        return registered(
            village_code=self.chance.choice(VILLAGES),
            on=self.day,
            status=self.chance.choice(["filed", "lifted", "candidate", "ordinary"]),
            group_name=self.chance.choice(["", "一组", "二组"]),
            members=tuple(
                PersonDraftFactory.build(relation_code=code) for code in ("01", "02", "03")[: self.chance.randint(1, 3)]
            ),
        )

    def amend(self, household: Household) -> object:
        """Amend causes, group and plan."""
        return amend_household(
            household.id,
            {
                "group_name": self.chance.choice(["三组", "四组", ""]),
                "main_cause_code": self.chance.choice(["01", "02", "03"]),
                "other_cause_codes": self.chance.choice([[], ["04"], ["04", "05"]]),
                "planned_lifting_year": self.chance.choice([None, 2021, 2022]),
            },
            actor=self.actor,
            version=household.version,
        )

    def change_status(self, household: Household) -> object:
        """Lift it, let it return, file or close it."""
        name = self.chance.choice(["file", "lift", "return", "close_wrong"])
        return change_status(household.id, name, actor=self.actor, on=self.day, reason="评议")

    def monitor(self, household: Household) -> object:
        """Begin to monitor it, or end that."""
        verb: Any = {"none": identify_for_monitoring, "removed": relapse}.get(household.monitoring_state, remove_risk)
        code = "2" if verb is remove_risk else self.chance.choice(["1", "2"])
        return verb(household.id, code, actor=self.actor, on=self.day, reason="评议")

    def move(self, household: Household) -> object:
        """Move it to another village."""
        return move_household(household.id, self.chance.choice(VILLAGES), actor=self.actor, on=self.day, reason="搬迁")

    def join(self, household: Household) -> object:
        """Let somebody join it."""
        draft = PersonDraftFactory.build(relation_code=self.chance.choice(["03", "04", "12"]))
        return add_person(household.id, draft, actor=self.actor, on=self.day, reason_code="12")

    def leave(self, household: Household) -> object:
        """Let somebody leave it."""
        person = self._member(household)
        return end_membership(household.id, person.id, actor=self.actor, on=self.day, reason_code="22")

    def tell_year(self, household: Household) -> object:
        """Tell income and living conditions of a year."""
        facts = YearDraft(
            year=self.chance.choice([2019, 2020]),
            net_per_head_yuan=Decimal(self.chance.randint(3000, 20000)),
            is_declared=True,
            source="访谈",
            safe_water=self.chance.choice([True, False]),
            dangerous_housing=self.chance.choice([True, False, None]),
        )
        return record_household_year(household.id, facts, actor=self.actor)

    def tell_person(self, household: Household) -> object:
        """Tell schooling, health and insurance of a member."""
        facts = PersonYearDraft(
            year=self.chance.choice([2019, 2020]),
            health_codes=self.chance.choice([("1",), ("2",), ()]),
            skill_code=self.chance.choice(["1", "3", ""]),
            has_basic_medical=self.chance.choice([True, False, None]),
        )
        return record_person_year(self._member(household).id, facts, actor=self.actor)

    def rename(self, household: Household) -> object:
        """Give a member another name and day of birth."""
        person = self._member(household)
        return amend_person(
            person.id,
            {"name": f"示例新名{self.chance.randint(1, 99)}", "sex_code": self.chance.choice(["1", "2"])},
            actor=self.actor,
            version=person.version,
        )

    def work(self, household: Household) -> object:
        """Note that a member works."""
        draft = WorkDraft(starts_on=date(2020, self.chance.randint(1, 12), 1))
        return record_work(self._member(household).id, draft, actor=self.actor)

    def help(self, household: Household) -> object:
        """Pair it with a helper, or hand it over to another one."""
        helper = self.chance.choice(self.helpers).id
        if self.chance.random() < 0.6:
            return pair(household.id, helper, actor=self.actor, on=self.day)
        return hand_over(household.id, helper, actor=self.actor, on=self.day, reason="调整")

    def part(self, _household: Household) -> object:
        """End a pairing of a household that need not have a helper."""
        free = Pairing.objects.filter(ends_on=None, household__status__in=["lifted", "ordinary"])
        pairing = self.chance.choice(list(free.order_by("id")) or [Pairing()])
        return end_pairing(pairing.id, actor=self.actor, on=self.day, reason="调离")

    def support(self, household: Household) -> object:
        """Record a measure that has begun, or that is to begin."""
        state, category = self.chance.choice(["0", "1"]), self.chance.choice(self.categories)
        starts_on = self.day if state == "1" else None
        draft = MeasureDraft(category_code=category, state_code=state, starts_on=starts_on)
        return record_measure(household.id, draft, actor=self.actor)

    def withdraw(self, household: Household) -> object:
        """Take a measure back."""
        measure = self.chance.choice(list(Measure.objects.filter(household=household).order_by("id")) or [Measure()])
        return withdraw_measure(measure.id, actor=self.actor, reason="误录")

    def tell_village(self, _household: Household) -> object:
        """Tell facts of a year of a village."""
        facts = VillageYearDraft(year=self.chance.choice([2019, 2020]), has_road=self.chance.choice([True, False]))
        return record_village_year(self.chance.choice(self.villages).pk, facts, actor=self.actor)

    def rename_village(self, _household: Household) -> object:
        """Give a village another name."""
        village = Village.objects.get(pk=self.chance.choice(self.villages).pk)
        name = f"示例{self.chance.randint(1, 99)}村"
        return amend_village(village.pk, {"name": name}, actor=self.actor, version=village.version)

    def send(self, _household: Household) -> object:
        """Send a team to a village."""
        village = self.chance.choice(self.villages).pk
        return send_team(village, self.unit.pk, leader_name="示例队长", actor=self.actor, on=self.day)

    def recall(self, _household: Household) -> object:
        """End the stay of a team, and of its members."""
        team = self.chance.choice(list(WorkTeam.objects.filter(ends_on=None).order_by("id")) or [WorkTeam()])
        return end_team(team.pk, actor=self.actor, on=self.day)

    def hold(self, household: Household) -> object:
        """Enter shares of a household, or end them."""
        held = Shareholding.objects.filter(household=household, ends_on=None).first()
        if held is not None:
            return end_shares(held.pk, on=self.day, actor=self.actor)
        fund = self.chance.choice(self.funds)
        return hold_shares(fund, household.pk, share_count=Decimal(10), on=self.day, actor=self.actor)

    def aim(self, _household: Household) -> object:
        """Set the goal of the collective income, or amend it."""
        goal, yuan = IncomeGoal.objects.first(), Decimal(self.chance.randint(1, 9) * 10000)
        if goal is None:
            return set_income_goal(2019, goal_yuan=yuan, source="示例文件", actor=self.actor)
        return amend_income_goal(goal.pk, goal_yuan=yuan, source="示例文件", actor=self.actor, version=goal.version)

    def _member(self, household: Household) -> Person:
        members = Membership.objects.filter(household=household, ends_on=None).order_by("id")
        people: list[Person] = [member.person for member in members.select_related("person")]
        return self.chance.choice(people or [Person()])
