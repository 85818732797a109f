"""A finding in words."""

from collections.abc import Iterable
from uuid import UUID

from quality.definitions import rules
from quality.models import Finding, SuspicionLine
from quality.queries.parameters import figures_of
from quality.queries.sentences import remedy_of, wrong_of

Words = dict[UUID, str]


def wrong_of_many(findings: Iterable[Finding]) -> Words:
    """Say of each finding what is wrong, with the county's figures of the year in which it was last seen.

    A rule that is gone is named by its code; a line of a list says what its sender doubts.
    """
    rows = list(findings)
    known, figures = rules(), figures_of({row.last_seen_on.year for row in rows})
    doubted = _doubted(rows)
    return {
        row.pk: wrong_of(known[row.rule_code], figures(row.rule_code, row.last_seen_on.year))
        if row.rule_code in known
        else doubted.get((row.suspicion_list_id, row.line_number), str(row))
        for row in rows
    }


def rules_named(codes: Iterable[str], year: int) -> dict[str, str]:
    """Say of rules what each finds, with the county's figures of the year."""
    known, figures = rules(), figures_of({year})
    return {code: wrong_of(known[code], figures(code, year)) for code in codes if code in known}


def wrong_shown(finding: Finding) -> str:
    """Say what is wrong."""
    return wrong_of_many([finding])[finding.pk]


def remedy_shown(finding: Finding) -> str:
    """Say how it is put right; nothing for a rule that is gone, or for what a list doubts."""
    rule = rules().get(finding.rule_code)
    year = finding.last_seen_on.year
    return remedy_of(rule, figures_of({year})(rule.code, year)) if rule else ""


def _doubted(rows: Iterable[Finding]) -> dict[tuple[UUID | None, int | None], str]:
    lists = {row.suspicion_list_id for row in rows if row.suspicion_list_id is not None}
    if not lists:
        return {}
    numbers = {row.line_number for row in rows if row.line_number is not None}
    lines = SuspicionLine.objects.filter(suspicion_list__in=lists, line_number__in=numbers)
    return {
        (list_id, number): text
        for list_id, number, text in lines.values_list("suspicion_list_id", "line_number", "rule_text")
    }
