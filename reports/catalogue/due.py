"""Who is due an entitlement and does not receive it, by the findings on file, and how many."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar, Final

from typing_extensions import override

from entitlements.definitions.policies import Policy, policies
from reports.catalogue.base import Picture, Theme, enter
from reports.catalogue.lists import PicturedList, PicturedReport
from reports.catalogue.totals import DEPTH, VILLAGE_RIGHT, division_table
from reports.definitions import due as form
from reports.definitions import lists as words
from reports.definitions.layout import CellKind, Column, Sheet
from reports.definitions.pictured import Pictured
from reports.definitions.text import Language, Text
from reports.enums import RowLevel
from reports.queries.pictured import Listing, counts_by
from reports.queries.pictured_columns import titled_columns

# What a person answered is no longer due to be asked; what was settled after the day was open on it.
_OPEN: Final = "finding.first_seen_on <= %(as_of)s AND (finding.state = 'new' OR finding.closed_on > %(as_of)s)"
_FINDING: Final = frozenset({"h", "finding"})


def _names(found: dict[str, Policy]) -> dict[str, Text]:
    return {code: Text(policy.zh, policy.en) for code, policy in found.items()}


@enter
class EligibleWithoutAllowance(PicturedList):
    """Who is due an entitlement and does not receive it. Source: entitlements/data/policies.toml."""

    id: ClassVar = form.ID
    title: ClassVar = form.TITLE
    level: ClassVar = RowLevel.HOUSEHOLD
    right: ClassVar = "reports.view_persons"
    theme: ClassVar = Theme.COVERAGE

    @override
    def columns(self, picture: Picture) -> tuple[Pictured, ...]:
        policy = Column("policy_code", form.POLICY, CellKind.CODE, 18, labels=_names(policies()))
        subject = Column("due_name", form.SUBJECT, width=12)
        since = Column("first_seen_on", form.SINCE, CellKind.DAY)
        return (
            *titled_columns(self.level, form.COLUMNS),
            Pictured(policy, "finding.policy_code", _FINDING),
            Pictured(subject, "due.name", _FINDING | {"due"}, is_identity=True),
            Pictured(since, "finding.first_seen_on", _FINDING),
        )

    @override
    def narrowed(self, picture: Picture) -> tuple[str, frozenset[str]]:
        return _OPEN, _FINDING

    @override
    def notes(self, picture: Picture, language: Language) -> Iterator[str]:
        yield from super().notes(picture, language)
        yield form.FINDINGS_OF_NOW.in_language(language)


@enter
class EligibleTotals(PicturedReport):
    """How many findings of `eligible-without-allowance` each policy has in each division."""

    id: ClassVar = form.TOTALS_ID
    title: ClassVar = form.TOTALS_TITLE
    right: ClassVar = "reports.view_area"
    village_right: ClassVar = VILLAGE_RIGHT
    theme: ClassVar = Theme.COVERAGE
    holds_persons: ClassVar = False
    choices: ClassVar = (DEPTH,)
    list_id: ClassVar = form.ID

    @override
    def behind(self, picture: Picture, table_key: str, column_key: str) -> Listing | None:
        if not column_key.startswith("policy_"):
            return None
        listed = EligibleWithoutAllowance().listing(picture)
        narrowed = f"{_OPEN} AND finding.policy_code = %(policy)s"
        return replace(listed, narrowed=narrowed, places={"policy": column_key.removeprefix("policy_")})

    @override
    def sheets(self, picture: Picture, *, title: str, language: Language) -> Iterable[Sheet]:
        listing = Listing(
            level=RowLevel.HOUSEHOLD,
            snapshot_id=self.snapshot(picture),
            area_code=picture.area_code,
            as_of=picture.as_of,
            narrowed=_OPEN,
            joins=_FINDING,
        )
        found = counts_by(listing, ["h.village_code", "finding.policy_code"], ["count(*)"])
        labels = _names(policies())
        # A county's own policies follow those that are shipped.
        codes = [*labels, *sorted({code for _village, code, _count in found} - set(labels))]
        counted: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for village, code, count in found:
            counted[village][code] = int(count)
        sums = {village: tuple(by_code.get(code, 0) for code in codes) for village, by_code in counted.items()}
        columns = [Column(f"policy_{code}", labels.get(code, Text(code, code)), CellKind.COUNT, 12) for code in codes]
        table = division_table("eligible_without_allowance", picture, columns, sums, lambda counts: counts)
        notes = (*self.notes(picture, language), form.FINDINGS_OF_NOW.in_language(language))
        yield Sheet("totals", words.TOTALS, title, (table,), words.UNIT_FINDINGS, notes)
