"""The catalogue of reports: runs of any report with their files, and own reports."""

from typing import Final

from registry.lib.periods import today
from registry.tenancy.context import Actor
from reports.definitions.causes import ID
from reports.domain.asking import ReportDraft, start_report
from reports.domain.own import OwnDraft, keep_own_report
from reports.models import OwnReport
from tests.support.workers import do_jobs
from tests.tenancy.app_lists import AppLists, Ground, Written


def write(ground: Ground) -> Written:
    """Keep an own report, and make the causes table of the county as of today."""
    actor: Actor = ground.actor
    own = keep_own_report(OwnDraft(ground.mark, "household", columns=("household_number",)), actor=actor)
    run = start_report(ReportDraft(ID, formats=("csv",), as_of=today()), actor=actor)
    do_jobs(actor, "reports.report")
    ids = {"catalogue_run_id": run.pk, "own_id": own.pk, "kind": "csv"}
    return Written(ids=ids)


_OWN: Final = {"name": "trial", "level": "household", "columns": ["household_number"]}
LISTS: Final = AppLists(
    pages={
        "admin:report-catalogue": "reports.use_catalogue",
        "admin:catalogue-ask": "reports.use_catalogue",
        "admin:catalogue-run": "reports.use_catalogue",
        "admin:catalogue-behind": "reports.view_area",
        "admin:catalogue-file": "reports.use_catalogue",
        "admin:own-reports": "reports.compose",
        "admin:own-report-new": "reports.compose",
        "admin:own-report": "reports.compose",
        "admin:own-report-retire": "reports.compose",
    },
    api={
        "api:catalogue-reports": {"GET": "reports.use_catalogue"},
        "api:catalogue-runs": {"GET": "reports.use_catalogue", "POST": "reports.use_catalogue"},
        "api:catalogue-run": {"GET": "reports.use_catalogue"},
        "api:catalogue-run-file": {"GET": "reports.use_catalogue"},
        "api:own-reports": {"GET": "reports.view_persons", "POST": "reports.compose"},
        "api:own-report": {"GET": "reports.view_persons", "PUT": "reports.compose", "DELETE": "reports.compose"},
        "api:own-report-columns": {"GET": "reports.view_persons"},
    },
    write=write,
    bodies={
        ("api:own-report", "PUT"): _OWN,
        ("api:own-report", "DELETE"): {},
    },
    versioned={"own_id": OwnReport},
    more={
        ("api:catalogue-runs", "POST"): {"report": ID, "as_of": "2021-03-01"},
        ("api:own-reports", "POST"): _OWN,
    },
    figures={"api:catalogue-reports", "api:own-report-columns"},
    named={"period_id": "periods_period"},
    one_more={"api:catalogue-runs"},
    shared={"reports_ownreport"},
)
