"""To whom findings may be given."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from quality.models import Finding
from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.queries.people import users_with_role
from registry.tenancy.context import current_tenant_id

# Source: domain facts 2.7 and house rule: lists go to township and village.
ASSIGNEES: Final = (Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.SECTOR_CLERK, Role.HELPER, Role.COUNTY_OFFICE)


@dataclass(frozen=True, slots=True)
class Assignee:
    """A person in one of those roles today, for one division."""

    user_id: UUID
    name: str
    role: Role
    division_code: str
    sector: str

    def serves(self, finding: Finding) -> bool:
        """Tell whether the finding lies in the person's division, and in the sector of a sector clerk."""
        in_sector = self.role != Role.SECTOR_CLERK or self.sector == finding.sector
        return in_sector and subtree(self.division_code).contains(finding.scope_code)


def assignees() -> list[Assignee]:
    """Give the people of the county who may settle findings, by name."""
    rows = users_with_role(current_tenant_id(), ASSIGNEES).filter(user__is_active=True)
    found = [Assignee(row.user_id, row.user.name, Role(row.role), row.division_code, row.sector) for row in rows]
    return sorted(found, key=lambda person: (person.name, person.role, person.division_code))


def can_serve(user_id: UUID, role: str, findings: Iterable[Finding]) -> bool:
    """Tell whether a person in a role serves every one of the findings."""
    posts = [person for person in assignees() if person.user_id == user_id and person.role == role]
    return all(any(post.serves(finding) for post in posts) for finding in findings)
