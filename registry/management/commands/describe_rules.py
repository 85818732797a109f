"""Write the rules table as it stands in docs/roles.md."""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from typing_extensions import override

from registry.access import Rule, rules
from registry.enums import Role

BEGIN: Final = "<!-- rules: manage.py describe_rules --write -->"
END: Final = "<!-- end -->"
PAGE: Final = Path(settings.BASE_DIR) / "docs" / "roles.md"


def rules_table() -> str:
    """Give the rules table: a line for each action, its roles in the order of `Role`, and what must hold besides."""
    lines = ["| action | roles | only when |", "|---|---|---|", *(_line(rule) for rule in rules())]
    return "\n".join(lines)


def _line(rule: Rule) -> str:
    roles = ", ".join(role.value for role in Role if role in rule.roles)
    condition = (rule.when.__doc__ or "").strip().splitlines()[0] if rule.when else ""
    return f"| `{rule.action}` | {roles} | {condition} |"


class Command(BaseCommand):
    """Print the rules table, or write it into docs/roles.md."""

    help = "Print the table of actions and roles; --write puts it into docs/roles.md."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/roles.md")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["write"]:
            self.stdout.write(rules_table())
            return
        before, _begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        _old, _end, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n\n{rules_table()}\n\n{END}{after}", encoding="utf-8")
