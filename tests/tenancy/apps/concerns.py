"""Requests and grievances."""

from dataclasses import replace
from typing import Final
from uuid import UUID, uuid4

from concerns.domain.grievances import AnswerDraft, GrievanceDraft, answer_grievance, file_grievance
from concerns.domain.periods import set_period
from concerns.domain.requests import RequestDraft, enter_request
from concerns.domain.solving import solve_request, take_request
from concerns.domain.whom import Whom
from concerns.models import ConcernPeriod, Grievance, HelpRequest
from households.models import Household
from tests.factories.dossiers import PDF
from tests.factories.households import FIRST_DAY
from tests.tenancy.app_lists import AppLists, Ground, Written


def _request(home: Household, ground: Ground) -> HelpRequest:
    draft = RequestDraft(
        household_id=home.pk,
        kind_code="5",
        channel_code="1",
        told_on=FIRST_DAY,
        text=ground.mark,
        key=str(home.pk),
    )
    return enter_request(draft, actor=ground.actor)


def write(ground: Ground) -> Written:
    """Set a period, and for each household enter a solved request with its paper and an answered grievance."""
    mark, actor = ground.mark, ground.actor
    period = set_period("1", days=5, counts_working_days=True, source=mark, actor=actor)
    found: dict[str, UUID] = {}
    for home in (ground.far, ground.household):
        told = RequestDraft(village_id=home.village_id, kind_code="6", channel_code="1", told_on=FIRST_DAY, text=mark)
        enter_request(told, actor=actor)
        row = take_request(_request(home, ground).pk, actor=actor)
        solve_request(row.pk, on=FIRST_DAY, solution=mark, content=PDF, name=f"{mark}.pdf", actor=actor)
        draft = GrievanceDraft(filed_on=FIRST_DAY, channel_code="6", matter_code="2", text=mark)
        grievance = file_grievance(home.pk, draft, Whom(), actor=actor)
        answer = AnswerDraft(answered_on=FIRST_DAY, verdict="not_upheld", text=mark)
        # Answered by nobody who asks, so that whoever asks may enter what the household says.
        answer_grievance(grievance.pk, answer, actor=replace(actor, user_id=uuid4()))
        found = {"concerns_helprequest": row.pk, "concerns_grievance": grievance.pk}
    ids = {
        "period_id": period.pk,
        "help_request_id": found["concerns_helprequest"],
        "request_id": found["concerns_helprequest"],
        "grievance_id": found["concerns_grievance"],
    }
    return Written(ids, {"concerns_concernperiod": period.pk, **found})


_STEPS: Final = {
    "take": "concerns.work_requests",
    "solve": "concerns.work_requests",
    "confirm": "concerns.work_requests",
    "reopen": "concerns.work_requests",
    "amend": "concerns.enter_requests",
    "transfer": "concerns.settle_requests",
    "refuse": "concerns.settle_requests",
    "withdraw": "concerns.settle_requests",
}
_TOLD: Final = {"kind_code": "5", "channel_code": "1", "told_on": "2021-03-01", "text": "trial"}
_REASON: Final = {"reason": "trial"}

