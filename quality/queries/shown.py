"""A finding in words."""

from quality.definitions import rules
from quality.models import Finding
from quality.queries.sentences import remedy_of, wrong_of


def wrong_shown(finding: Finding) -> str:
    """Say what is wrong, with the figures of the year in which it was last seen; a rule that is gone by its code."""
    rule = rules().get(finding.rule_code)
    return wrong_of(rule, rule.defaults(finding.last_seen_on.year)) if rule else str(finding)


def remedy_shown(finding: Finding) -> str:
    """Say how it is put right; nothing for a rule that is gone."""
    rule = rules().get(finding.rule_code)
    return remedy_of(rule, rule.defaults(finding.last_seen_on.year)) if rule else ""
