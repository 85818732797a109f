"""Write templates of steps. An edition is never changed: what is edited is written as the next one."""

import json
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from importlib.resources import files
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from dossiers.enums import Form, Kind
from dossiers.models import StepTemplate, TemplateStep
from dossiers.queries.templates import steps_of
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code

_FOLDER: Final = files("dossiers").joinpath("data/templates")
# Who may be named in a step: those who work in the villages, townships and the county.
STEP_ROLES: Final = (Role.VILLAGE_TEAM, Role.TOWNSHIP_CLERK, Role.COUNTY_OFFICE)
MOST_STEPS: Final = 30
# Without these a procedure does not end as the rules ask. Source: exit rules: pre-exit mark, signature, notice,
# announcement; every change holds from the day of its announcement.
NEEDED: Final = {
    Kind.EXIT: (Form.MARK, Form.SIGNATURE, Form.NOTICE, Form.ANNOUNCEMENT),
    Kind.IDENTIFY: (Form.APPLICATION, Form.NOTICE, Form.ANNOUNCEMENT),
    Kind.RETURN: (Form.NOTICE, Form.ANNOUNCEMENT),
    Kind.MONITOR: (Form.NOTICE, Form.ANNOUNCEMENT),
    Kind.REMOVE_RISK: (Form.NOTICE, Form.ANNOUNCEMENT),
}


@dataclass(frozen=True, slots=True)
class StepDraft:
    """One step as it is to be written; `TemplateStep` says what the fields mean."""

    name: str
    form: str = Form.GENERAL
    role_codes: tuple[str, ...] = ()
    evidence_codes: tuple[str, ...] = ()
    minimum_days: int | None = None
    maximum_days: int | None = None
    attendance_ratio: Decimal | None = None
    approval_ratio: Decimal | None = None
    needs_look: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A template as it is to be written."""

    key: str
    kind: str
    name: str
    steps: tuple[StepDraft, ...]
    is_local: bool = True
    source: str = ""


def add_template(draft: TemplateDraft, *, actor: Actor) -> StepTemplate:
    """Enter a template of the county.

    Raises: NotAllowed; Conflict when its key is on file; DomainError for steps that cannot be.
    """
    require(actor, "dossiers.manage_templates")
    message = _("A template of this key is on file already. Open it and edit it there.")
    if StepTemplate.objects.filter(key=draft.key).exists():
        raise Conflict("template.on_file", message, field="key")
    try:
        with savepoint():
            return _write(draft, 1, "dossiers.add_template", actor)
    except IntegrityError as error:  # somebody else entered it at the same moment
        raise Conflict("template.on_file", message, field="key") from error


def revise_template(template_id: UUID, draft: TemplateDraft, *, actor: Actor, version: int | None) -> StepTemplate:
    """Write the next edition of a template in use; dossiers that began with the former one keep it.

    Key and kind stay. Locks: the former edition. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    former = lock_version(StepTemplate.objects.all(), template_id, version)
    require(actor, "dossiers.manage_templates", former)
    if not former.is_current:
        message = _("A later edition of this template is in use. Open that one and edit it there.")
        raise Conflict("template.former_edition", message)
    if (draft.key, draft.kind) != (former.key, former.kind):
        message = _("Key and kind of a template stay. Enter another template instead.")
        raise DomainError("template.key_stays", message, field="key")
    former.is_current = False
    former.touch().save(update_fields=["is_current", "version", "updated_at"])
    return _write(draft, former.edition + 1, "dossiers.revise_template", actor)


def copy_template(template_id: UUID, *, name: str, actor: Actor) -> StepTemplate:
    """Enter a template of the county's own that begins as a copy of one on file, under another name.

    Locks: the edition, so that two taps give one copy.
    Raises: NotFound, NotAllowed; Conflict when a template in use has that name; DomainError.
    """
    require(actor, "dossiers.manage_templates")
    copied = lock_version(StepTemplate.objects.all(), template_id, None)
    draft = replace(draft_of(copied), key=f"own-{new_id()}", name=name.strip(), is_local=True)
    if StepTemplate.objects.filter(name=draft.name, is_current=True).exists():
        raise Conflict("template.name_taken", _("A template in use has this name. Choose another one."), field="name")
    return add_template(draft, actor=actor)


def retire_template(template_id: UUID, *, actor: Actor, version: int | None) -> StepTemplate:
    """Take a template out of use: no dossier begins by it any more, those that began by it keep it.

    Locks: the editions in use of its kind, in one order, so that two offices do not retire the last two at once.
    Raises: NotFound, NotAllowed, StaleVersion; Conflict for the last one of its kind, without which nobody could be
    identified, lifted or watched.
    """
    kind = StepTemplate.objects.filter(pk=template_id).values("kind")
    same = StepTemplate.objects.select_for_update(of=("self",)).filter(kind__in=kind, is_current=True).order_by("pk")
    in_use = list(same.values_list("pk", flat=True))
    template = lock_version(StepTemplate.objects.all(), template_id, version)
    require(actor, "dossiers.manage_templates", template)
    if not template.is_current:
        raise Conflict("template.not_in_use", _("This edition is not in use any more."))
    if in_use == [template.pk]:
        message = _("It is the only template of its kind in use. Enter another one first.")
        raise Conflict("template.last_of_kind", message)
    template.is_current = False
    template.touch().save(update_fields=["is_current", "version", "updated_at"])
    record("dossiers.retire_template", template, actor=actor, changes={"is_current": (True, False)})
    return template


