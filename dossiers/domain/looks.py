"""Write checklists of visits, and fill them in. An edition is never changed: what is edited is written as the next."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers.domain.opening import lock_open_dossier
from dossiers.enums import Terrain
from dossiers.models import Dossier, Look, LookForm, LookItem
from dossiers.queries.looks import items_of, look_form_in_use, points_of, rounded
from households.domain.days import require_past
from households.domain.locking import lock_household
from households.enums import HouseholdStatus
from households.models import Household
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.text import clean
from registry.tenancy.context import Actor

_FOLDER: Final = files("dossiers").joinpath("data/looks")
MOST_ITEMS: Final = 20
MOST_WEIGHT: Final = 100
MOST_SCORE: Final = 1000


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One question as it is to be written; its choices go from the best to the hardest."""

    name: str
    choices: tuple[str, ...]
    weight: Decimal = Decimal(1)
    question: str = ""


@dataclass(frozen=True, slots=True)
class LookFormDraft:
    """A checklist as it is to be written; `bounds` are the scores from which the outcomes hold, the first 0."""

    key: str
    name: str
    terrain: str
    items: tuple[ItemDraft, ...]
    bounds: tuple[Decimal, ...]
    outcomes: tuple[str, ...]
    full_score: int = 100
    is_local: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the place of the choice, from 0, and a remark."""

    choice: int
    remark: str = ""


def add_look_form(draft: LookFormDraft, *, actor: Actor) -> LookForm:
    """Enter a checklist of the county.

    Raises: NotAllowed; Conflict when its key is on file; DomainError for one that cannot be scored.
    """
    require(actor, "dossiers.manage_templates")
    if LookForm.objects.filter(key=draft.key).exists():
        message = _("A checklist of this key is on file already. Open it and edit it there.")
        raise Conflict("look_form.on_file", message, field="key")
    return _write(draft, 1, "dossiers.add_look_form", actor)


def revise_look_form(form_id: UUID, draft: LookFormDraft, *, actor: Actor, version: int | None) -> LookForm:
    """Write the next edition of a checklist in use; what was filled in by the former one keeps it.

    The key stays. Locks: the former edition. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    former = lock_version(LookForm.objects.all(), form_id, version)
    require(actor, "dossiers.manage_templates", former)
    if not former.is_current:
        message = _("A later edition of this checklist is in use. Open that one and edit it there.")
        raise Conflict("look_form.former_edition", message)
    if draft.key != former.key:
        raise DomainError("look_form.key_stays", _("The key of a checklist stays."), field="key")
    former.is_current = False
    former.touch().save(update_fields=["is_current", "version", "updated_at"])
    return _write(draft, former.edition + 1, "dossiers.revise_look_form", actor)


def draft_of_look_form(form: LookForm) -> LookFormDraft:
    """Give an edition as a draft, to be changed and written as the next one."""
    values = {field.name: getattr(form, field.name) for field in fields(LookFormDraft) if field.name != "items"}
    items = tuple(ItemDraft(item.name, tuple(item.choices), item.weight, item.question) for item in items_of(form))
    return LookFormDraft(
        **values | {"items": items, "bounds": tuple(form.bounds), "outcomes": tuple(form.outcomes)},
    )


def shipped_look_forms() -> list[LookFormDraft]:
    """Read the checklists that come with this version: proposals, one for each kind of area."""
    paths = sorted((path for path in _FOLDER.iterdir() if path.name.endswith(".json")), key=lambda path: path.name)
    return [_read(json.loads(path.read_text(encoding="utf-8"))) for path in paths]


def load_shipped_look_forms(*, actor: Actor) -> list[LookForm]:
    """Enter the checklists of this version that the county does not have; those on file stay as the county made them.

    Raises: NotAllowed.
    """
    require(actor, "dossiers.manage_templates")
    known = set(LookForm.objects.values_list("key", flat=True))
    return [add_look_form(draft, actor=actor) for draft in shipped_look_forms() if draft.key not in known]


def record_look(
    household_id: UUID,
    form_key: str,
    answers: Sequence[Answer],
    *,
    on: date,
    actor: Actor,
    dossier_id: UUID | None = None,
) -> Look:
    """Fill in a checklist at a visit, for the open dossier or without one; score and outcome are kept with it.

    A later one of the same household stands beside it; the same one again is a form sent twice.
    Locks: the household, the dossier. Raises: NotFound, NotAllowed, Conflict, DomainError.
    """
    require(actor, "dossiers.look")
    household = lock_household(household_id, "dossiers.look", actor=actor, version=None)
    if household.status == HouseholdStatus.CLOSED:
        raise Conflict("household.closed", _("The household was taken off the register."))
    require_past(on, field="on")
    dossier = _dossier_of(dossier_id, household, on, actor) if dossier_id is not None else None
    form = look_form_in_use(form_key)
    score = score_of(form, items_of(form), answers)
    filled = {
        "household": household,
        "dossier": dossier,
        "form": form,
        "looked_on": on,
        "choices": [answer.choice for answer in answers],
        "remarks": [clean(answer.remark) for answer in answers],
    }
    if Look.objects.filter(**filled).exists():
        message = _(
            "The same checklist of this household and day is on file. Where it is a second visit, add a remark."
        )
        raise Conflict("look.on_file", message)
    look = Look.objects.create(
        **filled,
        scope_code=household.scope_code,
        score=score,
        outcome=outcome_of(form, score),
        looked_by=actor.user_id,
    )
    changes: dict[str, tuple[object, object]] = {
        "looked_on": (None, on),
        "form": (None, form.pk),
        "dossier": (None, dossier_id),
        "score": (None, score),
    }
    record("dossiers.record_look", look, actor=actor, changes=changes)
    return look


