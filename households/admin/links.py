"""Links between pages."""

from django.urls import reverse
from django.utils.html import format_html

from households.models import Person


def person_link(person: Person) -> str:
    """Give the person's name as a link to their page."""
    return format_html('<a href="{}">{}</a>', reverse("admin:households_person_change", args=[person.pk]), person.name)