LISTS: Final = AppLists(
    pages={
        "admin:help-request-board": "concerns.view_board",
        "admin:help-requests-upload": "concerns.enter_requests",
        "admin:help-request-file": "concerns.view_requests",
        "admin:file-grievance": "concerns.file_grievance",
        "admin:grievance-sheet": "concerns.view_grievances",
        "admin:grievances-above": "concerns.view_above",
        "admin:grievance-above": "concerns.view_above",
        "admin:grievance-above-acknowledge": "concerns.answer_above",
        "admin:grievance-above-answer": "concerns.answer_above",
        "admin:grievance-above-reply": "concerns.answer_above",
    },
    with_history={"concerns_helprequest", "concerns_concernperiod"},
    models={
        "concerns_helprequest": ("concerns.view_requests", "", _STEPS),
        "concerns_concernperiod": ("concerns.view_periods", "concerns.manage_periods", {}),
        "concerns_grievance": (
            "concerns.view_grievances",
            "",
            {
                "acknowledge": "concerns.answer_grievance",
                "answer": "concerns.answer_grievance",
                "reply": "concerns.record_reply",
                "withdraw": "concerns.record_reply",
            },
        ),
    },
    api={
        "api:help-requests": {"GET": "concerns.view_requests", "POST": "concerns.enter_requests"},
        "api:help-request-lines": {"POST": "concerns.enter_requests"},
        "api:help-request": {"GET": "concerns.view_requests", "PUT": "concerns.enter_requests"},
        **{f"api:help-request-{name}": {"POST": right} for name, right in _STEPS.items() if name != "amend"},
        "api:help-request-file": {"GET": "concerns.view_requests"},
        "api:help-request-board": {"GET": "concerns.view_board"},
        "api:concern-periods": {"GET": "concerns.view_periods", "POST": "concerns.manage_periods"},
        "api:concern-period": {"PUT": "concerns.manage_periods"},
        "api:grievances": {"GET": "concerns.view_grievances", "POST": "concerns.file_grievance"},
        "api:grievance": {"GET": "concerns.view_grievances"},
        "api:grievance-acknowledge": {"POST": "concerns.answer_grievance"},
        "api:grievance-answer": {"POST": "concerns.answer_grievance"},
        "api:grievance-reply": {"POST": "concerns.record_reply"},
        "api:grievance-withdraw": {"POST": "concerns.record_reply"},
    },
    write=write,
    bodies={
        ("api:help-requests", "POST"): {"household_id": "{household_id}", **_TOLD},
        ("api:help-request-lines", "POST"): {"lines": [{"household_id": "{household_id}", **_TOLD}]},
        ("api:help-request", "PUT"): _TOLD,
        ("api:help-request-take", "POST"): {},
        ("api:help-request-transfer", "POST"): {"owner_role": "township_clerk", **_REASON},
        ("api:help-request-solve", "POST"): {"on": "2021-03-01", "solution": "trial"},
        ("api:help-request-confirm", "POST"): {"on": "2021-03-01", "confirmation_code": "1"},
        ("api:help-request-reopen", "POST"): _REASON,
        ("api:help-request-refuse", "POST"): _REASON,
        ("api:help-request-withdraw", "POST"): _REASON,
        ("api:concern-period", "PUT"): {"days": 6, "counts_working_days": True, "source": "trial"},
        ("api:grievances", "POST"): {
            "household_id": "{household_id}",
            "filed_on": "2021-03-01",
            "channel_code": "6",
            "matter_code": "2",
            "text": "trial",
            "against": "nobody",
        },
        ("api:grievance-acknowledge", "POST"): {},
        ("api:grievance-answer", "POST"): {"answered_on": "2021-03-01", "verdict": "not_upheld", "text": "trial"},
        ("api:grievance-reply", "POST"): {"is_content": False, "on": "2021-03-01"},
        ("api:grievance-withdraw", "POST"): {"word_on": "2021-03-05", "word_code": "3"},
    },
    versioned={"help_request_id": HelpRequest, "period_id": ConcernPeriod, "grievance_id": Grievance},
    figures={"api:help-request-board"},
    more={
        ("api:concern-periods", "POST"): {
            "code": "2",
            "days": 6,
            "counts_working_days": True,
            "source": "trial",
        },
    },
    named={"help_visit_id": "assistance_helpvisit", "team_id": "villages_workteam"},
    shared={"concerns_concernperiod"},
    # The household's and the grievance's number stand for a place on the register; a program's name of a line.
    stays={"concerns_grievance.number", "concerns_grievance.household_number", "concerns_helprequest.key"},
    of_households={"help_request_id", "grievance_id"},
)
