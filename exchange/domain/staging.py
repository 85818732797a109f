"""Bring a roster into the draft tables of the households."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from exchange.domain.grouping import Group
from exchange.sheets.reading import Run
from households.enums import MonitoringState
from registry.crypto import Purpose, index_many, seal_many
from registry.lib.idcard import DocumentNumber
from registry.lib.periods import LooseDate

PERSON_COLUMNS: Final = (
    "id", "household_id", "number", "name", "sex_code", "birth_on", "birth_precision", "document_code",
    "document_sealed", "document_index", "is_placeholder", "phone_sealed", "phone_index", "relation_code", "starts_on",
    "starts_precision", "education_code", "school_code", "health_codes", "skill_code", "work_place", "work_months",
    "has_basic_medical", "has_serious_illness_cover",
)  # fmt: skip
HOUSEHOLD_COLUMNS: Final = (
    "id", "number", "village_code", "group_name", "status", "standard_code", "attribute_code", "main_cause_code",
    "other_cause_codes", "identified_on", "identified_precision", "monitoring_state", "monitoring_code",
    "monitored_on", "monitored_precision", "risk_removed_on", "phone_sealed", "phone_index", "account_sealed",
    "account_index", "year", "person_count", "net_per_head_yuan", "is_declared", "source", "dangerous_housing",
    "safe_water", "helper_name", "helper_unit_name", "helper_phone_sealed", "helper_phone_index", "helper_starts_on",
    "helper_starts_precision",
)  # fmt: skip
COPY_PERSONS: Final = f"COPY draft_person ({', '.join(PERSON_COLUMNS)}) FROM STDIN"
COPY_HOUSEHOLDS: Final = f"COPY draft_household ({', '.join(HOUSEHOLD_COLUMNS)}) FROM STDIN"

SealedPair = tuple[bytes | None, bytes | None]
_NOTHING: Final[SealedPair] = (None, None)
_UNKNOWN_DATE: Final[tuple[date | None, str]] = (None, "")


def person_rows(
    run: Run, ids: Sequence[UUID], household_ids: Sequence[UUID], *, tenant_id: int
) -> Iterable[tuple[Any, ...]]:
    """Give the rows of `draft_person` for a run, sealed, in the order of PERSON_COLUMNS."""
    values = run.values
    documents: list[DocumentNumber | None] = values["document_number"]
    numbers = [_number(document) for document in documents]
    document_sealed, document_index = _unzipped(_sealed(numbers, Purpose.DOCUMENT, tenant_id))
    phone_sealed, phone_index = _unzipped(_sealed(values["person_phone"], Purpose.PHONE, tenant_id))
    births, birth_precisions = _unzipped([_date(value) for value in values["birth_on"]])
    starts, starts_precisions = _unzipped([_date(value) for value in values["starts_on"]])
    return zip(
        ids,
        household_ids,
        values["person_number"],
        values["name"],
        values["sex"],
        births,
        birth_precisions,
        ["" if document is None else document.kind for document in documents],
        document_sealed,
        document_index,
        [not number for number in numbers],
        phone_sealed,
        phone_index,
        values["relation"],
        starts,
        starts_precisions,
        values["education"],
        values["school"],
        [_array(codes) for codes in values["health"]],
        values["skill"],
        values["work_place"],
        values["work_months"],
        values["has_basic_medical"],
        values["has_serious_illness_cover"],
        strict=True,
    )


def copy_households(groups: Sequence[Group], *, tenant_id: int, on: date) -> None:
    """Write the rows of `draft_household`; the yearly facts belong to the year of the data date."""
    phones = _sealed([group.fact("household_phone") for group in groups], Purpose.PHONE, tenant_id)
    accounts = _sealed([group.fact("account") for group in groups], Purpose.ACCOUNT, tenant_id)
    helper_phones = _sealed([group.fact("helper_phone") for group in groups], Purpose.PHONE, tenant_id)
    with connection.cursor() as cursor, cursor.copy(COPY_HOUSEHOLDS) as copy:
        for group, phone, account, helper_phone in zip(groups, phones, accounts, helper_phones, strict=True):
            copy.write_row(_household_row(group, _Sealed(phone, account, helper_phone), on))


@dataclass(frozen=True, slots=True)
class _Sealed:
    phone: SealedPair
    account: SealedPair
    helper_phone: SealedPair


def _household_row(group: Group, sealed: _Sealed, on: date) -> tuple[Any, ...]:
    fact = group.fact
    main, others = causes_of(group)
    state, removed_on = _monitoring(group)
    net = fact("net_per_head")
    return (
        group.id,
        group.number,
        fact("village_code"),
        fact("group_name"),
        fact("household_kind"),
        fact("standard"),
        fact("attribute"),
        main,
        _array(others),
        *_date(fact("identified_on")),
        state,
        fact("monitoring_category"),
        *(_date(fact("monitored_on")) if state != MonitoringState.NONE else _UNKNOWN_DATE),
        removed_on,
        *sealed.phone,
        *sealed.account,
        on.year,
        fact("person_count") or group.rows,
        net,
        net is not None,
        f"花名册 {on.isoformat()}" if net is not None else "",
        fact("dangerous_housing"),
        fact("safe_water"),
        fact("helper_name"),
        fact("helper_unit_name"),
        *sealed.helper_phone,
        *_date(fact("helper_starts_on")),
    )


def causes_of(group: Group) -> tuple[str, list[str]]:
    """Give the main cause and the others, each once; without a main cause the first of the others is it."""
    causes = [group.fact(name) for name in ("main_cause", "other_cause_1", "other_cause_2")]
    main, *others = dict.fromkeys(cause for cause in causes if cause) or [""]
    return main, others


def _monitoring(group: Group) -> tuple[str, date | None]:
    """Give the state and the day on which the risk was removed; a monitored household is at risk unless it says so."""
    if not group.fact("monitoring_category"):
        return MonitoringState.NONE, None
    if group.fact("risk_removed") != MonitoringState.REMOVED:
        is_relapsed = group.fact("risk_removed") == MonitoringState.RELAPSED
        return MonitoringState.RELAPSED if is_relapsed else MonitoringState.IDENTIFIED, None
    removed: LooseDate | None = group.fact("risk_removed_on")
    return MonitoringState.REMOVED, removed.on if removed else None


def drop_drafts(household_ids: list[UUID]) -> None:
    """Take refused households out of the draft tables again."""
    if household_ids:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM draft_person WHERE household_id = ANY(%s)", [household_ids])
            cursor.execute("DELETE FROM draft_household WHERE id = ANY(%s)", [household_ids])


def _date(value: LooseDate | None) -> tuple[date | None, str]:
    return (value.on, value.precision.value) if value is not None else _UNKNOWN_DATE


def _number(document: DocumentNumber | None) -> str:
    return document.number if document is not None and not document.is_placeholder else ""


def _array(codes: Sequence[str] | None) -> str:
    return "{" + ",".join(codes) + "}" if codes else "{}"


def _unzipped(pairs: Sequence[tuple[Any, Any]]) -> tuple[Sequence[Any], Sequence[Any]]:
    first, second = zip(*pairs, strict=True)
    return first, second


def _sealed(values: Sequence[str], purpose: Purpose, tenant_id: int) -> list[SealedPair]:
    """Seal the values that are given, keeping their places."""
    given = [value for value in values if value]
    pairs = iter(zip(seal_many(given, purpose, tenant_id=tenant_id), index_many(given, purpose), strict=True))
    return [next(pairs) if value else _NOTHING for value in values]
