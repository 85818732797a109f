"""Jobs and due work: once, in the asker's name, and never lost."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from registry import jobs
from registry.enums import JobState
from registry.lib.errors import DomainError
from registry.lib.idcard import parse_document
from registry.models import Document, DueWork, Job, User
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import county_office

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(hours=1)
ENGLISH = {
    "test.refuse": "There is no such division. Choose it from the list.",
    "test.refuse_row": (
        "The document number has 17 characters. An identity card has 18, a disability certificate 20 or 22: "
        "compare it with the card."
    ),
}


@jobs.job("test.write")
def write(progress: jobs.Progress, **arguments: str) -> dict[str, Any]:
    Document(
        sha256="0" * 64, name=arguments["name"], media_type="", kind="test", byte_count=1, scope_code="549901000000"
    ).save()
    progress.report(1, 1)
    return {"written": 1}


@jobs.job("test.refuse")
def refuse(progress: jobs.Progress, **arguments: str) -> None:
    write(progress, name="undone")
    raise DomainError("test.refused", _("There is no such division. Choose it from the list."))


@jobs.job("test.refuse_row")
def refuse_row(progress: jobs.Progress, **arguments: str) -> None:
    parse_document("5" * 17)


def answer(arguments: dict[str, str], code: str, message: object) -> None:
    write(jobs.Progress(), name="answer")


def die(arguments: dict[str, str], code: str, message: object) -> None:
    answer(arguments, code, message)
    raise KeyboardInterrupt


def stumble(arguments: dict[str, str], code: str, message: object) -> None:
    answer(arguments, code, message)
    raise LookupError


jobs.job("test.answered", on_failure=answer)(refuse)
jobs.job("test.killed", on_failure=die)(refuse)
jobs.job("test.stumbles", on_failure=stumble)(refuse)


@jobs.job("test.break")
def break_off(progress: jobs.Progress, **arguments: str) -> None:
    write(progress, name="undone")
    raise RuntimeError("a value that nobody may see")


def queued(county: Actor, kind: str = "test.write", key: str = "one") -> Job:
    with tenant_scope(county):
        return jobs.enqueue(kind, key=key, arguments={"name": "a"}, actor=county)


def test_same_job_is_given_when_the_key_is_the_same(county: Actor) -> None:
    first = queued(county)

    second = queued(county)

    assert second.pk == first.pk


def test_effects_and_state_are_kept_together_when_a_job_runs(county: Actor) -> None:
    row = queued(county)

    state = jobs.run(county.tenant_id, row.pk)

    with tenant_scope(county):
        row.refresh_from_db()
        names = list(Document.objects.values_list("name", flat=True))
    assert (state, row.state, row.result, names) == (JobState.DONE, JobState.DONE, {"written": 1}, ["a"])


def test_job_works_once_when_it_is_delivered_twice(county: Actor) -> None:
    row = queued(county)
    jobs.run(county.tenant_id, row.pk)

    again = jobs.run(county.tenant_id, row.pk)

    with tenant_scope(county):
        assert (again, Document.objects.count()) == (None, 1)


def test_due_work_is_forgotten_when_the_job_is_done(county: Actor) -> None:
    row = queued(county)
    waiting = DueWork.objects.count()

    jobs.run(county.tenant_id, row.pk)

    assert (waiting, DueWork.objects.count()) == (1, 0)


def test_reason_is_kept_and_effects_undone_when_a_job_is_refused(county: Actor) -> None:
    row = queued(county, "test.refuse")

    jobs.run(county.tenant_id, row.pk)

    with tenant_scope(county):
        row.refresh_from_db()
        written = Document.objects.count()
    assert (row.state, row.error_code, str(row.error), written) == (
        JobState.FAILED,
        "test.refused",
        ENGLISH["test.refuse"],
        0,
    )


@pytest.mark.parametrize("kind", ["test.refuse", "test.refuse_row"])
def test_reason_is_shown_in_the_readers_language_when_the_worker_spoke_another(county: Actor, kind: str) -> None:
    row = queued(county, kind)
    with translation.override("zh-hans"):
        jobs.run(county.tenant_id, row.pk)

    with tenant_scope(county):
        row.refresh_from_db()
        values = Job.objects.values("error").get()
    with translation.override("zh-hans"):
        in_chinese = str(row.error)

    assert (str(row.error), str(values["error"])) == (ENGLISH[kind], ENGLISH[kind])
    assert in_chinese not in ENGLISH.values()


def test_failure_and_what_is_done_about_it_are_kept_together_when_a_job_is_refused(county: Actor) -> None:
    row = queued(county, "test.answered")

    jobs.run(county.tenant_id, row.pk)

    with tenant_scope(county):
        row.refresh_from_db()
        assert (row.state, Document.objects.get().name) == (JobState.FAILED, "answer")


def test_job_is_lost_and_not_failed_when_its_worker_dies_before_the_failure_was_answered(county: Actor) -> None:
    row = queued(county, "test.killed")

    with pytest.raises(KeyboardInterrupt):
        jobs.run(county.tenant_id, row.pk)

    with tenant_scope(county):
        row.refresh_from_db()
        assert (row.state, Document.objects.count(), DueWork.objects.count()) == (JobState.RUNNING, 0, 1)


def test_job_is_failed_when_the_answer_to_its_failure_breaks(county: Actor, caplog: pytest.LogCaptureFixture) -> None:
    row = queued(county, "test.stumbles")

    with pytest.raises(LookupError):
        jobs.run(county.tenant_id, row.pk)

    with tenant_scope(county):
        row.refresh_from_db()
        assert (row.state, Document.objects.count(), DueWork.objects.count()) == (JobState.FAILED, 0, 0)
    assert "job_failure_unanswered" in caplog.text


def test_job_is_not_done_when_the_account_of_its_asker_was_closed(county: Actor) -> None:
    office = county_office()
    row = queued(office)
    User.objects.filter(username__startswith=office.username).update(is_active=False)

    jobs.run(county.tenant_id, row.pk)

    with tenant_scope(county):
        row.refresh_from_db()
        assert (row.state, row.error_code, Document.objects.count()) == (JobState.FAILED, "job.no_membership", 0)


def test_error_text_hides_the_cause_when_a_job_breaks(county: Actor) -> None:
    row = queued(county, "test.break")

    with pytest.raises(RuntimeError):
        jobs.run(county.tenant_id, row.pk)

    with tenant_scope(county):
        row.refresh_from_db()
        written = Document.objects.count()
    assert (row.state, row.error_code, written) == (JobState.FAILED, "job.internal", 0)
    assert "nobody" not in str(row.error)


def test_running_job_is_left_alone_when_its_worker_lives(county: Actor) -> None:
    row = queued(county)
    with tenant_scope(county):
        Job.objects.filter(pk=row.pk).update(state=JobState.RUNNING, heartbeat_at=timezone.now())

    state = jobs.run(county.tenant_id, row.pk)

    assert state is None


def test_lost_job_is_done_by_another_when_its_heart_stopped(county: Actor) -> None:
    row = queued(county)
    with tenant_scope(county):
        Job.objects.filter(pk=row.pk).update(state=JobState.RUNNING, heartbeat_at=timezone.now() - LONG_AGO)

    state = jobs.run(county.tenant_id, row.pk)

    assert state == JobState.DONE


def test_job_fails_when_it_was_lost_too_often(county: Actor) -> None:
    row = queued(county)
    with tenant_scope(county):
        Job.objects.filter(pk=row.pk).update(attempts=jobs.MOST_ATTEMPTS)

    jobs.run(county.tenant_id, row.pk)

    with tenant_scope(county):
        row.refresh_from_db()
    assert (row.state, row.error_code) == (JobState.FAILED, "job.lost")


# --- due work ---------------------------------------------------------------------------------------------------------
called: list[str] = []


@jobs.due("test.once")
def note_once(actor: Actor, key: str, due_at: datetime) -> None:
    called.append(key)


@jobs.due("test.again")
def note_again(actor: Actor, key: str, due_at: datetime) -> datetime:
    return timezone.now() + timedelta(days=1)


@jobs.due("test.breaks")
def note_break(actor: Actor, key: str, due_at: datetime) -> None:
    raise RuntimeError


def test_due_work_is_done_once_when_its_moment_has_come(county: Actor) -> None:
    called.clear()
    jobs.schedule_due(county.tenant_id, "test.once", "now", timezone.now() - LONG_AGO)
    jobs.schedule_due(county.tenant_id, "test.once", "later", timezone.now() + LONG_AGO)

    counts = (jobs.tick(), jobs.tick())

    assert (counts, called) == ((1, 0), ["now"])
    assert list(DueWork.objects.values_list("key", flat=True)) == ["later"]


def test_due_work_moves_on_when_its_handler_names_the_next_moment(county: Actor) -> None:
    jobs.schedule_due(county.tenant_id, "test.again", "k", timezone.now() - LONG_AGO)

    jobs.tick()

    assert DueWork.objects.get().due_at > timezone.now() + timedelta(hours=23)


def test_due_work_waits_for_the_lease_when_its_handler_breaks(county: Actor, caplog: pytest.LogCaptureFixture) -> None:
    jobs.schedule_due(county.tenant_id, "test.breaks", "k", timezone.now() - LONG_AGO)

    with pytest.raises(ExceptionGroup):
        jobs.tick()

    assert DueWork.objects.get().due_at > timezone.now()
    assert "due_work_failed" in caplog.text


def test_one_piece_moves_when_the_same_work_is_scheduled_twice(county: Actor) -> None:
    later = timezone.now() + LONG_AGO
    jobs.schedule_due(county.tenant_id, "test.once", "k", timezone.now())

    jobs.schedule_due(county.tenant_id, "test.once", "k", later)

    assert DueWork.objects.get().due_at == later
