"""Choices of partners and benefit links. What differs between counties is a code list."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy

BENEFIT_SCHEME: Final = "benefit_link"
FORM_SCHEME: Final = "partner_form"
KIND_SCHEME: Final = "partner_kind"
# The two entries that stand above the kinds of partners.
ORGANISATION: Final = "organisation"
PERSON: Final = "person"


class SourceKind(models.TextChoices):
    """What a line of income comes from, as this app knows it; apps above enter further kinds (domain/sources.py)."""

    PARTNER = "partner", pgettext_lazy("source of an income", "Partner")
    MEASURE = "measure", pgettext_lazy("source of an income", "Measure")
    POST = "post", pgettext_lazy("source of an income", "Post")
    PROJECT = "project", pgettext_lazy("source of an income", "Project")
    OTHER = "other", pgettext_lazy("source of an income", "Other")


# Kinds that point at nothing on file: their name says what it is.
NAMED: Final = (SourceKind.POST, SourceKind.PROJECT, SourceKind.OTHER)
