"""The facts of one year of a person, as every way in states them, and what is refused of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from households.enums import HEALTHY, NOT_AT_SCHOOL
from registry.lib.errors import DomainError
from registry.lib.gbcode import Level, is_code, level_of
from registry.queries.divisions import division_names
from villages.domain.codes import require_code, require_codes

# Column -> type, in the draft tables and in the statements that write years from them.
FACT_COLUMNS: Final = {
    "education_code": "text NOT NULL DEFAULT ''",
    "school_code": "text NOT NULL DEFAULT ''",
    "dropout_reason_code": "text NOT NULL DEFAULT ''",
    "health_codes": "text[] NOT NULL DEFAULT '{}'",
    "disability_card_year": "smallint",
    "skill_code": "text NOT NULL DEFAULT ''",
    "work_place": "text NOT NULL DEFAULT ''",
    "work_division_code": "text NOT NULL DEFAULT ''",
    "works_abroad": "boolean",
    "work_months": "numeric(3,1)",
    "employer": "text NOT NULL DEFAULT ''",
    "employment_channel_code": "text NOT NULL DEFAULT ''",
    "industry_code": "text NOT NULL DEFAULT ''",
    "public_post_code": "text NOT NULL DEFAULT ''",
    "public_post_months": "numeric(3,1)",
    "minimum_living_allowance_code": "text NOT NULL DEFAULT ''",
    "special_support_code": "text NOT NULL DEFAULT ''",
    "has_basic_medical": "boolean",
    "has_employee_medical": "boolean",
    "has_serious_illness_cover": "boolean",
    "has_commercial_medical": "boolean",
    "receives_medical_assistance": "boolean",
    "receives_other_health_support": "boolean",
    "has_resident_pension": "boolean",
    "has_employee_pension": "boolean",
    "receives_accident_subsidy": "boolean",
    "is_in_military_service": "boolean",
    "is_unsupported_child": "boolean",
    "graduate_unemployed_reason": "text NOT NULL DEFAULT ''",
}
# Which code list each of the codes is of.
FACT_SCHEMES: Final = {
    "education_code": "education",
    "school_code": "school_status",
    "dropout_reason_code": "dropout_reason",
    "skill_code": "labour_skill",
    "employment_channel_code": "employment_channel",
    "industry_code": "industry",
    "public_post_code": "public_post",
    "minimum_living_allowance_code": "minimum_living_allowance",
    "special_support_code": "special_support",
}
_PLACED_AS: Final = frozenset({Level.PROVINCE, Level.PREFECTURE, Level.COUNTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """The facts of one year of a person; empty means unknown. The order is that of `FACT_COLUMNS`."""

    education_code: str = ""
    school_code: str = ""
    dropout_reason_code: str = ""
    health_codes: tuple[str, ...] = ()
    disability_card_year: int | None = None
    skill_code: str = ""
    work_place: str = ""
    work_division_code: str = ""
    works_abroad: bool | None = None
    work_months: Decimal | None = None
    employer: str = ""
    employment_channel_code: str = ""
    industry_code: str = ""
    public_post_code: str = ""
    public_post_months: Decimal | None = None
    minimum_living_allowance_code: str = ""
    special_support_code: str = ""
    has_basic_medical: bool | None = None
    has_employee_medical: bool | None = None
    has_serious_illness_cover: bool | None = None
    has_commercial_medical: bool | None = None
    receives_medical_assistance: bool | None = None
    receives_other_health_support: bool | None = None
    has_resident_pension: bool | None = None
    has_employee_pension: bool | None = None
    receives_accident_subsidy: bool | None = None
    is_in_military_service: bool | None = None
    is_unsupported_child: bool | None = None
    graduate_unemployed_reason: str = ""

    def states_facts(self) -> bool:
        """Tell whether anything is known."""
        return any(getattr(self, name) not in {None, "", ()} for name in FACT_COLUMNS)


def check_facts(facts: PersonFacts, *, on: date, divisions: Collection[str] | None = None) -> None:
    """Refuse facts that their lists do not hold on the day, or that exclude each other.

    `divisions` are those found by `places_of_work` for many facts at once; without them they are asked for.
    Raises: DomainError with the field at fault.
    """
    require_codes({name: (scheme, getattr(facts, name)) for name, scheme in FACT_SCHEMES.items()}, on=on)
    for code in facts.health_codes:
        require_code("health", code, on=on, field="health_codes")
    if facts.education_code and facts.school_code not in NOT_AT_SCHOOL:
        raise DomainError("person.education_of_student", EDUCATION_OF_STUDENT, field="education_code")
    if HEALTHY in facts.health_codes and len(facts.health_codes) > 1:
        raise DomainError("person.healthy_and_ill", HEALTHY_AND_ILL, field="health_codes")
    if facts.works_abroad and facts.work_division_code:
        raise DomainError("person.abroad_in_division", ABROAD_IN_DIVISION, field="work_division_code")
    require_place_of_work(facts.work_division_code, field="work_division_code", divisions=divisions)


def places_of_work(codes: Iterable[str]) -> frozenset[str]:
    """Give those of the codes that are provinces, prefectures or counties on record, by one query or none."""
    wanted = {code for code in codes if is_code(code) and level_of(code) in _PLACED_AS}
    return frozenset(division_names(wanted)) if wanted else frozenset()


def require_place_of_work(code: str, *, field: str, divisions: Collection[str] | None = None) -> None:
    """Refuse a place of work that is no province, prefecture or county on record; an empty one is not known.

    Raises: DomainError `work.division`.
    """
    if code and code not in (places_of_work([code]) if divisions is None else divisions):
        message = _(
            "The division of work is none of the provinces, prefectures and counties on record. Choose the county; "
            "what lies below it stands in the place of work."
        )
        raise DomainError("work.division", message, field=field)


EDUCATION_OF_STUDENT: Final = _(
    "A person at school has a stage of school and no education yet. Leave the education empty, or choose "
    "非在校生 as the stage of school."
)
HEALTHY_AND_ILL: Final = _(
    "Who is healthy is neither ill nor disabled at the same time. Choose either healthy alone, or what the person has."
)
ABROAD_IN_DIVISION: Final = _("Who works abroad works in no division of the country. Clear one of the two.")
