"""Which rules of data quality are broken in an area, by what counties published."""

from collections.abc import Mapping
from dataclasses import dataclass

from oversight.definitions.figures import QUALITY, Numbers
from quality.definitions import rules
from reports.definitions.text import Language, Text

_PREFIX = "rule_"
_OF_LISTS = Text("上级下发疑点清单", "Lists of suspicions from above")


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule with its open findings."""

    code: str
    sentence: str
    count: int


def rules_found(figures: Mapping[str, Numbers | None] | None, language: Language) -> list[RuleCount]:
    """Give the rules with open findings in a division, the most first; none where they are withheld."""
    numbers = (figures or {}).get(QUALITY) or {}
    known = rules()
    found: list[RuleCount] = []
    for name, count in numbers.items():
        if not name.startswith(_PREFIX) or not count:
            continue
        code = name.removeprefix(_PREFIX)
        rule = known.get(code)
        sentence = _OF_LISTS if rule is None else Text(rule.zh, rule.en)
        found.append(RuleCount(code if rule else "", _bare(sentence, language), count))
    return sorted(found, key=lambda one: (-one.count, one.code))


def _bare(text: Text, language: Language) -> str:
    """Give the sentence with places of figures left as dots: each county has its own figures of a rule."""
    return (text.en if language == "en" else text.zh).format_map(_Dots())


class _Dots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
