"""What nothing in the repository may hold: sensitive fields without purpose, real people, and places of our own."""

import lzma
import re
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from registry.lib.idcard import check_character
from registry.tenancy.checks import tenant_models
from registry.tenancy.platform import PLATFORM_TABLES
from tests.architecture.sources import ROOT

# The two numbers that the standard prints as its examples. Source: GB 11643-1999, annex.
OF_THE_STANDARD = {"11010519491231002X", "440524188001010014"}
# No county has 5499, no province 99: the second is what offices write for a person without a number.
NOBODYS = ("5499", "999999")
IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dX](?![0-9A-Za-z])")
MOBILE = re.compile(r"(?<![0-9A-Za-z.])1[3-9]\d{9}(?![0-9A-Za-z.])")
# Home folders, the machine's work folders, and registry hosts other than the public ones that packages name.
MACHINE = re.compile(
    r"/(?:home|Users|root|work)/[a-z]|\b(?:pypi|registry|mirrors?)\.[a-z0-9-]+\.(?:com|cn|internal|local|net)\b"
)
SENSITIVE = re.compile(r"ethnic|nationality|political|party_member|religio|faith|民族|政治面貌|宗教")
PACKED = {".xz": lzma.decompress}
BINARY = {".otf", ".mo", ".png"}


def tracked() -> list[Path]:
    """Name the files of the repository, those not committed yet included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode != 0:
        pytest.skip("Not a git checkout: nobody can say which files belong to it.")
    return [ROOT / name for name in listed.stdout.splitlines()]


@cache
def texts() -> dict[str, str]:
    """Give each file's text; of packed files and workbooks that of their content."""
    return dict(_texts())


def _texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in BINARY or not path.is_file():
            continue
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as workbook:
                yield name, "\n".join(workbook.read(entry).decode("utf-8", "replace") for entry in workbook.namelist())
        else:
            content = PACKED.get(path.suffix, bytes)(path.read_bytes())
            yield name, content.decode("utf-8", "replace")


def is_right(number: str) -> bool:
    """Tell whether the check character fits, as it does for a person's number and for one in eleven others."""
    return check_character(number[:17]) == number[17]


def test_identity_numbers_are_invented_when_the_repository_is_read() -> None:
    found = {
        (name, number[:4] + "…")
        for name, text in texts().items()
        for number in IDENTITY.findall(text)
        if is_right(number) and not number.startswith(NOBODYS) and number not in OF_THE_STANDARD
    }

    assert found == set()


def test_mobile_numbers_are_invented_when_the_repository_is_read() -> None:
    found = {
        (name, number[:3] + "…")
        for name, text in texts().items()
        for number in MOBILE.findall(text)
        if not number.startswith("179")
    }

    assert found == set()


def test_no_file_names_a_machine_when_the_repository_is_read() -> None:
    found = {(name, place) for name, text in texts().items() for place in MACHINE.findall(text)}

    assert found == set()


def test_no_model_keeps_what_serves_no_assistance_when_its_fields_are_read() -> None:
    fields = [(model._meta.label, field) for model in apps.get_models() for field in model._meta.get_fields()]

    named = [f"{label}.{field.name}: {getattr(field, 'verbose_name', '')}" for label, field in fields]

    assert [text for text in named if SENSITIVE.search(text.lower())] == []


# Every column outside the tenants. A new one needs its line here, and the question whether it tells of a household's
# member: nothing outside the tenants may. Those who log in, and they alone, have a name and an address there.
COLUMNS = {
    "registry_tenant": "id code name is_active opened_on index_version office_contact version",
    "registry_divisionedition": "edition source loaded_at row_count",
    "registry_division": "id edition code name level parent_code valid_from valid_to",
    "registry_divisionpredecessor": "id edition code predecessor_code",
    "registry_code": (
        "id scheme edition code label_zh label_en parent_code position valid_from valid_to gb_scheme gb_code aliases"
        " note"
    ),
    "registry_user": (
        "password last_login id username name email email_verified_at email_bounced_at language is_active failed_logins"
        " locked_until created_at version"
    ),
    "registry_membership": "id user tenant role division_code sector starts_on ends_on granted_by",
    "registry_apitoken": "id user tenant role label prefix digest created_at expires_at revoked_at last_used_at",
    "registry_duework": "id tenant kind key due_at",
    "registry_letter": "id sender receiver kind key payload sent_at attempts failure delivered_at",
    "registry_identityclaim": "index tenants",
    "registry_publishedfigure": "id tenant report month edition figures digest published_at",
    "registry_publishededition": "id tenant period_kind period_name first_day last_day edition due_on frozen_at "
    "published_at checksum digest",
    "registry_publisheddivision": "id tenant edition code parent_code name figures",
    "registry_grantedlook": "id tenant user grant_id area_code starts_on ends_on ended_at",
}


def test_columns_outside_the_tenants_are_a_closed_list_when_models_are_read() -> None:
    ours = {model._meta.db_table: model for model in apps.get_models() if model._meta.db_table.startswith("registry_")}
    outside = set(ours) - {model._meta.db_table for model in tenant_models()}

    found = {table: {field.name for field in ours[table]._meta.concrete_fields} for table in outside}

    assert found == {table: set(names.split()) for table, names in COLUMNS.items()}
    assert set(COLUMNS) == {table for table in PLATFORM_TABLES if table.startswith("registry_")}
