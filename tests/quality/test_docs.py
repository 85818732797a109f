"""docs/quality.md lists every rule, as the data has them, and every group of the source."""

import re
from collections import Counter

from quality.definitions import rules
from tests.architecture.sources import ROOT

PAGE = ROOT / "docs" / "quality.md"
GROUPS = range(1, 58)


def between(name: str) -> list[str]:
    """Give the lines of a table that stands between two marks."""
    text = PAGE.read_text(encoding="utf-8").split(f"<!-- {name} -->")[1].split("<!-- end -->")[0]
    return [line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| rule", "| group"))]


def rule_lines() -> list[str]:
    """Give the line of each rule, made from the data."""
    return [
        f"| `{rule.code}` | {rule.group} | {rule.object} | {rule.severity} | {rule.sector or '–'} |"
        f" {rule.zh} | {rule.en} | {rule.source} |"
        for rule in rules().values()
    ]


def test_page_lists_every_rule_when_compared_with_the_data() -> None:
    assert between("rules") == rule_lines()


def test_page_says_of_every_group_how_it_is_covered_when_read() -> None:
    counted = Counter(rule.group for rule in rules().values())
    listed = {
        int(group): int(number)
        for group, number in re.findall(r"^\| (\d+) \| (\d+) \|", "\n".join(between("groups")), re.MULTILINE)
    }

    assert listed == {group: counted[group] for group in GROUPS}


def test_page_lists_as_left_out_every_group_without_a_rule_and_the_statements_of_villages_when_read() -> None:
    listed = {line.split(" | ")[0].removeprefix("| ") for line in between("left out")}
    without = {str(group) for group in set(GROUPS) - {rule.group for rule in rules().values()}}

    assert without | {"13", "14", "17", "village"} <= listed
