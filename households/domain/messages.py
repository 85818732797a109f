"""Sentences for what is refused: of drafts by the code of the finding, of the database by the constraint's name."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.domain.person_facts import ABROAD_IN_DIVISION, EDUCATION_OF_STUDENT, HEALTHY_AND_ILL

PROBLEM_MESSAGES: Final[dict[str, str | Promise]] = {
    "village_unknown": _(
        "The village is not one of those you work for. Choose a village from the list of your division."
    ),
    "number_twice": _("The same household number stands twice. Give each household its own number."),
    "no_member": _("The household has no member. Enter at least its head."),
    "no_head": _("The household has no head. Mark one member as 户主."),
    "two_heads": _("The household has more than one head. Keep 户主 for one member only."),
    "person_twice": _("The same document number stands twice. Each person belongs to one household, and once."),
    "person_number_twice": _("The same person number stands twice. Give each person the own number."),
    "person_number_of_another": _("The person number belongs to another person on file. Check the number."),
    "person_in_another_household": _(
        "The person is already a member of another household. End that membership first, or check the document number."
    ),
    "start_unknown": _(
        "A person left another household before, and the day of joining this one is missing. Enter that day."
    ),
    "person_of_another_name": _(
        "A document or person number is on file under another name. Compare name and number with the card."
    ),
    "person_dead": _(
        "A person is on file as dead. Compare the document number with the card; if the death was recorded by mistake, "
        "the township or the county office takes it back on the page of that person."
    ),
    "person_sent_away": _(
        "Another county took in a person without a document whose number is named here, and nobody would notice that "
        "both count the person. Ask that county to offer the person to this one. Where the person lives in no "
        "household there any more, register the household without the person, then take the person back into it."
    ),
    "starts_before_birth": _("A person is in the household from before the day of birth. Check both dates."),
    "starts_after_the_day": _(
        "A person is in the household only from after the day on which it is registered. Check both dates."
    ),
    "born_after_the_day": _("A person is born after the day on which the household is registered. Check both dates."),
    "identified_after_the_day": _(
        "The household is first identified after the day on which it is registered. Check both dates."
    ),
    "monitored_after_the_day": _(
        "A date of the monitoring lies after the day on which the household is registered. Check both dates."
    ),
    "risk_removed_before_monitored": _("The risk is removed before it was identified. Check both dates."),
    "monitored_without_category": _(
        "A monitored household needs its category, and one that is not monitored has none. Complete or clear both."
    ),
    "monitored_candidate": _("A candidate is not monitored. File the household first, or register it as ordinary."),
    "closed_from_the_start": _("A household cannot be registered as closed. Leave it out."),
}

YEAR_IS_CLOSED: Final = _(
    "The county has closed this year, so its facts and income stand. Propose the correction as a change request; a "
    "second person decides on it."
)
CONSTRAINT_MESSAGES: Final[dict[str, str | Promise]] = {
    "household_number_once_a_tenant": _(
        "The household number is on file already. Search for it, and amend that household instead."
    ),
    "year_is_closed": YEAR_IS_CLOSED,
    "closedyear_once": _("This year is closed already."),
    "objectionperiod_one_a_day": _("A rule begins on that day already. Open it and change it there."),
    **dict.fromkeys(
        ("changerequest_one_open_a_person", "changerequest_one_open_a_household"),
        _("A change of this kind waits for its decision already. Have it decided or withdraw it first."),
    ),
    "transfer_one_open_a_person": _("The person is offered to a county already. Withdraw that offer first."),
    "transfer_one_open_a_household": _("The household is offered to a county already. Withdraw that offer first."),
    "household_number_has_its_shape": _("A household number has up to 32 digits and letters. Check the number."),
    "household_planned_lifting_year_is_plausible": _("A planned year of lifting lies between 2000 and 2100."),
    "household_at_risk_is_on_the_register": PROBLEM_MESSAGES["monitored_candidate"],
    "household_other_causes_are_two_at_most": _("A household has at most two other causes. Leave out the rest."),
    "household_other_causes_are_others": _("The main cause stands again among the other causes. Leave it out there."),
    **dict.fromkeys(
        (
            "household_identified_on_has_its_precision",
            "person_birth_on_has_its_precision",
            "membership_starts_on_has_its_precision",
        ),
        _("A date that is exact to the month is entered as the first day of that month."),
    ),
    "person_document_once_a_tenant": _(
        "A person with this document number is on file in this county already. Search for the person; if you find "
        "none, the person lives outside your area: ask the township or county office."
    ),
    "person_number_once_a_tenant": _("The person number is on file already. Check the number."),
    "person_name_is_given": _("A person needs a name. Enter it as it stands in the document."),
    "person_sex_is_known": _("The sex is one of 0, 1, 2 and 9. Choose it from the list."),
    "membership_one_household_a_day": _(
        "The person is a member of another household on that day. End that membership first."
    ),
    "membership_one_head_a_day": _("The household has another head on that day. Change the head instead."),
    "membership_ends_not_before_start": _("The membership ends before it began. Check both dates."),
    "householdspell_one_a_day": _("The household has another status on that day. Choose a later day."),
    "monitoringspell_one_a_day": _("The household is monitored on that day already. Choose a later day."),
    "householdyear_income_is_computed_or_declared": _(
        "Enter either all four classes of income with the cost, the number of persons and the period, or the declared "
        "net income with its source."
    ),
    "householdyear_classes_are_not_negative": _("Income and cost are not negative. Check the amounts."),
    "householdyear_period_has_two_ends": _("The period of the income has a first day and a later end. Enter both."),
    "householdyear_periods_do_not_overlap": _(
        "Days of this period are counted in another year of the household already. Compare the periods of both years."
    ),
    "householdyear_living_is_not_negative": _("Areas and distances are not negative. Check the numbers."),
    "householdyear_irrigated_is_cropland": _(
        "The irrigated cropland is larger than the cropland. Check both areas; they are counted in mu."
    ),
    "householdyear_rebuilt_year_is_plausible": _(
        "The house was rebuilt between 1949 and 2100. Check the year of rebuilding."
    ),
    "householdyear_claims_are_not_negative": _("Claims and allowed cost are not negative. Check the amounts."),
    "incomeline_amounts_are_not_negative": _("Income and cost are not negative. Check the amounts."),
    "incomeline_quantity_is_not_negative": _("A quantity is not negative. Check the number."),
    "incomeline_month_is_of_a_year": _("A month is a number from 1 to 12. Check the month."),
    "visit_once_a_day": _(
        "Somebody else records the same visit at this moment. Load the page again, compare, and repeat your change."
    ),
    "visit_period_has_two_ends": _("The period of the income has a first day and a later end. Enter both."),
    "relocation_once_a_household": _(
        "The household has its relocation on file already. Load the page again and amend that one."
    ),
    "relocation_moved_in_after_the_keys": _(
        "The household moved in before the keys were handed over. Check both days."
    ),
    "relocation_demolition_facts_need_a_demolition": _(
        "Day, area or award of the pulling down is stated of a house that is not pulled down. Complete or clear them."
    ),
    "relocation_task_year_is_plausible": _("The year lies between 2000 and 2100. Check the year."),
    **dict.fromkeys(
        (
            "relocation_housing_area_m2_is_not_negative",
            "relocation_self_raised_yuan_is_not_negative",
            "relocation_former_housing_area_m2_is_not_negative",
            "relocation_demolished_area_m2_is_not_negative",
            "relocation_demolition_award_yuan_is_not_negative",
            "relocation_support_funds_yuan_is_not_negative",
        ),
        _("Areas and amounts of a relocation are not negative. Check the numbers."),
    ),
    "yearline_year_once": _("This year has its lines on file already. Amend those."),
    "yearline_is_valid_in_its_year": _("A line is valid from a day of its own year. Check year and day."),
    "yearline_has_a_line": _("Enter the poverty line, the monitoring line, or both."),
    "yearline_lines_are_positive": _("A line is more than nothing. Check the amounts."),
    "costcoefficient_once": _("This product has its coefficient of that year on file already. Amend that one."),
    "costcoefficient_is_a_share": _("A share of cost lies between 0 and 1, for example 0.4. Check the number."),
    "incomerule_once_a_year": _("This item has its rule of that year on file already. Amend that one."),
    **dict.fromkeys(
        (
            "visit_year_is_plausible",
            "incomeline_year_is_plausible",
            "yearline_year_is_plausible",
            "costcoefficient_year_is_plausible",
            "incomerule_year_is_plausible",
        ),
        _("The year lies between 2000 and 2100. Check the year."),
    ),
    **dict.fromkeys(
        ("householdyear_year_once", "personyear_year_once"),
        _("Somebody else records the same year at this moment. Load the page again, compare, and repeat your change."),
    ),
    "householdyear_year_is_plausible": _("The year lies between 2000 and 2100. Check the year."),
    "personyear_year_is_plausible": _("The year lies between 2000 and 2100. Check the year."),
    "personyear_education_or_school": EDUCATION_OF_STUDENT,
    "personyear_healthy_and_nothing_else": HEALTHY_AND_ILL,
    "personyear_abroad_has_no_division": ABROAD_IN_DIVISION,
    **dict.fromkeys(
        ("personyear_work_division_has_12_digits", "workrecord_division_has_12_digits"),
        _("A division has twelve digits. Choose it from the list."),
    ),
    "personyear_post_months_are_twelve_at_most": _("A year has twelve months of work at most. Check the number."),
    "personyear_card_year_is_plausible": _("The year of the disability card lies between 1990 and 2100. Check it."),
    "person_disability_marks_are_of_a_certificate": _(
        "Category and grade of disability are read from the number of a disability certificate. Enter that number."
    ),
    "workrecord_one_a_month": _(
        "The person has a work record for one of these months already. End that one first, or choose other months."
    ),
    "workrecord_one_plan_a_month": _(
        "The person has a work plan for one of these months already. End that one first, or choose other months."
    ),
    "workrecord_ends_not_before_start": _("The work ends before it began. Check both months."),
    "workrecord_year_is_plausible": _("The year lies between 2000 and 2100. Check the year."),
    "workrecord_counts_whole_months": _("Work is counted in whole months. Enter the first day of the month."),
    "workrecord_lies_in_its_year": _(
        "A work record lies within one year. Work that goes on is entered again for the next year."
    ),
    "workrecord_money_is_not_negative": _("Income and subsidy are not negative. Check the amounts."),
    "personyear_months_are_twelve_at_most": _("A year has twelve months of work at most. Check the number."),
    "households_household_status_workflow": _(
        "The household's present status does not allow this change. Open the household again to see what it allows."
    ),
    "households_household_monitoring_state_workflow": _(
        "The household's present monitoring does not allow this change. Open the household again to see what it allows."
    ),
}

OUTCOME_MESSAGES: Final[dict[str, str | Promise]] = {
    "transfer.withdrawn": _("The offer was withdrawn before it was accepted."),
    "transfer.changed": _("The household was changed after it was offered."),
    "transfer.decided": _("The other county decided otherwise meanwhile."),
    "transfer.person_on_file": _(
        "A member is on file here already, in another household. End that membership, or resolve the double entry "
        "with the other county first."
    ),
    "household.number_on_file": _("The household number is on file here already. Resolve the double entry first."),
    "transfer.number_on_file": _("The household number is on file here already. Resolve the double entry first."),
    "date.before_last_change": _("The household there changed on a later day than that of the transfer."),
    "household.closed": _("The household was closed after the offer."),
    "transfer.person_changed": _("The person got another name after being offered."),
    "transfer.person_died": _("The person died after being offered."),
    "transfer.person_left": _("The person left the household after being offered."),
    "transfer.last_member": _("Only this member was left in the household; the whole household goes then."),
    "transfer.head": _("The person had become the head of the household. The head is changed first."),
    "transfer.not_on_register": _("The household that was to take the person in is not on the register any more."),
    "person.dead": PROBLEM_MESSAGES["person_dead"],
    "person.another_name": PROBLEM_MESSAGES["person_of_another_name"],
    "date.before_membership": _("The person became a member only after the day of the transfer."),
    "date.before_birth": _("The day of the transfer lies before the day of birth."),
    "head.second": _("The household has a head. Choose another relation."),
}
_RULE: Final = "quality."


def outcome_sentence(code: str) -> str:
    """Say why a transfer lapsed, by the code of what refused it; nothing for no code, the code where none is known."""
    sentences = OUTCOME_MESSAGES | {f"draft.{name}": text for name, text in PROBLEM_MESSAGES.items()}
    sentences |= {f"database.{name}": text for name, text in CONSTRAINT_MESSAGES.items()}
    if code.startswith(_RULE):
        message = _(
            "A rule of the receiving county refuses what would be on file there: %(rule)s. See the list of rules."
        )
        return message % {"rule": code.removeprefix(_RULE)}
    return str(sentences.get(code, code))
