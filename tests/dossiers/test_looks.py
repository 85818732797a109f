"""The nine-look checklist: what ships, how it is scored, kept by its edition, and asked for by a step."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from dossiers.domain.looks import (
    Answer,
    add_look_form,
    draft_of_look_form,
    load_shipped_look_forms,
    record_look,
    revise_look_form,
    shipped_look_forms,
)
from dossiers.domain.opening import begin_dossier
from dossiers.domain.papers import add_evidence
from dossiers.domain.steps import do_step
from dossiers.models import Look, LookForm
from dossiers.queries.looks import look_details, look_form_in_use, looks_of
from households.domain.move import move_household
from households.domain.status import change_status
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.dossiers import BEGUN_ON, PDF, advance, begun, facts_of, looked, team
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, actor_of
from tests.factories.villages import VillageFactory

KEY = "nine-look-farming"


def test_a_proposal_of_nine_questions_ships_for_each_kind_of_area_when_the_files_are_read() -> None:
    found = {form.key: (form.terrain, len(form.items), form.is_local, "建议稿" in form.source)
             for form in shipped_look_forms()}  # fmt: skip

    assert found == {
        "nine-look-farming": ("farming", 9, True, True),
        "nine-look-herding": ("herding", 9, True, True),
        "nine-look-mixed": ("mixed", 9, True, True),
    }


def test_checklists_are_loaded_once_when_the_county_has_edited_one(office: Actor) -> None:
    first = load_shipped_look_forms(actor=office)
    form = look_form_in_use(KEY)
    revise_look_form(form.id, replace(draft_of_look_form(form), name="本县九看"), actor=office, version=1)

    again = load_shipped_look_forms(actor=office)

    assert (len(first), again, look_form_in_use(KEY).name) == (3, [], "本县九看")


@pytest.mark.parametrize(
    ("choice", "score", "outcome"),
    [
        (0, "0.0", "暂不提交评议，继续走访"),
        (1, "37.5", "入户再核实"),
        (2, "75.0", "建议提交评议"),
    ],
)
def test_score_is_the_weighted_sum_when_the_checklist_is_filled_in(
    office: Actor, choice: int, score: str, outcome: str
) -> None:
    look = looked(begun("exit"), actor=office, choice=choice)

    assert (look.score, look.outcome, look.form.key) == (Decimal(score), outcome, KEY)


def test_hardest_answers_reach_the_full_score_and_each_line_shows_its_part(office: Actor) -> None:
    load_shipped_look_forms(actor=office)
    form, household = look_form_in_use(KEY), registered(status="filed")
    hardest = [Answer(len(item.choices) - 1, "") for item in draft_of_look_form(form).items]

    record_look(household.id, KEY, [replace(hardest[0], remark=" 屋顶漏雨 "), *hardest[1:]], on=BEGUN_ON, actor=office)

    (detail,) = look_details(looks_of(household.id))
    first = detail["lines"][0]
    assert (detail["score"], detail["full_score"], len(detail["lines"])) == (Decimal("100.0"), 100, 9)
    assert (first["name"], first["choice"], first["remark"]) == ("看住房", "D级危房或无房", "屋顶漏雨")
    assert (first["points"], first["most_points"]) == (Decimal("16.7"), Decimal("16.7"))


def test_filled_in_checklist_keeps_its_edition_when_the_county_edits_it(office: Actor) -> None:
    dossier = begun("exit")
    before = looked(dossier, actor=office, choice=1)
    draft = draft_of_look_form(before.form)
    items = (replace(draft.items[0], weight=Decimal(50)), *draft.items[1:])

    edited = revise_look_form(before.form_id, replace(draft, items=items), actor=office, version=1)
    after = looked(dossier, actor=office, choice=1)

    details = look_details(looks_of(dossier.household_id))
    assert (edited.edition, [detail["form_edition"] for detail in details]) == (2, [2, 1])
    assert (before.score != after.score, details[1]["score"]) == (True, before.score)


def test_visit_of_the_eleven_steps_waits_for_the_nine_look_when_it_is_not_filled_in(office: Actor) -> None:
    dossier = advance(begun("identify-eleven"), to=3)
    looked(begun("exit"), actor=office)
    add_evidence(dossier.id, PDF, name="a.pdf", kind_code="32", on=BEGUN_ON, actor=office)

    with pytest.raises(DomainError) as refused, savepoint():
        do_step(dossier.id, facts_of(dossier), actor=office)
    looked(dossier, actor=office)

    assert refused.value.code == "step.no_look"
    assert do_step(dossier.id, facts_of(dossier), actor=office).next_position == 4


def test_team_fills_in_a_checklist_without_a_dossier_when_it_visits(office: Actor) -> None:
    household = registered(status="lifted")
    load_shipped_look_forms(actor=office)

    with tenant_scope(team()) as actor:
        look = record_look(household.id, KEY, [Answer(1)] * 9, on=BEGUN_ON, actor=actor)

    assert (look.dossier, look.scope_code) == (None, household.scope_code)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answers": [Answer(1)] * 8}, "look.answers"),
        ({"answers": [Answer(4)] * 9}, "look.choice"),
        ({"answers": [Answer(-1)] * 9}, "look.choice"),
        ({"form_key": "none"}, "look.no_form"),
        ({"on": BEGUN_ON - timedelta(days=1)}, "dossier.day_before_begin"),
        ({"on": BEGUN_ON.replace(year=2099)}, "date.in_future"),
    ],
)
def test_nothing_is_written_when_the_checklist_is_not_whole(office: Actor, changes: dict[str, Any], code: str) -> None:
    dossier = begun("exit")
    looked(dossier, actor=office)
    good: dict[str, Any] = {"form_key": KEY, "answers": [Answer(1)] * 9, "on": BEGUN_ON}

    with pytest.raises(DomainError) as refused, savepoint():
        record_look(dossier.household_id, **good | changes, actor=office, dossier_id=dossier.id)

    assert (refused.value.code, Look.objects.count()) == (code, 1)


def test_checklist_is_refused_when_the_dossier_is_anothers_or_the_household_is_closed(office: Actor) -> None:
    dossier, other = begun("exit"), begun("exit")
    looked(dossier, actor=office)
    with pytest.raises(DomainError) as mixed, savepoint():
        record_look(other.household_id, KEY, [Answer(1)] * 9, on=BEGUN_ON, actor=office, dossier_id=dossier.id)
    change_status(other.household_id, "close_wrong", actor=office, on=BEGUN_ON, reason="识别不准")
    with pytest.raises(Conflict) as closed, savepoint():
        record_look(other.household_id, KEY, [Answer(1)] * 9, on=BEGUN_ON, actor=office)

    assert (mixed.value.code, closed.value.code) == ("look.other_dossier", "household.closed")


def test_checklist_of_another_area_or_role_is_refused_and_moves_with_its_household(office: Actor) -> None:
    dossier = begun("exit")
    look = looked(dossier, actor=office)
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    with pytest.raises(NotAllowed):
        record_look(dossier.household_id, KEY, [Answer(1)] * 9, on=BEGUN_ON, actor=actor_of(Role.HELPER))

    move_household(dossier.household_id, FAR_VILLAGE_CODE, actor=office, on=BEGUN_ON, reason="迁居")
    with tenant_scope(team()) as actor, pytest.raises(NotFound), savepoint():
        record_look(dossier.household_id, KEY, [Answer(1)] * 9, on=BEGUN_ON, actor=actor)

    look.refresh_from_db()
    assert look.scope_code == FAR_VILLAGE_CODE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "look_form.head"),
        ({"terrain": "city"}, "look_form.head"),
        ({"full_score": 0}, "look_form.score"),
        ({"items": ()}, "look_form.items"),
        ({"bounds": (Decimal(0), Decimal(50), Decimal(30))}, "look_form.bounds"),
        ({"bounds": (Decimal(1), Decimal(30), Decimal(50))}, "look_form.bounds"),
        ({"bounds": (Decimal(0), Decimal(30), Decimal(101))}, "look_form.bounds"),
        ({"outcomes": ("一", "二")}, "look_form.bounds"),
    ],
)
def test_checklist_is_refused_when_it_cannot_be_scored(office: Actor, change: dict[str, Any], code: str) -> None:
    good = shipped_look_forms()[0]

    with pytest.raises(DomainError) as refused, savepoint():
        add_look_form(replace(good, **change), actor=office)
    add_look_form(good, actor=office)

    assert (refused.value.code, LookForm.objects.count()) == (code, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"weight": Decimal(0)}, "look_form.item"),
        ({"name": ""}, "look_form.item"),
        ({"choices": ("好",)}, "look_form.choices"),
        ({"choices": ("好", "好")}, "look_form.choices"),
        ({"choices": ("好", " ")}, "look_form.choices"),
    ],
)
def test_checklist_is_refused_when_a_question_cannot_be(office: Actor, change: dict[str, Any], code: str) -> None:
    good = shipped_look_forms()[0]
    items = (replace(good.items[0], **change), *good.items[1:])

    with pytest.raises(DomainError) as refused, savepoint():
        add_look_form(replace(good, items=items), actor=office)
    add_look_form(good, actor=office)

    assert refused.value.code == code


def test_editing_a_checklist_is_refused_when_it_is_a_former_one_or_stale(office: Actor) -> None:
    form = add_look_form(shipped_look_forms()[0], actor=office)
    draft = draft_of_look_form(form)

    with pytest.raises(StaleVersion):
        revise_look_form(form.id, draft, actor=office, version=9)
    with pytest.raises(DomainError, match="key"), savepoint():
        revise_look_form(form.id, replace(draft, key="other"), actor=office, version=1)
    with pytest.raises(NotAllowed):
        revise_look_form(form.id, draft, actor=actor_of(Role.TOWNSHIP_CLERK), version=1)
    revise_look_form(form.id, draft, actor=office, version=1)
    with pytest.raises(Conflict, match="later edition"):
        revise_look_form(form.id, draft, actor=office, version=None)
    with pytest.raises(Conflict, match="on file"):
        add_look_form(draft, actor=office)


def test_database_keeps_what_was_filled_in_when_somebody_would_change_it(office: Actor) -> None:
    look = looked(begun("exit"), actor=office)

    for statement in ("UPDATE dossiers_look SET score = 0", "UPDATE dossiers_lookitem SET weight = 9"):
        with pytest.raises(Exception, match=r"denied|append"), savepoint(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(IntegrityError, match="remark_for_each_answer"), savepoint():
        Look.objects.create(
            scope_code=look.scope_code, household=look.household, form=look.form, looked_on=BEGUN_ON, choices=[1, 1],
            remarks=[""], score=1, outcome="x",
        )  # fmt: skip

    assert Look.objects.get().score == look.score


def test_details_ask_as_many_queries_for_three_as_for_one(office: Actor) -> None:
    dossier = begun("exit")

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            look_details(looks_of(dossier.household_id))
        return len(captured)

    looked(dossier, actor=office)
    one = cost()
    looked(dossier, actor=office, choice=0)
    looked(dossier, actor=office, choice=2)

    assert (cost(), one) == (2, 2)


def test_dossier_begins_without_a_checklist_when_the_step_does_not_ask_for_one(office: Actor) -> None:
    begun("exit")
    dossier = begin_dossier(registered(status="candidate").id, "identify-short", on=BEGUN_ON, actor=team())

    assert advance(dossier, to=3).next_position == 3


def test_look_is_entered_once_when_its_form_is_sent_twice(office: Actor) -> None:
    load_shipped_look_forms(actor=office)
    dossier = begun("exit")
    look = record_look(dossier.household_id, KEY, [Answer(1)] * 9, on=BEGUN_ON, actor=office)

    with pytest.raises(Conflict) as refused, savepoint():
        record_look(dossier.household_id, KEY, [Answer(1)] * 9, on=BEGUN_ON, actor=office)
    second = record_look(dossier.household_id, KEY, [Answer(1, "复查"), *[Answer(1)] * 8], on=BEGUN_ON, actor=office)

    assert (refused.value.code, set(Look.objects.all())) == ("look.on_file", {look, second})
