"""The county that the scenarios measure on: 60,000 households and some 250,000 invented persons in 60 villages.

Its rows are filled as rosters are, with a column left empty or a fact that a rule doubts here and there.

It is registered through the product's own bulk verb, in the throwaway servers that `make bench` starts.
"""

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Final

import psycopg
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from config import env
from households.domain.drafts import HouseholdDraft, PersonDraft, YearDraft
from households.domain.register import register_households
from households.enums import PostingKind
from households.models import Household
from registry.api.pagination import cursor_of
from registry.domain.tokens import digest_of
from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.lib.idcard import check_character
from registry.models import ApiToken, Membership, Tenant, User
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from villages.models import Village

HOUSEHOLDS: Final = int(os.environ.get("BENCH_HOUSEHOLDS", "60000"))
COUNTY_CODE: Final = "549901000000"
TENANT_ID: Final = 901
TOKEN: Final = "bench-token-of-an-invented-machine"  # noqa: S105  (of throwaway servers)
DATA_DATE: Final = date(2020, 12, 15)
PLACES: Final = [f"5499011{township:02}2{village:02}" for township in range(6) for village in range(10)]
# Place by place the relation of a woman and of a man: a rule refuses a son whose document is a woman's.
RELATIONS: Final = (("01", "01"), ("02", "02"), ("04", "03"), ("04", "03"), ("12", "11"))


@cache
def bench_actor() -> Actor:
    """Give a clerk of the county's office."""
    return Actor(None, "bench", Role.COUNTY_OFFICE, TENANT_ID, COUNTY_CODE, (subtree(COUNTY_CODE),), "bench")


def prepare() -> None:
    """Migrate as the owner, and fill the county once."""
    if not _has_schema():
        owner("migrate", verbosity=0)
        owner("load_code_lists", verbosity=0)
    if Tenant.objects.filter(pk=TENANT_ID).exists():
        return
    _open_county()
    began = time.perf_counter()
    _fill()
    gather_statistics()
    print(f"  filled the county with {HOUSEHOLDS} households in {time.perf_counter() - began:.0f} s", flush=True)


def owner(command: str, *arguments: str, **options: object) -> None:
    """Run a management command as the owner role."""
    served = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= env.database(env.OWNER_DATABASE_URL)
    try:
        call_command(command, *arguments, **options)
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(served)


def _has_schema() -> bool:
    return "registry_tenant" in connection.introspection.table_names()


def _open_county() -> None:
    tenant = Tenant.objects.create(pk=TENANT_ID, code=COUNTY_CODE, name="示例县")
    user = User.objects.create(username="bench", name="bench", password="!")  # noqa: S106  (no one logs in with it)
    Membership.objects.create(
        user=user, tenant=tenant, role=Role.COUNTY_OFFICE, division_code=COUNTY_CODE, starts_on=DATA_DATE
    )
    ApiToken.objects.create(
        user=user,
        tenant=tenant,
        role=Role.COUNTY_OFFICE,
        label="bench",
        prefix=TOKEN[:6],
        digest=digest_of(TOKEN),
        expires_at=timezone.now() + timedelta(days=1),
    )
    with tenant_scope(bench_actor()):
        Village.objects.bulk_create([Village(code=code, scope_code=code, name=f"示例村{code[7:]}") for code in PLACES])


def gather_statistics() -> None:
    """Do what autovacuum does within minutes in service, and the throwaway server does not."""
    name = str(connection.settings_dict["NAME"])
    with psycopg.connect(env.OWNER_DATABASE_URL.read(), dbname=name, autocommit=True) as plain:
        plain.execute("VACUUM (ANALYZE, SKIP_LOCKED)")


def _fill() -> None:
    chunk = 5000
    for start in range(0, HOUSEHOLDS, chunk):
        with tenant_scope(bench_actor()) as actor:
            chosen = list(drafts(range(start, min(start + chunk, HOUSEHOLDS))))
            register_households(chosen, actor=actor, on=DATA_DATE, kind=PostingKind.TAKEOVER, reason="bench")


def drafts(numbers: range) -> Iterator[HouseholdDraft]:
    """Draft the invented households of these numbers."""
    for number in numbers:
        members = tuple(
            PersonDraft(
                name=f"示例人{number}{place}",
                sex_code="",
                relation_code=RELATIONS[place][(number * 5 + place) % 2],
                number=f"{number:012}{place:02}",
                document_number=_document(number * 5 + place),
                starts_on=date(2017, 12, 1),
                starts_precision="month",
                skill_code="1",
                education_code="3",
                health_codes=("1",) if (number + place) % 20 else (),
                has_basic_medical=number % 50 != 0,
                has_serious_illness_cover=True if number % 40 else None,
            )
            for place in range(3 + number % 3 + (number % 6 == 0))
            if place < len(RELATIONS)
        )
        facts = YearDraft(
            year=2020,
            net_per_head_yuan=Decimal(5000 + number % 4000),
            is_declared=True,
            source="花名册",
            safe_water=number % 100 != 0,
            dangerous_housing=number % 200 == 0,
        )
        yield HouseholdDraft(
            number=f"{COUNTY_CODE[:6]}{number:08}",
            village_code=PLACES[number % len(PLACES)],
            members=members,
            status="lifted" if number % 5 else "filed",
            group_name=f"{number % 7 + 1}组" if number % 30 else "",
            standard_code="1",
            attribute_code="1",
            identified_on=date(2016, 1, 1) if number % 60 else None,
            identified_precision="day" if number % 60 else "",
            main_cause_code=f"{number % 9 + 1:02}",
            monitoring_state="identified" if number % 20 == 0 else "none",
            monitoring_code="1" if number % 20 == 0 else "",
            phone=f"179{number:08}",
            facts=facts,
        )


def _document(serial: int) -> str:
    """Give an invented identity number; no county has 5499."""
    day = date(1940, 1, 1) + timedelta(days=serial // 900 % 27000)
    body = f"549901{day:%Y%m%d}{serial % 900 + 100:03}"
    return body + check_character(body)


def server_environment() -> dict[str, str]:
    """Give the environment of a server that has the peers' addresses beside the product's."""
    return os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings"}


def page_addresses(number: int) -> tuple[str, str, str]:
    """Give the addresses of one page of 50: ours, the peer's, and the hand-written view's."""
    before = (number - 1) * 50
    with tenant_scope(bench_actor()):
        by_id = Household.objects.order_by("id").values_list("id", flat=True)
        by_number = Household.objects.order_by("number", "id").values_list("number", flat=True)
        cursor = f"&cursor={cursor_of(by_id[before - 1])}" if before else ""
        after = f"after={by_number[before - 1]}" if before else ""
    ours = f"/api/v1/households/?limit=50{cursor}"
    return ours, f"/bench/peer/households/?page={number}", f"/bench/limit/?{after}"
