"""Teams for tests: sent to a village of the first county by its office."""

from datetime import date

from registry.tenancy.context import current_actor
from tests.factories.tenants import VILLAGE_CODE
from tests.factories.villages import UnitFactory, VillageFactory
from villages.domain.members import MemberDraft, add_member
from villages.domain.teams import send_team
from villages.models import TeamMember, Unit, WorkTeam

DAY = date(2021, 3, 1)


def sent(
    *, village_code: str = VILLAGE_CODE, unit: Unit | None = None, leader: str = "示例队长", on: date = DAY
) -> WorkTeam:
    """Send a team with its leader."""
    village = VillageFactory.create(code=village_code)
    unit = unit or UnitFactory.create()
    return send_team(village.pk, unit.pk, leader_name=leader, actor=current_actor(), on=on)


def joined(team: WorkTeam, name: str, *posts: str, on: date = DAY) -> TeamMember:
    """Let somebody join the team."""
    draft = MemberDraft(name=name, post_codes=posts or ("3",), starts_on=on)
    return add_member(team.pk, draft, actor=current_actor())