def draft_of(template: StepTemplate) -> TemplateDraft:
    """Give an edition as a draft, to be changed and written as the next one."""
    names = [field.name for field in fields(StepDraft)]
    steps = (
        {name: getattr(step, name) for name in names}
        | {"role_codes": tuple(step.role_codes), "evidence_codes": tuple(step.evidence_codes)}
        for step in steps_of(template)
    )
    return TemplateDraft(
        key=template.key,
        kind=template.kind,
        name=template.name,
        steps=tuple(StepDraft(**step) for step in steps),
        is_local=template.is_local,
        source=template.source,
    )


def step_at(draft: TemplateDraft, position: int) -> int:
    """Give the index of the step at a position. Raises: NotFound."""
    if not 1 <= position <= len(draft.steps):
        raise NotFound("template.no_step", _("The template has no step of this number."), field="position")
    return position - 1


def shipped_templates() -> list[TemplateDraft]:
    """Read the templates that come with this version."""
    paths = sorted((path for path in _FOLDER.iterdir() if path.name.endswith(".json")), key=lambda path: path.name)
    return [_read(json.loads(path.read_text(encoding="utf-8"))) for path in paths]


def load_shipped_templates(*, actor: Actor) -> list[StepTemplate]:
    """Enter the templates of this version that the county does not have; those on file stay as the county made them.

    Raises: NotAllowed.
    """
    require(actor, "dossiers.manage_templates")
    known = set(StepTemplate.objects.values_list("key", flat=True))
    return [add_template(draft, actor=actor) for draft in shipped_templates() if draft.key not in known]


def _read(values: dict[str, Any]) -> TemplateDraft:
    steps = tuple(
        StepDraft(
            **step
            | {name: tuple(step.get(name, ())) for name in ("role_codes", "evidence_codes")}
            | {name: Decimal(step[name]) for name in ("attendance_ratio", "approval_ratio") if name in step}
        )
        for step in values["steps"]
    )
    return TemplateDraft(**values | {"steps": steps})


def _write(draft: TemplateDraft, edition: int, verb: str, actor: Actor) -> StepTemplate:
    _require_whole(draft)
    head = {name: value for name, value in asdict(draft).items() if name != "steps"}
    template = StepTemplate.objects.create(scope_code=actor.tenant_code, edition=edition, **head)
    TemplateStep.objects.bulk_create(
        TemplateStep(
            scope_code=actor.tenant_code,
            template=template,
            position=position,
            **asdict(step) | {"role_codes": list(step.role_codes), "evidence_codes": list(step.evidence_codes)},
        )
        for position, step in enumerate(draft.steps, start=1)
    )
    changes = {"edition": (edition - 1 or None, edition), "name": (None, draft.name)}
    record(verb, template, actor=actor, changes=changes, count=len(draft.steps))
    return template


def _require_whole(draft: TemplateDraft) -> None:
    """Refuse a template by which no dossier could come to its end. Raises: DomainError."""
    if not draft.key.strip() or not draft.name.strip() or draft.kind not in Kind.values:
        raise DomainError("template.head", _("A template needs a key, a kind and a name."), field="name")
    if not 1 <= len(draft.steps) <= MOST_STEPS:
        raise DomainError("template.steps", _("A template has 1 to 30 steps."), field="steps")
    forms = [step.form for step in draft.steps]
    for form in NEEDED[Kind(draft.kind)]:
        if form not in forms:
            message = _("A template of this kind needs a step of the form “%(form)s”.") % {"form": Form(form).label}
            raise DomainError("template.form_missing", message, field="steps")
    if forms.count(Form.ANNOUNCEMENT) != 1:
        single = _("A template has one announcement: the change of the household holds from its day.")
        raise DomainError("template.one_announcement", single, field="steps")
    if any(forms.index(form) > forms.index(Form.ANNOUNCEMENT) for form in NEEDED[Kind(draft.kind)]):
        order = _("What the procedure needs comes before its announcement: the household changes from that day.")
        raise DomainError("template.announced_early", order, field="steps")
    for position, step in enumerate(draft.steps, start=1):
        _require_step(step, position)


def _require_step(step: StepDraft, position: int) -> None:
    place = {"position": position}
    if not step.name.strip() or step.form not in Form.values:
        message = _("Step %(position)s needs a name and a form.") % place
        raise DomainError("template.step", message, field="steps")
    if not step.role_codes or not set(step.role_codes) <= set(STEP_ROLES):
        message = _("Step %(position)s: choose who does it: village team, township or county office.") % place
        raise DomainError("template.roles", message, field="role_codes")
    if step.form == Form.NOTICE and not step.minimum_days:
        message = _("Step %(position)s: a notice says for how many days it hangs.") % place
        raise DomainError("template.notice_days", message, field="minimum_days")
    if step.minimum_days is not None and step.maximum_days is not None and step.maximum_days < step.minimum_days:
        message = _("Step %(position)s: the days at most are fewer than the days at least.") % place
        raise DomainError("template.days", message, field="maximum_days")
    if step.needs_look and step.form != Form.VISIT:
        message = _("Step %(position)s: the nine-look is filled in at a visit.") % place
        raise DomainError("template.look", message, field="needs_look")
    shares = [share for share in (step.attendance_ratio, step.approval_ratio) if share is not None]
    if (shares and step.form != Form.MEETING) or any(not 0 <= share <= 1 for share in shares):
        message = _("Step %(position)s: shares of attendance and votes are of meetings, from 0 to 1.") % place
        raise DomainError("template.shares", message, field="attendance_ratio")
    if step.approval_ratio == 1:
        message = _("Step %(position)s: the share of votes must be exceeded, so it is less than 1.") % place
        raise DomainError("template.shares", message, field="approval_ratio")
    for code in step.evidence_codes:
        require_code("evidence_kind", code, on=today(), field="evidence_codes")
