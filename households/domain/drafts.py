"""Drafts: households as they are about to be written, and the temporary tables that carry many of them.

Every way in fills the same two tables and calls the same set-based SQL (`households.domain.register`): the single form
and the REST list by COPY from `HouseholdDraft`s, the sheet import by INSERT ... SELECT from its staged rows.

The contract of the two tables (`HOUSEHOLD_COLUMNS`, `PERSON_COLUMNS`; dropped at commit):

* `draft_household.id` and `draft_person.id` are UUIDs of version 7 made in Python. They become the ids of the new
  household, person, and of the rows that follow from it one to one in other tables.
* `draft_person.household_id` is the `id` of the draft household, also when the household is on file already.
* Empty texts mean "unknown", and so does NULL for dates, numbers and yes/no. `year` NULL means "no yearly facts";
  a person's yearly facts belong to the year of the household's draft.
* Sealed columns hold ciphertext, index columns the blind index; both or neither. A document has its
  `claim_index` too, and a name its `sound_key` and `sound_start`.
* `village_code` must be a village in scope. `status` and `monitoring_state` are those of `households.enums`; a draft
  monitored at risk has `monitoring_code`, and `monitored_on` where it is known; a risk that is removed has
  `risk_removed_on` where it is known.
* Income: either `net_per_head_yuan` with `is_declared` and `source`, or the four classes, cost, `person_count` and the
  period, from which the net income is computed here.
* `helper_*` are read by `assistance.domain.assign_helpers` alone.
* `on_file_id` is filled by `match_drafts` here: the household or person already in the register.

Dates: `starts_on` of a person is when the membership began; where its month is that of the birth, the day of birth is
taken, since no one is a member before being born.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from households.domain.person_facts import FACT_COLUMNS, PersonFacts
from households.enums import HouseholdStatus, MonitoringState
from registry.crypto import Purpose, claim_indexes, index_many, index_version, seal_many
from registry.lib.sounds import sound_of
from registry.tenancy.models import new_id

HOUSEHOLD_COLUMNS: Final = {
    "id": "uuid PRIMARY KEY",
    "on_file_id": "uuid",
    "number": "text NOT NULL",
    "village_code": 'text COLLATE "C" NOT NULL',
    "group_name": "text NOT NULL DEFAULT ''",
    "address": "text NOT NULL DEFAULT ''",
    "status": "text NOT NULL",
    "standard_code": "text NOT NULL DEFAULT ''",
    "attribute_code": "text NOT NULL DEFAULT ''",
    "main_cause_code": "text NOT NULL DEFAULT ''",
    "other_cause_codes": "text[] NOT NULL DEFAULT '{}'",
    "identified_on": "date",
    "identified_precision": "text NOT NULL DEFAULT ''",
    "monitoring_state": "text NOT NULL DEFAULT 'none'",
    "monitoring_code": "text NOT NULL DEFAULT ''",
    "monitored_on": "date",
    "monitored_precision": "text NOT NULL DEFAULT ''",
    "risk_removed_on": "date",
    "phone_sealed": "bytea",
    "phone_index": "bytea",
    "account_sealed": "bytea",
    "account_index": "bytea",
    "bank_name": "text NOT NULL DEFAULT ''",
    "is_servicemans_family": "boolean",
    "planned_lifting_year": "smallint",
    "year": "smallint",
    "period_start": "date",
    "period_end": "date",
    "person_count": "smallint",
    "wage_income_yuan": "numeric(14,2)",
    "business_income_yuan": "numeric(14,2)",
    "property_income_yuan": "numeric(14,2)",
    "transfer_income_yuan": "numeric(14,2)",
    "business_cost_yuan": "numeric(14,2)",
    "net_per_head_yuan": "numeric(14,2)",
    "is_declared": "boolean NOT NULL DEFAULT false",
    "source": "text NOT NULL DEFAULT ''",
    "dangerous_housing": "boolean",
    "safe_water": "boolean",
    "helper_name": "text NOT NULL DEFAULT ''",
    "helper_unit_name": "text NOT NULL DEFAULT ''",
    "helper_phone_sealed": "bytea",
    "helper_phone_index": "bytea",
    "helper_starts_on": "date",
    "helper_starts_precision": "text NOT NULL DEFAULT ''",
}
PERSON_COLUMNS: Final = {
    "id": "uuid PRIMARY KEY",
    "on_file_id": "uuid",
    "household_id": "uuid NOT NULL",
    "number": "text NOT NULL DEFAULT ''",
    "name": "text NOT NULL",
    "sound_key": "text COLLATE \"C\" NOT NULL DEFAULT ''",
    "sound_start": "text COLLATE \"C\" NOT NULL DEFAULT ''",
    "sex_code": "text NOT NULL",
    "birth_on": "date",
    "birth_precision": "text NOT NULL DEFAULT ''",
    "document_code": "text NOT NULL DEFAULT ''",
    "document_sealed": "bytea",
    "document_index": "bytea",
    "disability_category_code": "text NOT NULL DEFAULT ''",
    "disability_grade_code": "text NOT NULL DEFAULT ''",
    "claim_index": "bytea",
    "is_placeholder": "boolean NOT NULL DEFAULT false",
    "phone_sealed": "bytea",
    "phone_index": "bytea",
    "relation_code": "text NOT NULL",
    "starts_on": "date",
    "starts_precision": "text NOT NULL DEFAULT ''",
    **FACT_COLUMNS,
}

# From so many drafts on, reading a table once is cheaper than looking rows up.
_MANY: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDraft(PersonFacts):
    """A person about to be registered, with values in clear. No document number means a placeholder."""

    name: str
    sex_code: str
    relation_code: str
    number: str = ""
    document_code: str = ""
    document_number: str = ""
    disability_category_code: str = ""
    disability_grade_code: str = ""
    birth_on: date | None = None
    birth_precision: str = ""
    phone: str = ""
    starts_on: date | None = None
    starts_precision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDraft:
    """The facts of one year: either all classes of income, or the declared net income with its source."""

    year: int
    period_start: date | None = None
    period_end: date | None = None
    person_count: int | None = None
    wage_income_yuan: Decimal | None = None
    business_income_yuan: Decimal | None = None
    property_income_yuan: Decimal | None = None
    transfer_income_yuan: Decimal | None = None
    business_cost_yuan: Decimal | None = None
    net_per_head_yuan: Decimal | None = None
    is_declared: bool = False
    source: str = ""
    dangerous_housing: bool | None = None
    safe_water: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdDraft:
    """A household about to be registered, with its members and values in clear."""

    number: str
    village_code: str
    members: tuple[PersonDraft, ...]
    status: str = HouseholdStatus.CANDIDATE
    group_name: str = ""
    address: str = ""
    standard_code: str = ""
    attribute_code: str = ""
    main_cause_code: str = ""
    other_cause_codes: tuple[str, ...] = ()
    identified_on: date | None = None
    identified_precision: str = ""
    monitoring_state: str = MonitoringState.NONE
    monitoring_code: str = ""
    monitored_on: date | None = None
    monitored_precision: str = ""
    risk_removed_on: date | None = None
    phone: str = ""
    account: str = ""
    bank_name: str = ""
    is_servicemans_family: bool | None = None
    planned_lifting_year: int | None = None
    facts: YearDraft | None = None
    id: UUID | None = None


def open_drafts() -> None:
    """Make the two temporary tables, or empty them when this transaction has them already.

    The version of the index is asked for now, since nothing can be asked while rows are copied.
    """
    index_version()
    with connection.cursor() as cursor:
        for table, columns in (("draft_household", HOUSEHOLD_COLUMNS), ("draft_person", PERSON_COLUMNS)):
            body = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {table} ({body}) ON COMMIT DROP")
        cursor.execute("TRUNCATE draft_household, draft_person")


def index_drafts() -> None:
    """Tell the planner what the filled tables hold; call once after filling them.

    With many drafts joins run by hashing until the transaction ends: of rows that it writes itself the planner knows
    nothing, takes them for few, and would compare each draft with each of them.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX IF NOT EXISTS draft_person_household ON draft_person (household_id)")
        cursor.execute("ANALYZE draft_household, draft_person")
        cursor.execute("SELECT count(*) FROM draft_household")
        if cursor.fetchone()[0] > _MANY:
            cursor.execute("SET LOCAL enable_nestloop = off")


