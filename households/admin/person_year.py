"""The form of a person's year, by the sections of the paper form."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from households.admin.forms import closed_year_reason
from households.domain.person_facts import FACT_COLUMNS, FACT_SCHEMES
from households.models import PersonYear
from registry.admin.forms import dress
from villages.admin.fields import VersionedForm, code_field, codes_field, label_of, year_field, yes_no_field

# The field with which each section begins. Source: national household form, section B.
SECTIONS: Final = {
    "education_code": _("School and education"),
    "health_codes": _("Health"),
    "skill_code": _("Work"),
    "minimum_living_allowance_code": _("Allowances"),
    "has_basic_medical": _("Medical insurance and assistance"),
    "has_resident_pension": _("Pension and other insurance"),
    "is_in_military_service": _("Other facts"),
}
# Fields whose type does not say enough.
_SPECIAL: Final[dict[str, Callable[[str], forms.Field]]] = {
    "health_codes": lambda label: codes_field("health", label, help_text=_("Healthy stands alone.")),
    "education_code": lambda label: _with_help(code_field("education", label), _("Leave empty for persons at school.")),
    "disability_card_year": lambda label: forms.IntegerField(
        label=label, min_value=1990, max_value=2100, required=False
    ),
    "work_division_code": lambda label: forms.CharField(
        label=label,
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Twelve digits of the county, prefecture or province; what lies below is the place of work."),
    ),
}


def _with_help(field: forms.Field, text: Any) -> forms.Field:  # noqa: ANN401  (a sentence, translated late)
    field.help_text = text
    return field


def _field(name: str, kind: str) -> forms.Field:
    label = label_of(PersonYear, name)
    if name in _SPECIAL:
        return _SPECIAL[name](label)
    if name in FACT_SCHEMES:
        return code_field(FACT_SCHEMES[name], label)
    if kind == "boolean":
        return yes_no_field(label)
    if kind.startswith("numeric"):
        return forms.DecimalField(
            label=label, max_digits=3, decimal_places=1, min_value=0, max_value=12, required=False
        )
    return forms.CharField(label=label, max_length=100, required=False)


class PersonYearForm(VersionedForm):
    """Schooling, health, work, allowances and insurance of one year; one column of fields, as a phone shows them."""

    year = year_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visits = (kwargs.get("initial") or {}).get("visits", [])
        if visits:
            self.fields["visit_id"] = forms.TypedChoiceField(
                label=_("Told on the visit"),
                choices=[("", _("Your own visit of today, if there is one")), *visits],
                coerce=UUID,
                empty_value=None,
                required=False,
            )
        # Made here and not in the class, so that a label is in the reader's language.
        self.fields |= {name: _field(name, kind) for name, kind in FACT_COLUMNS.items()}
        self.fields["reason"] = closed_year_reason()
        dress(self)
        for name, heading in SECTIONS.items():
            self.fields[name].heading = heading  # type: ignore[attr-defined]  # read by the page of the form


def schemes_of_facts() -> dict[str, str]:
    """Give the list of each coded fact, for the page of changes."""
    return {**FACT_SCHEMES, "health_codes": "health"}
