"""Links between pages."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from households.models import Household, HouseholdYear, Person


def person_link(person: Person) -> str:
    """Give the person's name as a link to their page."""
    return format_html('<a href="{}">{}</a>', reverse("admin:households_person_change", args=[person.pk]), person.name)


def household_link(household: Household) -> str:
    """Give the household's number as a link to its page."""
    address = reverse("admin:households_household_change", args=[household.pk])
    return format_html('<a href="{}">{}</a>', address, household.number)


def income_link(year: HouseholdYear) -> str:
    """Give the link to the page that shows how the net income of a year comes about."""
    address = reverse("admin:household-income", args=[year.household_id, year.year])
    return format_html('<a href="{}">{}</a>', address, _("Show"))


def proposal_link(year: HouseholdYear) -> str:
    """Give the link to the page on which another income of a closed year is proposed."""
    address = reverse("admin:household-income-proposal", args=[year.household_id, year.year])
    return format_html('<a href="{}">{}</a>', address, _("Propose another income"))
