"""Templates of steps: what ships, and how a county edits its own."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test import Client

from dossiers.domain.procedure import set_procedure
from dossiers.domain.templates import (
    StepDraft,
    TemplateDraft,
    add_template,
    copy_template,
    draft_of,
    load_shipped_templates,
    retire_template,
    revise_template,
    shipped_templates,
)
from dossiers.models import CountyProcedure, StepTemplate, TemplateStep
from dossiers.queries.templates import county_procedure, steps_of, template_in_use
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, actor_of, county, county_office, service
from tests.registry.people import client_of, person, token_of


def shipped(key: str) -> TemplateDraft:
    return next(draft for draft in shipped_templates() if draft.key == key)


def test_templates_of_every_kind_ship_when_the_files_are_read() -> None:
    found = {draft.key: (draft.kind, len(draft.steps), draft.is_local) for draft in shipped_templates()}

    assert found == {
        "exit": ("exit", 7, False),
        "identify-eleven": ("identify", 11, True),
        "identify-short": ("identify", 7, False),
        "monitor": ("monitor", 7, False),
        "remove-risk": ("remove_risk", 5, False),
        "return-short": ("return", 7, False),
    }


@pytest.mark.parametrize(("key", "days"), [("identify-eleven", [7, 7]), ("exit", [7]), ("monitor", [5])])
def test_notices_hang_for_the_days_of_their_source_when_the_files_are_read(key: str, days: list[int]) -> None:
    notices = [step for step in shipped(key).steps if step.form == "notice"]

    assert [step.minimum_days for step in notices] == days
    assert all(step.source for step in notices)


def test_templates_are_loaded_once_when_the_county_has_edited_one(office: Actor) -> None:
    first = load_shipped_templates(actor=office)
    exit_template = template_in_use("exit")
    revise_template(exit_template.id, replace(draft_of(exit_template), name="本县退出程序"), actor=office, version=1)

    again = load_shipped_templates(actor=office)

    assert (len(first), again, template_in_use("exit").name) == (6, [], "本县退出程序")


def test_command_gives_its_county_alone_the_templates_when_it_runs(db: None) -> None:
    own, other = county(), county(OTHER_COUNTY_CODE)

    call_command("load_step_templates", COUNTY_CODE, verbosity=0)

    with tenant_scope(service()):
        loaded = StepTemplate.objects.count()
    with tenant_scope(service(OTHER_COUNTY_CODE)):
        elsewhere = StepTemplate.objects.count()
    assert (loaded, elsewhere, own.id != other.id) == (6, 0, True)


def test_command_is_refused_when_there_is_no_such_county(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("load_step_templates", "549999000000")


def test_edition_is_kept_when_the_template_is_edited(office: Actor) -> None:
    template = add_template(shipped("exit"), actor=office)
    steps = draft_of(template).steps
    longer = tuple(replace(step, minimum_days=10) if step.form == "notice" else step for step in steps)

    edited = revise_template(template.id, replace(draft_of(template), steps=longer), actor=office, version=1)

    template.refresh_from_db()
    assert (template.is_current, edited.edition, template_in_use("exit")) == (False, 2, edited)
    assert [step.minimum_days for step in steps_of(template) if step.form == "notice"] == [7]
    assert [step.minimum_days for step in steps_of(edited) if step.form == "notice"] == [10]


def test_editing_is_refused_when_the_edition_is_a_former_one_or_stale(office: Actor) -> None:
    template = add_template(shipped("exit"), actor=office)
    draft = draft_of(template)

    with pytest.raises(StaleVersion):
        revise_template(template.id, draft, actor=office, version=9)
    with pytest.raises(DomainError, match="Key and kind"), savepoint():
        revise_template(template.id, replace(draft, key="other"), actor=office, version=1)
    revise_template(template.id, draft, actor=office, version=1)
    with pytest.raises(Conflict, match="later edition"):
        revise_template(template.id, draft, actor=office, version=None)
    with pytest.raises(Conflict, match="on file"):
        add_template(draft, actor=office)


@pytest.mark.parametrize(
    ("position", "change", "code"),
    [
        (5, {"minimum_days": None}, "template.notice_days"),
        (5, {"form": "general", "minimum_days": None}, "template.form_missing"),
        (1, {"role_codes": ()}, "template.roles"),
        (1, {"role_codes": ("helper",)}, "template.roles"),
        (1, {"evidence_codes": ("none",)}, "code.unknown"),
        (1, {"approval_ratio": Decimal(1)}, "template.shares"),
        (2, {"attendance_ratio": Decimal("0.5")}, "template.shares"),
        (6, {"form": "announcement"}, "template.one_announcement"),
        (3, {"minimum_days": 5, "maximum_days": 2}, "template.days"),
        (1, {"name": " "}, "template.step"),
    ],
)
def test_template_is_refused_when_a_step_cannot_be(
    office: Actor, position: int, change: dict[str, object], code: str
) -> None:
    good = shipped("exit")
    steps = list(good.steps)
    steps[position - 1] = replace(steps[position - 1], **change)  # type: ignore[arg-type]  # one field of any type

    with pytest.raises(DomainError) as refused, savepoint():
        add_template(replace(good, steps=tuple(steps)), actor=office)
    add_template(good, actor=office)

    assert (refused.value.code, StepTemplate.objects.count()) == (code, 1)


@pytest.mark.parametrize("change", [{"key": ""}, {"kind": "other"}, {"steps": ()}])
def test_template_is_refused_when_its_head_is_empty(office: Actor, change: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        add_template(replace(shipped("exit"), **change), actor=office)  # type: ignore[arg-type]  # one field of any type


def test_step_is_kept_as_written_when_somebody_would_change_it(office: Actor) -> None:
    step = steps_of(add_template(shipped("exit"), actor=office))[0]

    with pytest.raises(Exception, match=r"denied|append"), savepoint(), connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_templatestep SET name = 'x' WHERE id = %s", [step.id])
    with pytest.raises(IntegrityError, match="one_in_use"), savepoint():
        StepTemplate.objects.create(scope_code=COUNTY_CODE, key="exit", edition=9, kind="exit", name="x")

    assert TemplateStep.objects.get(pk=step.id).name == step.name


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM])
def test_templates_and_rules_are_refused_when_the_role_is_below_the_county(db: None, role: Role) -> None:
    with tenant_scope(actor_of(role)) as actor:
        with pytest.raises(NotAllowed):
            add_template(shipped("exit"), actor=actor)
        with pytest.raises(NotAllowed):
            set_procedure({"needs_dossier": True}, actor=actor)
        with pytest.raises(NotFound):
            template_in_use("exit")


def test_rules_of_procedure_are_defaults_until_the_county_sets_them(office: Actor) -> None:
    before = county_procedure()
    row = set_procedure({"lead_days": 20, "counts_working_days": True}, actor=office)
    changed = set_procedure({"needs_dossier": True}, actor=office, version=row.version)

    with pytest.raises(StaleVersion):
        set_procedure({"needs_dossier": False}, actor=office, version=1)
    with pytest.raises(DomainError, match="90 days"):
        set_procedure({"lead_days": 0}, actor=office)

    assert (before.lead_days, before.needs_dossier, before.removal_months, before.measure_months) == (15, False, 6, 1)
    assert (changed.lead_days, changed.needs_dossier, changed.version) == (20, True, 2)
    assert CountyProcedure.objects.count() == 1


def test_rules_are_each_countys_own_when_another_sets_them(office: Actor, other_county: Actor) -> None:
    set_procedure({"needs_dossier": True}, actor=office)

    with tenant_scope(other_county):
        elsewhere = county_procedure().needs_dossier

    assert (county_procedure().needs_dossier, elsewhere) == (True, False)


def test_step_draft_is_general_unless_said_when_made() -> None:
    assert (StepDraft("x").form, StepDraft("x").minimum_days) == ("general", None)


def test_county_has_a_template_of_its_own_when_it_copied_one(office: Actor) -> None:
    load_shipped_templates(actor=office)
    eleven = template_in_use("identify-eleven")

    own = copy_template(eleven.id, name=" trial ", actor=office)
    with pytest.raises(Conflict) as taken, savepoint():
        copy_template(eleven.id, name="trial", actor=office)

    assert (own.kind, own.name, own.edition, own.is_local, own.is_current) == (
        "identify",
        "trial",
        1,
        True,
        True,
    )
    assert draft_of(own).steps == draft_of(eleven).steps
    assert (taken.value.code, template_in_use("identify-eleven")) == ("template.name_taken", eleven)


def test_template_goes_out_of_use_unless_it_is_the_last_of_its_kind(office: Actor) -> None:
    load_shipped_templates(actor=office)
    short, last = template_in_use("identify-short"), template_in_use("exit")

    retire_template(short.id, actor=office, version=short.version)
    with pytest.raises(Conflict) as again, savepoint():
        retire_template(short.id, actor=office, version=short.version + 1)
    with pytest.raises(Conflict) as kept, savepoint():
        retire_template(last.id, actor=office, version=last.version)

    assert not StepTemplate.objects.get(pk=short.id).is_current
    assert (again.value.code, kept.value.code) == ("template.not_in_use", "template.last_of_kind")
    assert load_shipped_templates(actor=office) == []


def test_new_county_takes_copies_and_retires_templates_when_it_uses_site_and_rest(db: None) -> None:
    account = person(Role.COUNTY_OFFICE)
    program = Client(headers={"authorization": f"Bearer {token_of(account, Role.COUNTY_OFFICE)}"})

    taken = client_of(account).post("/admin/dossiers/take-templates/")
    again = program.post("/api/v1/step-templates/shipped/")
    with tenant_scope(county_office()):
        short = template_in_use("identify-short")
    copied = program.post(
        f"/api/v1/step-templates/{short.pk}/copy/", {"name": "trial"}, content_type="application/json"
    )
    retired = program.post(f"/api/v1/step-templates/{short.pk}/retire/", headers={"if-match": '"1"'})
    offered = client_of(account).post(
        f"/admin/dossiers/steptemplate/{copied.json()['id']}/do/copy/", {"name": "second trial"}
    )

    with tenant_scope(county_office()):
        names = set(StepTemplate.objects.filter(is_current=True, kind="identify").values_list("name", flat=True))
    assert (taken.status_code, again.json()) == (302, {"keys": []})
    assert (copied.status_code, copied.json()["steps"][0]["form"]) == (201, "application")
    assert (retired.status_code, retired.json()["is_current"], offered.status_code) == (200, False, 302)
    assert {"trial", "second trial"} < names
    assert short.name not in names
