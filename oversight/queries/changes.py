"""What an edition changed in the one before, division by division."""

from dataclasses import dataclass

from oversight.definitions.figures import differences
from registry.models import PublishedDivision, PublishedEdition


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure of one division that a later edition corrected; `name` is that of the figure in the REST interface."""

    code: str
    division: str
    section: str
    name: str
    former: int
    later: int

    @property
    def difference(self) -> int:
        """Give by how much the figure rose or fell."""
        return self.later - self.former


def changes_of(edition: PublishedEdition) -> list[FigureChange]:
    """Give every figure that differs from the edition before, by division; none for a first edition. Two queries."""
    same = {"tenant_id": edition.tenant_id, "period_kind": edition.period_kind, "first_day": edition.first_day}
    former = PublishedEdition.objects.filter(**same, edition=edition.edition - 1).first()
    if former is None:
        return []
    rows = PublishedDivision.objects.filter(edition__in=[edition.pk, former.pk]).order_by("code", "edition__edition")
    by_code: dict[str, dict[object, PublishedDivision]] = {}
    for row in rows:
        by_code.setdefault(row.code, {})[row.edition_id] = row
    changes: list[FigureChange] = []
    for code, found in by_code.items():
        before, after = found.get(former.pk), found.get(edition.pk)
        name = (after or before).name if after or before else code  # type: ignore[union-attr]  # one of them is there
        changed = differences(before.figures if before else {}, after.figures if after else {})
        changes.extend(FigureChange(code, name, *one) for one in changed)
    return changes