def copy_drafts(drafts: Sequence[HouseholdDraft], *, tenant_id: int) -> list[UUID]:
    """Fill the tables from drafts in clear, sealing what is sealed at rest; give the ids in the same order."""
    ids = [draft.id or new_id() for draft in drafts]
    members = [(id_, member) for id_, draft in zip(ids, drafts, strict=True) for member in draft.members]
    open_drafts()
    _copy("draft_household", HOUSEHOLD_COLUMNS, _household_rows(ids, drafts, tenant_id))
    _copy("draft_person", PERSON_COLUMNS, _person_rows(members, tenant_id))
    index_drafts()
    return ids


def _copy(table: str, columns: dict[str, str], rows: Iterable[dict[str, Any]]) -> None:
    names = [name for name in columns if name != "on_file_id"]
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


def _household_rows(ids: list[UUID], drafts: Sequence[HouseholdDraft], tenant_id: int) -> Iterable[dict[str, Any]]:
    phones = _sealed([draft.phone for draft in drafts], Purpose.PHONE, tenant_id)
    accounts = _sealed([draft.account for draft in drafts], Purpose.ACCOUNT, tenant_id)
    for id_, draft, phone, account in zip(ids, drafts, phones, accounts, strict=True):
        row = dict.fromkeys(HOUSEHOLD_COLUMNS) | {"is_declared": False, "source": ""} | _texts_empty(HOUSEHOLD_COLUMNS)
        row |= _fields(draft, HOUSEHOLD_COLUMNS) | (_fields(draft.facts, HOUSEHOLD_COLUMNS) if draft.facts else {})
        yield row | {
            "id": id_,
            "phone_sealed": phone[0],
            "phone_index": phone[1],
            "account_sealed": account[0],
            "account_index": account[1],
        }