def score_of(form: LookForm, items: Sequence[LookItem], answers: Sequence[Answer]) -> Decimal:
    """Add up the points of the answers.

    Units: points of `form.full_score`, rounded half up to 0.1 at the end. Raises: DomainError.
    """
    if len(answers) != len(items):
        message = _("The checklist has %(count)s questions. Answer each of them.") % {"count": len(items)}
        raise DomainError("look.answers", message, field="answers")
    weights = sum((item.weight for item in items), Decimal(0))
    total = Decimal(0)
    for item, answer in zip(items, answers, strict=True):
        if not 0 <= answer.choice < len(item.choices):
            message = _("Question %(position)s: choose one of the answers.") % {"position": item.position}
            raise DomainError("look.choice", message, field=f"choice_{item.position}")
        points, _most = points_of(item, answer.choice, full_score=form.full_score, weights=weights)
        total += points
    return rounded(total)


def outcome_of(form: LookForm, score: Decimal) -> str:
    """Give what the checklist suggests from this score on."""
    return [outcome for bound, outcome in zip(form.bounds, form.outcomes, strict=True) if score >= bound][-1]


def _dossier_of(dossier_id: UUID, household: Household, on: date, actor: Actor) -> Dossier:
    dossier = lock_open_dossier(dossier_id, "dossiers.look", actor=actor, version=None)
    if dossier.household_id != household.pk:
        raise DomainError("look.other_dossier", _("The dossier is another household's."), field="dossier_id")
    if on < dossier.begun_on:
        message = _("The day lies before the dossier was begun. Check it.")
        raise DomainError("dossier.day_before_begin", message, field="on")
    return dossier


def _read(values: dict[str, Any]) -> LookFormDraft:
    items = tuple(
        ItemDraft(**item | {"choices": tuple(item["choices"]), "weight": Decimal(item["weight"])})
        for item in values["items"]
    )
    bounds = tuple(Decimal(bound) for bound in values["bounds"])
    return LookFormDraft(**values | {"items": items, "bounds": bounds, "outcomes": tuple(values["outcomes"])})


def _write(draft: LookFormDraft, edition: int, verb: str, actor: Actor) -> LookForm:
    _require_whole(draft)
    head = {name: value for name, value in asdict(draft).items() if name != "items"}
    head |= {"bounds": list(draft.bounds), "outcomes": list(draft.outcomes)}
    form = LookForm.objects.create(scope_code=actor.tenant_code, edition=edition, **head)
    LookItem.objects.bulk_create(
        LookItem(
            scope_code=actor.tenant_code,
            form=form,
            position=position,
            **asdict(item) | {"choices": list(item.choices)},
        )
        for position, item in enumerate(draft.items, start=1)
    )
    changes = {"edition": (edition - 1 or None, edition), "name": (None, draft.name)}
    record(verb, form, actor=actor, changes=changes, count=len(draft.items))
    return form


def _require_whole(draft: LookFormDraft) -> None:
    """Refuse a checklist that cannot be scored. Raises: DomainError."""
    if not draft.key.strip() or not draft.name.strip() or draft.terrain not in Terrain.values:
        raise DomainError("look_form.head", _("A checklist needs a key, a name and a kind of area."), field="name")
    if not 1 <= draft.full_score <= MOST_SCORE:
        raise DomainError("look_form.score", _("The full score lies from 1 to 1000."), field="full_score")
    if not 1 <= len(draft.items) <= MOST_ITEMS:
        raise DomainError("look_form.items", _("A checklist has 1 to 20 questions."), field="items")
    bounds, outcomes = draft.bounds, draft.outcomes
    if (
        not bounds
        or len(bounds) != len(outcomes)
        or bounds[0] != 0
        or any(low >= high for low, high in pairwise(bounds))
        or bounds[-1] > draft.full_score
        or not all(outcome.strip() for outcome in outcomes)
    ):
        message = _("The outcomes begin at 0, each at a higher score than the one before, none over the full score.")
        raise DomainError("look_form.bounds", message, field="bounds")
    for position, item in enumerate(draft.items, start=1):
        _require_item(item, position)


def _require_item(item: ItemDraft, position: int) -> None:
    place = {"position": position}
    if not item.name.strip() or not 0 < item.weight <= MOST_WEIGHT:
        message = _("Question %(position)s needs a name, and a weight over 0 up to 100.") % place
        raise DomainError("look_form.item", message, field="items")
    named = [choice.strip() for choice in item.choices]
    if not 2 <= len(named) <= 5 or not all(named) or len(set(named)) != len(named):
        message = _("Question %(position)s: give 2 to 5 different choices, from the best to the hardest.") % place
        raise DomainError("look_form.choices", message, field="items")
