"""Fill an empty site with two example counties."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from exchange.domain.demo_county import DemoCounty, fill_county, provide_county
from exchange.domain.demo_people import PROVINCE_CODE, Login, enrol_above, enrol_county
from exchange.domain.demo_planning import show_plan_of_prefecture
from registry.lib.errors import DomainError
from registry.queries.divisions import division_names

LOGINS: Final = "demo-logins.json"
_DATA: Final = files("exchange").joinpath("data/demo")
_OWNER_ENVIRONMENT: Final = {"REGISTRY_DATABASE_ROLE": "owner"}


class Command(BaseCommand):
    """`manage.py load_demo`."""

    help = "Fill the site with two example counties and logins for every role. What is there already stays."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._load()
        except DomainError as error:
            raise CommandError(str(error)) from error

    def _load(self) -> None:
        if not division_names([PROVINCE_CODE]):
            _load_province()
        _note_logins(enrol_above())
        for county in _counties():
            tenant = provide_county(county)
            _note_logins(enrol_county(tenant, suffix=county.suffix))
            fill_county(county, tenant, say=self.stdout.write)
        show_plan_of_prefecture()


def _counties() -> tuple[DemoCounty, DemoCounty]:
    roster = _DATA.joinpath("county-roster.xlsx").read_bytes()
    return (
        DemoCounty("549901000000", "示例县", "", "county-roster.xlsx", roster, shows_work=True),
        DemoCounty("549902000000", "第二示例县", "-b", "invented-roster.csv"),
    )


def _load_province() -> None:
    """Load the province above the example prefecture, as the owner role, which alone may."""
    manage = Path(settings.BASE_DIR) / "manage.py"
    arguments = ["load_divisions", str(_DATA.joinpath("province.csv")), "--edition", "2022-example", "--apply"]
    done = subprocess.run(  # noqa: S603 - our own program with arguments of ours
        [sys.executable, str(manage), *arguments, "--verbosity", "0"],
        env=os.environ | _OWNER_ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CommandError(f"The example province could not be loaded: {done.stderr[-500:]}")


def _note_logins(logins: Iterable[Login]) -> None:
    """Write each new login at once beside those of earlier starts, for our user alone: it is told nowhere else."""
    for login in logins:
        _note_login(login.to_json())


def _note_login(login: dict[str, str]) -> None:
    path = Path(settings.DATA_DIR) / LOGINS
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as output:
        json.dump([*known, login], output, ensure_ascii=False, indent=2)
    draft.replace(path)
