"""Periods, their freezes and the lists behind their figures."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from periods.domain.freezes import start_freeze
from periods.domain.periods import PeriodDraft, StageDraft, open_period
from periods.domain.reopening import ask_reopening
from periods.enums import PeriodKind, StageKind
from periods.models import Period
from registry.models import User
from tests.support.workers import do_jobs
from tests.tenancy.app_lists import AppLists, Ground, Written

_FIRST: Final = date(2020, 12, 1)
_LAST: Final = date(2020, 12, 30)
_CAMPAIGN: Final[dict[str, Any]] = {
    "name": "trial",
    "first_day": "2019-10-01",
    "last_day": "2019-12-31",
    "stages": [{"kind": "visit", "first_day": "2019-10-01", "last_day": "2019-10-31"}],
}


def write(ground: Ground) -> Written:
    """Freeze a campaign, and ask to open it again in the name of somebody who tries nothing."""
    actor = ground.actor
    stage = StageDraft(StageKind.VISIT, _FIRST, _LAST)
    period = open_period(PeriodDraft(PeriodKind.CAMPAIGN, _FIRST, _LAST, ground.mark[:60], (stage,)), actor=actor)
    start_freeze(period.pk, actor=actor)
    do_jobs(actor, "periods.freeze")
    asker = User.objects.create(username=f"asker-{actor.tenant_id}", name="示例", password="!")
    ask_reopening(period.pk, reason=ground.mark, actor=replace(actor, user_id=asker.pk))
    return Written({"period_id": period.pk}, {"periods_period": period.pk})


LISTS: Final = AppLists(
    pages={
        "admin:periods": "periods.view",
        "admin:period-year-new": "periods.manage",
        "admin:period-campaign-new": "periods.manage",
        "admin:period-behind": "periods.view_behind",
    },
    with_history={"periods_period"},
    models={
        "periods_period": (
            "periods.view",
            "",
            {
                "amend": "periods.manage",
                "close": "periods.manage",
                "keep-open": "periods.manage",
                "freeze": "periods.freeze",
                "publish": "periods.publish",
                "verify": "periods.view_pictures",
                "ask-reopening": "periods.ask_reopening",
                "approve-reopening": "periods.decide_reopening",
                "refuse-reopening": "periods.decide_reopening",
            },
        )
    },
    api={
        "api:periods": {"GET": "periods.view", "POST": "periods.manage"},
        "api:period-years": {"POST": "periods.manage"},
        "api:period": {"GET": "periods.view", "PUT": "periods.manage"},
        "api:period-close": {"POST": "periods.manage", "DELETE": "periods.manage"},
        "api:period-freeze": {"POST": "periods.freeze"},
        "api:period-publish": {"POST": "periods.publish"},
        "api:period-reopening": {"POST": "periods.ask_reopening"},
        "api:period-reopening-decision": {"POST": "periods.decide_reopening"},
        "api:period-behind": {"GET": "periods.view_behind"},
    },
    write=write,
    bodies={
        ("api:period", "PUT"): _CAMPAIGN,
        ("api:period-reopening", "POST"): {"reason": "trial"},
        ("api:period-reopening-decision", "POST"): {"approve": False},
    },
    versioned=dict.fromkeys(("api:period", "api:period-close", "api:period-freeze", "api:period-publish"), Period)
    | dict.fromkeys(("api:period-reopening", "api:period-reopening-decision"), Period),
    more={
        ("api:periods", "POST"): {"kind": "campaign", **_CAMPAIGN},
        ("api:period-years", "POST"): {"year": 2019},
    },
    again={"api:period-years"},
    one_more=(),
    shared={"periods_period", "periods_periodstage", "periods_snapshot"},
    deletable={
        "periods_periodstage",
        "periods_snapshot",
        "periods_frozenhousehold",
        "periods_frozenperson",
        "periods_frozenvillage",
    },
)
