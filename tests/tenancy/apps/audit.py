"""Doors that came to older apps: runs of the rules, exemptions, own templates, coverage, and periods of the county."""

from datetime import date
from typing import Final

from assistance.domain.helper import set_support_period
from assistance.models import SupportPeriod
from households.domain.anonymise import set_objection_period
from households.models import ObjectionPeriod
from tests.tenancy.app_lists import AppLists, Ground, Written

_DAYS: Final = {"starts_on": "2018-01-01", "ends_on": "2019-01-01"}


def write(ground: Ground) -> Written:
    """State a support period and an objection period beside those of the other tests."""
    support = set_support_period(2018, starts_on=date(2018, 1, 1), ends_on=date(2019, 1, 1), actor=ground.actor)
    objections = set_objection_period(date(2019, 1, 1), days=30, actor=ground.actor)
    return Written({"support_period_id": support.pk, "objection_period_id": objections.pk})


LISTS: Final = AppLists(
    pages={
        "admin:findings-run": "quality.run",
        "admin:take-templates": "dossiers.manage_templates",
        "admin:help-requests-paste": "concerns.enter_requests",
    },
    api={
        "api:quality-runs": {"POST": "quality.run"},
        "api:exemptions": {"GET": "quality.view"},
        "api:step-template-copy": {"POST": "dossiers.manage_templates"},
        "api:step-templates-shipped": {"POST": "dossiers.manage_templates"},
        "api:step-template-retirement": {"POST": "dossiers.manage_templates"},
        "api:helper-coverage": {"GET": "assistance.view_coverage"},
        "api:households-without-helper": {"GET": "assistance.view_coverage"},
        "api:support-periods": {"GET": "assistance.view_coverage", "POST": "assistance.manage_support"},
        "api:support-period": {"PUT": "assistance.manage_support"},
        "api:household-member-relation": {"POST": "households.change_members"},
        "api:objection-periods": {"GET": "households.view_objections", "POST": "households.manage_objections"},
        "api:objection-period": {"PUT": "households.manage_objections"},
    },
    write=write,
    bodies={
        ("api:step-template-copy", "POST"): {"name": "trial"},
        ("api:step-template-retirement", "POST"): {},
        ("api:support-period", "PUT"): _DAYS,
        ("api:household-member-relation", "POST"): {"relation_code": "99", "reason": "trial"},
        ("api:objection-period", "PUT"): {"days": 40},
    },
    versioned={"support_period_id": SupportPeriod, "objection_period_id": ObjectionPeriod},
    figures={"api:helper-coverage"},
    more={
        ("api:quality-runs", "POST"): {},
        ("api:step-templates-shipped", "POST"): {},
        ("api:support-periods", "POST"): {"year": 2017, "starts_on": "2017-01-01", "ends_on": "2018-01-01"},
        ("api:objection-periods", "POST"): {"starts_on": "2018-01-01", "days": 40},
    },
    without_version={"api:step-template-copy"},
    again={"api:quality-runs", "api:step-templates-shipped"},
)
