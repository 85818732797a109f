"""What a form offers as the source of an income, and how a link reads."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from assistance.models import Measure
from partners.domain.sources import kind_label, upper_source, upper_sources
from partners.enums import NAMED, SourceKind
from partners.models import BenefitLink
from partners.queries.benefits import measures_of_year
from partners.queries.partners import partners_of_year
from registry.domain.readable import label_of

Choices = list[tuple[str, Any]]


def source_choices(household_id: UUID, year: int, link: BenefitLink | None = None) -> Choices:
    """Give the sources of a household's year in groups: partners, measures, what apps above offer, and names.

    Partners that help the household stand first. What the link names already is there even if it would not be offered.
    """
    measures = [(f"{SourceKind.MEASURE}:{row.pk}", measure_text(row)) for row in measures_of_year(household_id, year)]
    groups: Choices = [
        (kind_label(SourceKind.PARTNER), [(f"{SourceKind.PARTNER}:{row.pk}", row.name)
                                          for row in partners_of_year(household_id, year)]),
        (kind_label(SourceKind.MEASURE), measures),
        *((str(kind.label), [(f"{kind.key}:{one.id}", one.name) for one in kind.offers(household_id, year)])
          for kind in upper_sources()),
        (_("By its name"), [(kind, kind_label(kind)) for kind in NAMED]),
    ]  # fmt: skip
    offered = {value for _group, some in groups for value, _label in some}
    kept = [(source_value(link), link_text(link))] if link and source_value(link) not in offered else []
    return [("", "–"), *kept, *((label, some) for label, some in groups if some)]


def source_value(link: BenefitLink) -> str:
    """Give the choice that stands for the source of a link."""
    known = link.partner_id or link.measure_id or link.source_id
    return f"{link.source_kind}:{known}" if known else link.source_kind


def draft_source(value: str, name: str) -> dict[str, Any]:
    """Read a choice back into the fields of a draft."""
    kind, _colon, text = value.partition(":")
    if kind in NAMED or not text:
        return {"source_kind": kind, "source_name": name}
    column = {SourceKind.PARTNER.value: "partner_id", SourceKind.MEASURE.value: "measure_id"}.get(kind, "source_id")
    return {"source_kind": kind, column: UUID(text)}


def link_text(link: BenefitLink) -> str:
    """Tell what an income comes from, in the reader's language."""
    if link.partner is not None:
        return str(link.partner.name)
    if link.measure is not None:
        return measure_text(link.measure)
    return f"{short_label(link.source_kind)}: {link.source_name}"


def short_label(key: str) -> str:
    """Name a kind of source in a word."""
    kind = upper_source(key)
    if kind is not None:
        return str(kind.label)
    return str(SourceKind(key).label) if key in SourceKind.values else key


def measure_text(row: Measure) -> str:
    """Name a measure by kind, item and first day."""
    words = (label_of(row.category_code, "measure"), label_of(row.item_code, "measure"), row.starts_on)
    return " · ".join(str(word) for word in words if word)
