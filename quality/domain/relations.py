"""Ask the rules on relation and sex about somebody who is not on file yet: a person whom another county offers."""

import re
from typing import Final

from django.db import connection

from households.domain.procedure import guard_relations
from quality.definitions import Rule, rule
from quality.domain.running import RuleBroken
from quality.enums import RuleObject, Severity
from quality.queries.parameters import rules_with_values
from quality.queries.sentences import sentence_of
from registry.lib.periods import today

_KNOWN: Final = frozenset({"p.relation_code", "p.sex_code"})
_COLUMN: Final = re.compile(r"\b[a-z]+\.[a-z_]+")
_ASKED: Final = "SELECT '{code}' FROM (SELECT %(relation)s::text AS relation_code, %(sex)s::text AS sex_code) p"


@guard_relations
def refuse_relation(relation_code: str, sex_code: str) -> None:
    """Refuse what a rule in force would refuse once the person is on file. Raises: RuleBroken."""
    active, _values = rules_with_values(today())
    parts = [f"{_ASKED.format(code=one.code)} WHERE {one.where}" for one in active if _asks_no_more(one)]
    if not parts or not sex_code:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(parts)} LIMIT 1", {"relation": relation_code, "sex": sex_code})
        broken = cursor.fetchone()
    if broken:
        raise RuleBroken(f"quality.{broken[0]}", sentence_of(rule(broken[0]), {}), field="relation_code")


def _asks_no_more(one: Rule) -> bool:
    """Tell whether a rule is refused at entry, and asks of a person nothing but relation and sex."""
    is_refused = one.object == RuleObject.PERSON and one.severity == Severity.REFUSE and one.at_entry
    return is_refused and not one.names() and set(_COLUMN.findall(one.where)) <= _KNOWN
