"""Checklists of visits, and what was filled in by them."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from dossiers.models import Look, LookForm, LookItem
from registry.lib.errors import NotFound


@dataclass(frozen=True, slots=True)
class LookLine:
    """One line of the derivation of a score: `points` of at most `most_points`."""

    position: int
    name: str
    choice: str
    remark: str
    points: Decimal
    most_points: Decimal


def look_forms_in_use() -> "QuerySet[LookForm]":
    """Give the editions by which visits are scored now."""
    return LookForm.objects.filter(is_current=True).order_by("key")


def look_form_in_use(key: str) -> LookForm:
    """Give the edition of a checklist that is in use.

    Raises: NotFound.
    """
    form = look_forms_in_use().filter(key=key).first()
    if form is None:
        message = _("There is no checklist of this name in use. Choose one from the list.")
        raise NotFound("look.no_form", message, field="form_key")
    return form


def find_look_form(form_id: UUID) -> LookForm:
    """Give one edition.

    Raises: NotFound.
    """
    form = LookForm.objects.filter(pk=form_id).first()
    if form is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return form


def items_of(form: LookForm) -> list[LookItem]:
    """Give the questions in their order."""
    return list(LookItem.objects.filter(form=form).order_by("position"))


def points_of(item: LookItem, choice: int, *, full_score: int, weights: Decimal) -> tuple[Decimal, Decimal]:
    """Give the points of a choice, and the most that the question gives: its weight's share of the full score.

    Units: points, not rounded; the choices of a question lie evenly from 0 to its most.
    """
    most = item.weight / weights * full_score
    return most * choice / (len(item.choices) - 1), most


def derivation_of(look: Look, items: list[LookItem]) -> list[LookLine]:
    """Show how the score of a filled-in checklist comes about, each line rounded half up to 0.1."""
    weights = sum((item.weight for item in items), Decimal(0))
    lines = []
    for item, choice, remark in zip(items, look.choices, look.remarks, strict=True):
        points, most = points_of(item, choice, full_score=look.form.full_score, weights=weights)
        lines.append(
            LookLine(item.position, item.name, item.choices[choice], remark, rounded(points), rounded(most)),
        )
    return lines


def rounded(points: Decimal) -> Decimal:
    """Round half up to 0.1."""
    return points.quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")


def looks_of(household_id: UUID) -> "QuerySet[Look]":
    """Give the filled-in checklists of a household, the latest first."""
    return Look.objects.filter(household=household_id).select_related("form").order_by("-looked_on", "-id")


def look_details(looks: "QuerySet[Look]") -> list[dict[str, Any]]:
    """Give filled-in checklists with the derivation of their scores, by two queries."""
    found = list(looks)
    items: dict[UUID, list[LookItem]] = {}
    for item in LookItem.objects.filter(form__in={look.form_id for look in found}).order_by("position"):
        items.setdefault(item.form_id, []).append(item)
    return [
        {
            "id": look.pk,
            "dossier_id": look.dossier_id,
            "form_key": look.form.key,
            "form_edition": look.form.edition,
            "form_name": look.form.name,
            "looked_on": look.looked_on,
            "score": look.score,
            "full_score": look.form.full_score,
            "outcome": look.outcome,
            "lines": [asdict(line) for line in derivation_of(look, items[look.form_id])],
        }
        for look in found
    ]


def look_form_rows() -> "QuerySet[Any, Any]":
    """Give the columns of all editions."""
    rows: QuerySet[Any, Any] = LookForm.objects.values(
        "id", "key", "edition", "name", "terrain", "is_local", "source", "is_current", "full_score", "bounds",
        "outcomes", "version",
    )  # fmt: skip
    return rows


def look_form_detail(form: LookForm) -> dict[str, Any]:
    """Give an edition with its questions."""
    row: dict[str, Any] = look_form_rows().get(pk=form.pk)
    items = LookItem.objects.filter(form=form).order_by("position")
    return row | {"items": list(items.values("name", "question", "weight", "choices"))}


def looks_on_list() -> "QuerySet[Look]":
    """Give the filled-in checklists with household and edition."""
    return Look.objects.select_related("household", "form").annotate(form_name=F("form__name"))
