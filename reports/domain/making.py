"""Make the files of a report that was asked for, and hand them out."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from periods.domain.questions import picture_at_once
from periods.models import Snapshot
from registry import audit
from registry.access import require
from registry.domain.documents import read_document, store_document
from registry.jobs import Progress
from registry.lib.errors import DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from reports.catalogue.base import REVEALED, SECTOR, Basis, Picture, Report
from reports.definitions.layout import Layout
from reports.definitions.text import language_of
from reports.domain.account_files import account_file
from reports.domain.asking import REVEAL_ACTION
from reports.domain.deliveries import queue_mails
from reports.domain.reading import find_catalogue_run, report_known
from reports.enums import Format, RunState
from reports.models import ReportRun, RunFile
from reports.renderers.formats import file_name, render
from reports.workflow import RUN_STEPS, before

DOCUMENT_KIND: Final = "report"


def make_report(run_id: UUID, *, actor: Actor, progress: Progress) -> ReportRun:
    """Make each file of a queued run, with the rights that who asked has by now; one that announces has none.

    All in the transaction of the caller. Locks: the run. Raises: NotAllowed when the right or the area was lost since;
    whatever the report cannot be made for.
    """
    run = _take(run_id)
    report = report_known(run.report_id)
    if not run.is_announcement:
        _make_files(run, report, actor=actor, progress=progress)
    run.state, run.finished_at = RunState.FINISHED, timezone.now()
    run.save(update_fields=["state", "finished_at"])
    audit.record("reports.finish_run", run, actor=actor, changes={"state": (RunState.RUNNING, RunState.FINISHED)})
    if run.schedule is not None:
        queue_mails(run, run.schedule, actor=actor)
    return run


def _make_files(run: ReportRun, report: Report, *, actor: Actor, progress: Progress) -> None:
    require_still(run, report, actor=actor)
    progress.report(0, len(run.formats))
    if report.basis is Basis.SNAPSHOT and run.snapshot_id is None:
        _take_picture(run, report, actor=actor)
    for number, one in enumerate(run.formats, start=1):
        # A layout is read once: its rows stream from the database into one file.
        layout = report.layout(picture_of_run(run), actor=actor, language=language_of(run.language))
        _keep(run, layout, Format(one), actor=actor)
        progress.report(number, len(run.formats))


def _take_picture(run: ReportRun, report: Report, *, actor: Actor) -> None:
    """Make the picture of the day that was asked about, or take the one that answers the same question."""
    if run.as_of is None:
        raise ValueError("A run of the catalogue is about a day.")
    if report.keeps_figures and run.known_at is None:
        run.known_at = timezone.now()  # postings are read beside the picture: both as known at one moment
    picture = picture_at_once(run.as_of, known_at=run.known_at, area_code=run.area_code, actor=actor)
    run.snapshot_id = picture.pk
    run.save(update_fields=["snapshot_id", "known_at"])


def picture_of_run(run: ReportRun) -> Picture:
    """Give the picture that a run was asked about; without its snapshot where that was removed since.

    A picture of a day is kept for some days: read after that it would show nothing but noughts.
    """
    if run.as_of is None:
        raise NotFound("report.no_picture", _("This run is one of the clear account. Open it there."))
    return Picture(
        as_of=run.as_of,
        area_code=run.area_code,
        known_at=run.known_at,
        snapshot_id=_kept_snapshot(run),
        period_id=run.period_id,
        household_id=run.household_id,
        options=tuple(run.options.items()),
    )


def _kept_snapshot(run: ReportRun) -> UUID | None:
    if run.snapshot_id is None or Snapshot.objects.filter(pk=run.snapshot_id).exists():
        return run.snapshot_id
    return None


def require_still(run: ReportRun, report: Report, *, actor: Actor) -> None:
    """Refuse who lost a right that the run needs, the sector, or the area. Raises: NotAllowed."""
    require(actor, report.right)
    if not run.keeps_figures:
        for right in report.further_rights(picture_of_run(run)):
            require(actor, right)
    if REVEALED in run.options:
        require(actor, REVEAL_ACTION)
    if run.options.get(SECTOR, actor.sector) != actor.sector:
        raise NotAllowed("report.sector_lost", _("You work in another sector by now. Ask for the list of that one."))
    if run.household_id is None and not actor.covers_whole(run.area_code):
        raise NotAllowed("report.area_lost", _("Your area no longer holds this division. Ask for your own area."))


def _take(run_id: UUID) -> ReportRun:
    run = ReportRun.objects.select_for_update(of=("self",)).filter(pk=run_id).first()
    if run is None:
        raise NotFound("report.no_such_run", _("There is no such run of a report."))
    if run.state not in before(RUN_STEPS, RunState.RUNNING):
        raise DomainError("report.already_made", _("This run was made before. Start another one."))
    run.state, run.started_at = RunState.RUNNING, timezone.now()
    run.save(update_fields=["state", "started_at"])
    return run


def _keep(run: ReportRun, layout: Layout, one: Format, *, actor: Actor) -> None:
    content, media_type, suffix = render(layout, one)
    document = store_document(
        content,
        name=file_name(layout, suffix),
        media_type=media_type,
        kind=DOCUMENT_KIND,
        actor=actor,
        scope_code=run.scope_code,
        expires_on=lapses_on() if layout.holds_persons else None,
    )
    RunFile(run=run, format=one, document=document, scope_code=run.scope_code).save()


def lapses_on() -> date:
    """Give the day on which a file with persons that is made now is no longer kept."""
    return today() + timedelta(days=settings.REPORT_FILE_DAYS)


def file_of_run(run_id: UUID, one: str, *, actor: Actor) -> tuple[str, str, bytes]:
    """Give name, media type and content of a finished run's file; the download is audited.

    Raises: NotFound for an unknown run or format, somebody else's run with persons, or a file that has lapsed;
    NotAllowed for who lost the right or the area since.
    """
    run = find_catalogue_run(run_id, actor=actor)
    require_still(run, report_known(run.report_id), actor=actor)
    if run.keeps_figures:
        name, made = account_file(run, one, language=language_of(get_language() or ""), actor=actor)
        return name, made.media_type, made.content
    file = RunFile.objects.select_related("document").filter(run=run, format=one).first()
    if file is None:
        raise NotFound("report.no_file", _("This run has no such file. Ask for the report again in this format."))
    content = read_document(file.document, actor=actor)
    audit.record("reports.download_file", run, actor=actor, changes={"format": (None, one)})
    return file.document.name, file.document.media_type, content