def _person_rows(members: list[tuple[UUID, PersonDraft]], tenant_id: int) -> Iterable[dict[str, Any]]:
    documents = _sealed([member.document_number for _, member in members], Purpose.DOCUMENT, tenant_id)
    phones = _sealed([member.phone for _, member in members], Purpose.PHONE, tenant_id)
    claims = claims_in_place([member.document_number for _, member in members])
    for (household_id, member), document, claim, phone in zip(members, documents, claims, phones, strict=True):
        sound = sound_of(member.name)
        yield _fields(member, PERSON_COLUMNS) | {
            "id": new_id(),
            "sound_key": sound.key,
            "sound_start": sound.start,
            "household_id": household_id,
            "document_sealed": document[0],
            "document_index": document[1],
            "claim_index": claim,
            "is_placeholder": document[0] is None,
            "phone_sealed": phone[0],
            "phone_index": phone[1],
        }


def _fields(draft: HouseholdDraft | PersonDraft | YearDraft, columns: dict[str, str]) -> dict[str, Any]:
    values = {column.name: getattr(draft, column.name) for column in fields(draft) if column.name in columns}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _texts_empty(columns: dict[str, str]) -> dict[str, Any]:
    return {name: "" for name, kind in columns.items() if kind.startswith("text NOT NULL")}


def _sealed(values: list[str], purpose: Purpose, tenant_id: int) -> list[tuple[bytes | None, bytes | None]]:
    """Seal the values that are given, keeping their places."""
    given = [value for value in values if value]
    pairs = iter(zip(seal_many(given, purpose, tenant_id=tenant_id), index_many(given, purpose), strict=True))
    return [next(pairs) if value else (None, None) for value in values]


def claims_in_place(numbers: Sequence[str]) -> list[bytes | None]:
    """Give the index under which each document is claimed among counties, keeping their places."""
    indexes = iter(claim_indexes(number for number in numbers if number))
    return [next(indexes) if number else None for number in numbers]
