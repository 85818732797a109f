"""Check drafts in clear, value by value: codes against their lists, numbers against their check digits.

What concerns several rows (heads, doubles, other households) is asked of the draft tables, in
`households.queries.drafts`.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from households.domain.days import precision_of
from households.domain.drafts import HouseholdDraft, PersonDraft
from households.domain.person_facts import check_facts, places_of_work
from registry.lib.contacts import parse_account, parse_phone
from registry.lib.errors import DomainError
from registry.lib.idcard import DocumentKind, DocumentNumber, parse_document
from registry.lib.messages import Message
from registry.lib.periods import Precision
from registry.lib.text import clean, clean_name
from villages.domain.codes import require_code, require_codes


def checked_drafts(drafts: Sequence[HouseholdDraft], *, on: date) -> list[HouseholdDraft]:
    """Give the drafts with their values in normal form.

    Raises: DomainError with the field at fault, and which household of several it is.
    """
    checked = []
    divisions = places_of_work(member.work_division_code for draft in drafts for member in draft.members)
    for place, draft in enumerate(drafts):
        try:
            checked.append(checked_household(draft, on=on, divisions=divisions))
        except DomainError as error:
            raise of_several(error, place, count=len(drafts)) from error
    return checked


def of_several(error: DomainError, place: int, *, count: int) -> DomainError:
    """Give the error with the place of its household, counted from 1 in the sentence, where there are several."""
    if count == 1:
        return error
    sentence = Message("Household %(place)s of the list: %(sentence)s")
    values = {"place": place + 1, "sentence": error.message}
    field = f"households.{place}" + (f".{error.field}" if error.field else "")
    return type(error)(error.code, sentence % values, field=field)


def checked_household(draft: HouseholdDraft, *, on: date, divisions: Collection[str] | None = None) -> HouseholdDraft:
    """Give the draft, its members included, with its values in normal form.

    Raises: DomainError with the field at fault.
    """
    require_codes(
        {
            "standard_code": ("identification_standard", draft.standard_code),
            "attribute_code": ("household_attribute", draft.attribute_code),
            "main_cause_code": ("poverty_cause", draft.main_cause_code),
            "monitoring_code": ("monitoring_category", draft.monitoring_code),
        },
        on=on,
    )
    check_other_causes(draft.main_cause_code, draft.other_cause_codes, on=on)
    _refuse_facts_of_no_year(draft)
    return replace(
        draft,
        number=clean(draft.number),
        group_name=clean(draft.group_name),
        address=clean(draft.address),
        bank_name=clean(draft.bank_name),
        identified_precision=precision_of(draft.identified_on, draft.identified_precision),
        monitored_precision=precision_of(draft.monitored_on, draft.monitored_precision),
        phone=parse_phone(draft.phone, field="phone") if draft.phone else "",
        account=parse_account(draft.account, field="account") if draft.account else "",
        members=tuple(checked_person(member, on=on, divisions=divisions) for member in draft.members),
    )


def _refuse_facts_of_no_year(draft: HouseholdDraft) -> None:
    """Facts of members belong to the year of the household's facts; without it they would be lost without a word."""
    if draft.facts is None and any(member.states_facts() for member in draft.members):
        raise DomainError("draft.facts_of_no_year", _("Say of which year the facts of the members are."), field="year")


def checked_person(draft: PersonDraft, *, on: date, divisions: Collection[str] | None = None) -> PersonDraft:
    """Give the draft of a person with its values in normal form; sex and birth are read from the document.

    Raises: DomainError with the field at fault.
    """
    require_code("relation", draft.relation_code, on=on, field="relation_code")
    require_codes({"sex_code": ("sex", draft.sex_code)}, on=on)
    check_facts(draft, on=on, divisions=divisions)
    name = clean_name(draft.name)
    if not name:
        raise DomainError("person.name_missing", _("The name is missing. Enter it as in the document."), field="name")
    draft = replace(
        draft,
        name=name,
        number=clean(draft.number),
        birth_precision=precision_of(draft.birth_on, draft.birth_precision),
        starts_precision=precision_of(draft.starts_on, draft.starts_precision),
        phone=parse_phone(draft.phone, field="phone") if draft.phone else "",
    )
    return with_document(draft, on=on)


def with_document(draft: PersonDraft, *, on: date) -> PersonDraft:
    """Give the draft with what its document says; a number that stands for none becomes a flagged placeholder.

    Raises: DomainError `document.…`, or when sex or birth contradict the document.
    """
    if not draft.document_number:
        return replace(draft, document_code=DocumentKind.PLACEHOLDER.value)
    document = parse_document(draft.document_number, on=on, field="document_number")
    if document.is_placeholder:
        return replace(draft, document_number="", document_code=DocumentKind.PLACEHOLDER.value)
    _refuse_contradiction(draft, document)
    return replace(
        draft,
        document_number=document.number,
        document_code=document.kind.value,
        birth_on=document.birth_on,
        birth_precision=Precision.DAY.value,
        sex_code=document.sex_code,
        disability_category_code=document.disability_category_code,
        disability_grade_code=document.disability_grade_code,
    )


def check_other_causes(main_code: str, other_codes: Sequence[str], *, on: date) -> None:
    """Refuse other causes that are unknown, more than two, or the main one again.

    Raises: DomainError.
    """
    for code in other_codes:
        require_code("poverty_cause", code, on=on, field="other_cause_codes")
    if len(other_codes) > 2:
        message = _("A household has at most two other causes. Leave out the rest.")
        raise DomainError("cause.too_many", message, field="other_cause_codes")
    if main_code in other_codes or len(set(other_codes)) < len(other_codes):
        message = _("A cause stands twice. Name each cause once.")
        raise DomainError("cause.twice", message, field="other_cause_codes")


def _refuse_contradiction(draft: PersonDraft, document: DocumentNumber) -> None:
    if draft.sex_code and draft.sex_code != document.sex_code:
        message = _("The sex does not fit the document number. Compare both with the card.")
        raise DomainError("document.sex", message, field="sex_code")
    same_day = draft.birth_on == document.birth_on
    same_month = (
        draft.birth_on is not None
        and document.birth_on is not None
        and draft.birth_precision == Precision.MONTH
        and draft.birth_on == document.birth_on.replace(day=1)
    )
    if draft.birth_on is not None and not same_day and not same_month:
        message = _("The date of birth does not fit the document number. Compare both with the card.")
        raise DomainError("document.birth_differs", message, field="birth_on")
