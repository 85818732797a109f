"""Bring a roster into the draft tables of the households."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from exchange.domain.copy_text import arrays, blobs, dates, lines, scalars, texts, truths
from exchange.domain.grouping import Group
from exchange.domain.income import CLASSES, income_of, persons_of
from exchange.sheets.columns import BY_NAME, Kind
from exchange.sheets.reading import Run
from households.domain.drafts import claims_in_place
from households.domain.person_facts import FACT_COLUMNS
from households.enums import MonitoringState
from registry.crypto import Purpose, index_many, seal_many
from registry.lib.idcard import DocumentNumber
from registry.lib.periods import LooseDate
from registry.lib.sounds import sound_of

# Facts of a person's year that a roster column states, beside education, school and health.
FACTS_OF_COLUMNS: Final = {
    fact: column
    for fact in FACT_COLUMNS
    if (column := {"skill_code": "skill"}.get(fact, fact.removesuffix("_code"))) in BY_NAME
    and fact not in {"education_code", "school_code", "health_codes"}
}
PERSON_COLUMNS: Final = (
    "id", "household_id", "number", "name", "sound_key", "sound_start", "sex_code", "birth_on", "birth_precision",
    "document_code", "document_sealed", "document_index", "claim_index", "disability_category_code",
    "disability_grade_code", "is_placeholder", "phone_sealed", "phone_index", "relation_code", "starts_on",
    "starts_precision",
    "education_code", "school_code", "health_codes",
    *FACTS_OF_COLUMNS,
)  # fmt: skip
HOUSEHOLD_COLUMNS: Final = (
    "id", "number", "village_code", "group_name", "address", "status", "standard_code", "attribute_code",
    "main_cause_code",
    "other_cause_codes", "identified_on", "identified_precision", "monitoring_state", "monitoring_code",
    "monitored_on", "monitored_precision", "risk_removed_on", "phone_sealed", "phone_index", "account_sealed",
    "account_index", "bank_name", "is_servicemans_family", "planned_lifting_year", "year", "person_count",
    "period_start", "period_end", "wage_income_yuan", "business_income_yuan",
    "property_income_yuan", "transfer_income_yuan", "business_cost_yuan", "net_per_head_yuan", "is_declared", "source",
    "dangerous_housing", "safe_water", "helper_name", "helper_unit_name", "helper_phone_sealed", "helper_phone_index",
    "helper_starts_on", "helper_starts_precision",
)  # fmt: skip
COPY_PERSONS: Final = f"COPY draft_person ({', '.join(PERSON_COLUMNS)}) FROM STDIN"
COPY_HOUSEHOLDS: Final = f"COPY draft_household ({', '.join(HOUSEHOLD_COLUMNS)}) FROM STDIN"

# How the values of a kind of column are written for COPY.
_WRITTEN: Final[dict[Kind, Callable[[Sequence[Any]], list[str]]]] = {
    Kind.CODE: list,
    Kind.TEXT: texts,
    Kind.YES_NO: truths,
    Kind.MONTHS: scalars,
    Kind.YEAR: scalars,
}

SealedColumns = tuple[list[bytes | None], list[bytes | None]]
Dates = tuple[list[date | None], list[str]]


def person_lines(run: Run, ids: Sequence[UUID], household_ids: Sequence[UUID], *, tenant_id: int) -> bytes:
    """Give the rows of `draft_person` for a run, sealed, in the order of PERSON_COLUMNS, as COPY reads them."""
    values = run.values
    documents: list[DocumentNumber | None] = values["document_number"]
    numbers = [_number(document) for document in documents]
    document_sealed, document_index = _sealed(numbers, Purpose.DOCUMENT, tenant_id)
    phone_sealed, phone_index = _sealed(values["person_phone"], Purpose.PHONE, tenant_id)
    births, birth_precisions = _dates(values["birth_on"])
    starts, starts_precisions = _dates(values["starts_on"])
    sounds = [sound_of(name) for name in values["name"]]
    return lines(
        [
            scalars(ids),
            scalars(household_ids),
            values["person_number"],
            texts(values["name"]),
            texts(sound.key for sound in sounds),
            texts(sound.start for sound in sounds),
            values["sex"],
            dates(births),
            birth_precisions,
            ["" if document is None else document.kind for document in documents],
            blobs(document_sealed),
            blobs(document_index),
            blobs(claims_in_place(numbers)),
            ["" if document is None else document.disability_category_code for document in documents],
            ["" if document is None else document.disability_grade_code for document in documents],
            truths(not number for number in numbers),
            blobs(phone_sealed),
            blobs(phone_index),
            values["relation"],
            dates(starts),
            starts_precisions,
            values["education"],
            values["school"],
            arrays(values["health"]),
            *(_WRITTEN[BY_NAME[column].kind](values[column]) for column in FACTS_OF_COLUMNS.values()),
        ]
    )


def household_lines(groups: Sequence[Group], *, tenant_id: int, on: date) -> dict[UUID, bytes]:
    """Give the rows of `draft_household` by id; the yearly facts belong to the year of the data date."""
    if not groups:
        return {}
    phone_sealed, phone_index = _sealed([group.fact("household_phone") for group in groups], Purpose.PHONE, tenant_id)
    account_sealed, account_index = _sealed([group.fact("account") for group in groups], Purpose.ACCOUNT, tenant_id)
    helper_sealed, helper_index = _sealed([group.fact("helper_phone") for group in groups], Purpose.PHONE, tenant_id)
    causes = [causes_of(group) for group in groups]
    monitoring = [_monitoring(group) for group in groups]
    identified, identified_precisions = _dates([group.fact("identified_on") for group in groups])
    monitored, monitored_precisions = _dates([_monitored_on(group) for group in groups])
    helped, helped_precisions = _dates([group.fact("helper_starts_on") for group in groups])
    incomes = [income_of(group, on=on) for group in groups]
    amounts = zip(*(income.amounts or _NO_AMOUNTS for income in incomes), strict=True)
    source = f"花名册 {on.isoformat()}"
    rows = lines(
        [
            scalars(group.id for group in groups),
            [group.number for group in groups],
            _facts(groups, "village_code"),
            texts(_facts(groups, "group_name")),
            texts(_facts(groups, "address")),
            _facts(groups, "household_kind"),
            _facts(groups, "standard"),
            _facts(groups, "attribute"),
            [main for main, _others in causes],
            arrays(others for _main, others in causes),
            dates(identified),
            identified_precisions,
            [state for state, _removed_on in monitoring],
            _facts(groups, "monitoring_category"),
            dates(monitored),
            monitored_precisions,
            dates(removed_on for _state, removed_on in monitoring),
            blobs(phone_sealed),
            blobs(phone_index),
            blobs(account_sealed),
            blobs(account_index),
            texts(_facts(groups, "bank_name")),
            truths(_facts(groups, "is_servicemans_family")),
            scalars(_facts(groups, "planned_lifting_year")),
            [str(on.year)] * len(groups),
            scalars(map(persons_of, groups)),
            dates(income.period_start for income in incomes),
            dates(income.period_end for income in incomes),
            *map(scalars, amounts),
            scalars(income.declared for income in incomes),
            truths(income.declared is not None for income in incomes),
            ["" if income.declared is None else source for income in incomes],
            truths(_facts(groups, "dangerous_housing")),
            truths(_facts(groups, "safe_water")),
            texts(_facts(groups, "helper_name")),
            texts(_facts(groups, "helper_unit_name")),
            blobs(helper_sealed),
            blobs(helper_index),
            dates(helped),
            helped_precisions,
        ]
    )
    return dict(zip((group.id for group in groups), rows.splitlines(keepends=True), strict=True))


_NO_AMOUNTS: Final = (None,) * len(CLASSES)


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


def _monitored_on(group: Group) -> LooseDate | None:
    known: LooseDate | None = group.fact("monitored_on") if group.fact("monitoring_category") else None
    return known


def drop_drafts(household_ids: list[UUID]) -> None:
    """Take refused households out of the draft tables again."""
    if household_ids:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM draft_person WHERE household_id = ANY(%s)", [household_ids])
            cursor.execute("DELETE FROM draft_household WHERE id = ANY(%s)", [household_ids])


def _facts(groups: Sequence[Group], name: str) -> list[Any]:
    return [group.fact(name) for group in groups]


def _number(document: DocumentNumber | None) -> str:
    return document.number if document is not None and not document.is_placeholder else ""


def _dates(values: Sequence[LooseDate | None]) -> Dates:
    known = [(value.on, value.precision.value) if value is not None else _UNKNOWN_DATE for value in values]
    return [on for on, _precision in known], [precision for _on, precision in known]


_UNKNOWN_DATE: Final[tuple[date | None, str]] = (None, "")


def _sealed(values: Sequence[str], purpose: Purpose, tenant_id: int) -> SealedColumns:
    """Seal and index the values that are given, keeping their places."""
    given = [value for value in values if value]
    sealed = iter(seal_many(given, purpose, tenant_id=tenant_id))
    indexes = iter(index_many(given, purpose))
    return [next(sealed) if value else None for value in values], [next(indexes) if value else None for value in values]
