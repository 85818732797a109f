"""The permission matrix: each address with the right that it needs, written down apart from the code.

A line names an action of the rules table; which roles have it stands in docs/roles.md. A new address needs its line.
"""

from typing import Final

# Open to everybody: they tell nothing of anybody.
OPEN: Final = {
    "home", "healthz", "readyz", "api:schema", "api:docs", "admin:login", "admin:choose", "admin:language",
    "admin:set_password", "admin:verify_email",
}  # fmt: skip
# Open to whoever is at work on the site; what they show depends on the rights that other lines name.
AT_WORK: Final = {
    "admin:index", "admin:account", "admin:account_password", "admin:account_verify", "admin:logout",
    "admin:password_change", "admin:password_change_done", "admin:jsi18n", "admin:view_on_site", "admin:search",
    "admin:app_list",
}  # fmt: skip
# Refuses what does not name a field of a form that the person may open.
BY_FIELD: Final = {"admin:autocomplete"}
# Patterns without a name: they answer 404, or lead on to an address above.
UNNAMED: Final = {"^api/", "admin/(?P<url>.*)$"}

# Pages of their own.
PAGES: Final = {
    "admin:system": "registry.view_system",
    "admin:report-runs": "reports.view",
    "admin:report-run": "reports.view",
    "admin:report-run-workbook": "reports.view",
    "admin:report-run-send": "reports.send",
    "admin:report-mail-again": "reports.send",
    "admin:report-schedules": "reports.schedule",
    "admin:report-schedule-new": "reports.schedule",
    "admin:report-schedule": "reports.schedule",
    "admin:published-figures": "reports.view_published",
    "admin:sector-facts": "households.view_sector",
    "admin:ledger-stock": "households.view_ledger",
    "admin:find-household": "households.view",
    "admin:household-income": "households.view",
    "admin:household-timeline": "households.view_timeline",
    "admin:household-visit": "households.visit",
    "admin:household-relocation": "households.record_relocation",
    "admin:take-year-lines": "households.manage_coefficients",
    "admin:evidence-file": "dossiers.view",
    "admin:monitoring-deadlines": "dossiers.view",
    "admin:sweep": "dossiers.view",
    "admin:household-look": "dossiers.look",
    "admin:household-dossier": "dossiers.begin",
    "admin:session-minutes": "dossiers.view",
    "admin:session-printout": "dossiers.view",
    "admin:session-printout-file": "dossiers.view",
    "admin:coverage": "assistance.view_coverage",
    "admin:findings": "quality.view",
    "admin:findings-assign": "quality.assign",
    "admin:finding": "quality.view",
    "admin:finding-decide": "quality.view",
    "admin:quality-rules": "quality.view",
    "admin:quality-rule": "quality.view",
    "admin:suspicion-lists": "quality.view",
    "admin:suspicion-list": "quality.view",
    "admin:suspicion-list-answers": "quality.return_list",
    "admin:rosters": "exchange.view",
    "admin:roster-template": "exchange.view",
    "admin:roster": "exchange.view",
    "admin:roster-refused-rows": "exchange.take_refused_rows",
    "admin:roster-decide": "exchange.decide",
}

# Models whose pages show their changes (registry.view_history); the others' have none.
WITH_HISTORY: Final[set[str]] = {
    "villages_village", "villages_unit", "villages_workteam", "households_household", "households_person",
    "assistance_helper", "assistance_pairing", "assistance_supportperiod", "assistance_measure",
    "households_costcoefficient", "households_incomerule", "households_yearline", "households_workrecord",
    "households_transfer", "households_objectionperiod", "dossiers_dossier", "dossiers_listsession",
    "dossiers_countyprocedure", "dossiers_monitoringcase", "dossiers_sweepcampaign", "dossiers_sweepvillage",
    "households_duplicatenotice",
}  # fmt: skip

# Pages of models: the rights to see, to add, and of each verb. "" means nobody.
MODELS: Final[dict[str, tuple[str, str, dict[str, str]]]] = {
    "registry_tenant": ("registry.view_system", "registry.manage_tenants", {}),
    "registry_user": (
        "registry.view_people",
        "registry.create_user",
        {
            "grant": "registry.grant_membership",
            "issue-token": "registry.manage_tokens",
            "password-link": "registry.amend_user",
            "mail-password-link": "registry.amend_user",
            "unlock": "registry.amend_user",
        },
    ),
    "registry_membership": ("registry.view_people", "", {"end": "registry.view_people"}),
    "registry_apitoken": ("registry.view_people", "", {"revoke": "registry.view_people"}),
    "registry_auditevent": ("registry.view_audit", "", {}),
    "villages_village": (
        "villages.view",
        "villages.open",
        {"record-year": "villages.record_year", "send-team": "villages.manage_teams"},
    ),
    "villages_unit": ("villages.view", "villages.manage_units", {}),
    "villages_workteam": ("villages.view", "", {"end": "villages.manage_teams"}),
    "households_household": (
        "households.view",
        "households.register",
        {
            "file": "households.change_status",
            "lift": "households.change_status",
            "return": "households.change_status",
            "close-gone": "households.change_status",
            "close-wrong": "households.change_status",
            "identify": "households.monitor",
            "remove-risk": "households.monitor",
            "relapse": "households.monitor",
            "join": "households.change_members",
            "record-year": "households.record_year",
            "move": "households.move",
            "split": "households.split",
            "merge": "households.merge",
            "offer": "households.offer_transfer",
            "phone": "households.reveal",
            "account": "households.reveal",
            "record-measure": "assistance.record_measure",
        },
    ),
    "households_workrecord": (
        "households.view",
        "",
        {"amend": "households.record_work", "withdraw": "households.record_work"},
    ),
    "households_person": (
        "households.view",
        "",
        {
            "leave": "households.change_members",
            "head": "households.change_members",
            "relation": "households.change_members",
            "record-year": "households.record_year",
            "record-work": "households.record_work",
            "document": "households.reveal",
            "phone": "households.reveal",
        },
    ),
    "households_costcoefficient": ("households.view_coefficients", "households.manage_coefficients", {}),
    "households_incomerule": ("households.view_coefficients", "households.manage_coefficients", {}),
    "households_yearline": ("households.view_coefficients", "households.manage_coefficients", {}),
    "dossiers_dossier": (
        "dossiers.view",
        "dossiers.begin",
        {
            "step": "dossiers.do_step",
            "meeting": "dossiers.do_step",
            "notice": "dossiers.do_step",
            "signature": "dossiers.do_step",
            "evidence": "dossiers.do_step",
            "apply": "dossiers.do_step",
            "consent": "dossiers.do_step",
            "exit-check": "dossiers.do_step",
            "object": "dossiers.object",
            "answer": "dossiers.answer",
            "withdraw": "dossiers.withdraw",
            "refuse": "dossiers.refuse",
            "finish": "dossiers.finish",
        },
    ),
    "dossiers_listsession": (
        "dossiers.view",
        "dossiers.do_step",
        {
            "take-out": "dossiers.do_step",
            "close": "dossiers.do_step",
            "close-meeting": "dossiers.do_step",
            "cancel": "dossiers.do_step",
        },
    ),
    "dossiers_steptemplate": (
        "dossiers.view",
        "",
        {
            "amend-step": "dossiers.manage_templates",
            "insert-step": "dossiers.manage_templates",
            "remove-step": "dossiers.manage_templates",
        },
    ),
    "dossiers_monitoringcase": (
        "dossiers.view",
        "dossiers.raise_lead",
        {
            "amend-lead": "dossiers.raise_lead",
            "confirm": "dossiers.decide_lead",
            "drop": "dossiers.decide_lead",
            "check": "dossiers.check_removal",
            "remove": "dossiers.decide_lead",
        },
    ),
    "dossiers_sweepcampaign": (
        "dossiers.view",
        "dossiers.manage_campaigns",
        {"close": "dossiers.manage_campaigns"},
    ),
    "dossiers_sweepvillage": ("dossiers.view", "", {"count": "dossiers.count_sweep"}),
    "dossiers_lookform": (
        "dossiers.view",
        "",
        {
            "amend-head": "dossiers.manage_templates",
            "amend-item": "dossiers.manage_templates",
            "insert-item": "dossiers.manage_templates",
            "remove-item": "dossiers.manage_templates",
        },
    ),
    "dossiers_countyprocedure": ("dossiers.view", "dossiers.manage_rules", {}),
    "households_transfer": (
        "households.view_transfers",
        "",
        {
            "accept": "households.answer_transfer",
            "decline": "households.answer_transfer",
            "withdraw": "households.offer_transfer",
        },
    ),
    "households_objectionperiod": ("households.view_objections", "households.manage_objections", {}),
    "households_duplicatenotice": (
        "households.view_duplicates",
        "",
        {
            "transferred": "households.settle_duplicate",
            "corrected": "households.settle_duplicate",
            "both-right": "households.settle_duplicate",
        },
    ),
    "assistance_helper": (
        "assistance.view",
        "assistance.manage_helpers",
        {"phone": "assistance.reveal", "login": "assistance.link_login"},
    ),
    "assistance_pairing": (
        "assistance.view",
        "assistance.pair",
        {"hand-over": "assistance.pair", "stand-in": "assistance.pair", "end": "assistance.pair"},
    ),
    "assistance_measure": (
        "assistance.view",
        "",
        {"amend": "assistance.record_measure", "withdraw": "assistance.record_measure"},
    ),
    "assistance_supportperiod": ("assistance.view_coverage", "assistance.manage_support", {}),
}

# REST: the right of each method.
API: Final = {
    "api:divisions": {"GET": "registry.view_divisions"},
    "api:division": {"GET": "registry.view_divisions"},
    "api:codes": {"GET": "registry.view_codes"},
    "api:villages": {"GET": "villages.view", "POST": "villages.open"},
    "api:village": {"GET": "villages.view", "PATCH": "villages.amend"},
    "api:village-years": {"PUT": "villages.record_year"},
    "api:households": {"GET": "households.view", "POST": "households.register"},
    "api:household": {"GET": "households.view", "PATCH": "households.amend"},
    "api:household-status": {"POST": "households.change_status"},
    "api:household-monitoring": {"POST": "households.monitor"},
    "api:household-village": {"POST": "households.move"},
    "api:household-split": {"POST": "households.split"},
    "api:household-merge": {"POST": "households.merge"},
    "api:household-years": {"GET": "households.view", "PUT": "households.record_year"},
    "api:household-income": {"GET": "households.view", "PUT": "households.record_year"},
    "api:household-visits": {"GET": "households.view", "POST": "households.visit"},
    "api:household-relocation": {"GET": "households.view", "PUT": "households.record_relocation"},
    "api:household-timeline": {"GET": "households.view_timeline"},
    "api:household-reveal": {"POST": "households.reveal"},
    "api:household-members": {"POST": "households.change_members"},
    "api:household-member-end": {"POST": "households.change_members"},
    "api:household-head": {"POST": "households.change_members"},
    "api:members": {"GET": "households.view"},
    "api:members-find": {"POST": "households.view"},
    "api:person": {"GET": "households.view", "PATCH": "households.amend"},
    "api:person-years": {"GET": "households.view", "PUT": "households.record_year"},
    "api:person-reveal": {"POST": "households.reveal"},
    "api:work-records": {"GET": "households.view", "POST": "households.record_work"},
    "api:work-record": {"GET": "households.view", "PUT": "households.record_work"},
    "api:work-record-withdrawal": {"POST": "households.record_work"},
    "api:household-offer": {"POST": "households.offer_transfer"},
    "api:transfers": {"GET": "households.view_transfers"},
    "api:transfer-accept": {"POST": "households.answer_transfer"},
    "api:transfer-decline": {"POST": "households.answer_transfer"},
    "api:transfer-withdraw": {"POST": "households.offer_transfer"},
    "api:ledger-stock": {"GET": "households.view_ledger"},
    "api:duplicates": {"GET": "households.view_duplicates"},
    "api:duplicate-settle": {"POST": "households.settle_duplicate"},
    "api:cost-coefficients": {"GET": "households.view_coefficients", "POST": "households.manage_coefficients"},
    "api:cost-coefficient": {"PUT": "households.manage_coefficients"},
    "api:income-rules": {"GET": "households.view_coefficients", "POST": "households.manage_coefficients"},
    "api:income-rule": {"PUT": "households.manage_coefficients"},
    "api:year-lines": {"GET": "households.view_coefficients", "POST": "households.manage_coefficients"},
    "api:year-line": {"PUT": "households.manage_coefficients"},
    "api:sector-facts": {"GET": "households.view_sector"},
    "api:dossiers": {"GET": "dossiers.view", "POST": "dossiers.begin"},
    "api:dossier": {"GET": "dossiers.view"},
    "api:dossier-steps": {"POST": "dossiers.do_step"},
    "api:dossier-evidence": {"POST": "dossiers.do_step"},
    "api:dossier-application": {"POST": "dossiers.do_step"},
    "api:dossier-consent": {"POST": "dossiers.do_step"},
    "api:dossier-exit-check": {"PUT": "dossiers.do_step"},
    "api:dossier-objections": {"POST": "dossiers.object"},
    "api:dossier-answers": {"POST": "dossiers.answer"},
    "api:dossier-withdraw": {"POST": "dossiers.withdraw"},
    "api:dossier-refuse": {"POST": "dossiers.refuse"},
    "api:dossier-finish": {"POST": "dossiers.finish"},
    "api:dossier-sessions": {"GET": "dossiers.view", "POST": "dossiers.do_step"},
    "api:dossier-session": {"GET": "dossiers.view"},
    "api:dossier-session-take-out": {"POST": "dossiers.do_step"},
    "api:dossier-session-close": {"POST": "dossiers.do_step"},
    "api:monitoring-cases": {"GET": "dossiers.view", "POST": "dossiers.raise_lead"},
    "api:monitoring-case": {"GET": "dossiers.view", "PUT": "dossiers.raise_lead"},
    "api:monitoring-case-confirm": {"POST": "dossiers.decide_lead"},
    "api:monitoring-case-drop": {"POST": "dossiers.decide_lead"},
    "api:monitoring-case-check": {"PUT": "dossiers.check_removal"},
    "api:monitoring-case-remove": {"POST": "dossiers.decide_lead"},
    "api:monitoring-deadlines": {"GET": "dossiers.view"},
    "api:sweep-campaigns": {"GET": "dossiers.view", "POST": "dossiers.manage_campaigns"},
    "api:sweep-campaign": {"GET": "dossiers.view"},
    "api:sweep-campaign-close": {"POST": "dossiers.manage_campaigns"},
    "api:sweep-villages": {"GET": "dossiers.view"},
    "api:sweep-village": {"GET": "dossiers.view", "PUT": "dossiers.count_sweep"},
    "api:dossier-session-cancel": {"POST": "dossiers.do_step"},
    "api:dossier-session-minutes": {"GET": "dossiers.view"},
    "api:dossier-session-printout": {"GET": "dossiers.view"},
    "api:dossier-session-printout-file": {"GET": "dossiers.view"},
    "api:dossier-evidence-file": {"GET": "dossiers.view"},
    "api:county-procedure": {"GET": "dossiers.view", "PUT": "dossiers.manage_rules"},
    "api:household-looks": {"GET": "dossiers.view", "POST": "dossiers.look"},
    "api:look-forms": {"GET": "dossiers.view"},
    "api:look-form": {"GET": "dossiers.view", "PUT": "dossiers.manage_templates"},
    "api:step-templates": {"GET": "dossiers.view"},
    "api:step-template": {"GET": "dossiers.view", "PUT": "dossiers.manage_templates"},
    "api:pairings": {"GET": "assistance.view", "POST": "assistance.pair"},
    "api:pairing-hand-over": {"POST": "assistance.pair"},
    "api:pairing-end": {"POST": "assistance.pair"},
    "api:measures": {"GET": "assistance.view", "POST": "assistance.record_measure"},
    "api:measure": {"GET": "assistance.view", "PUT": "assistance.record_measure"},
    "api:measure-withdrawal": {"POST": "assistance.record_measure"},
    "api:helpers": {"GET": "assistance.view"},
    "api:findings": {"GET": "quality.view"},
    "api:finding": {"GET": "quality.view"},
    "api:findings-assign": {"POST": "quality.assign"},
    "api:finding-assign": {"POST": "quality.assign"},
    "api:finding-as-recorded": {"POST": "quality.answer"},
    "api:finding-answer-line": {"POST": "quality.answer"},
    "api:quality-rules": {"GET": "quality.view"},
    "api:quality-rule": {"GET": "quality.view", "PUT": "quality.set_parameters"},
    "api:suspicion-lists": {"GET": "quality.view", "POST": "quality.bring_list"},
    "api:suspicion-list-lines": {"GET": "quality.view"},
    "api:suspicion-list-answers": {"GET": "quality.return_list"},
    "api:finding-exemption": {"POST": "quality.request_exemption"},
    "api:finding-exemption-decide": {"POST": "quality.decide_exemption"},
    "api:report-runs": {"GET": "reports.view", "POST": "reports.run"},
    "api:report-run": {"GET": "reports.view"},
    "api:report-run-workbook": {"GET": "reports.view"},
    "api:published-figures": {"GET": "reports.view_published"},
    "api:import-batches": {"GET": "exchange.view", "POST": "exchange.upload"},
    "api:import-template": {"GET": "exchange.view"},
    "api:import-batch": {"GET": "exchange.view"},
    "api:import-batch-apply": {"POST": "exchange.decide"},
    "api:import-batch-reject": {"POST": "exchange.decide"},
    "api:import-batch-refused-rows": {"GET": "exchange.take_refused_rows"},
}


def model_pages() -> dict[str, str]:
    """Give the address of each model's pages with its right; history and deletion have none of their own."""
    lines: dict[str, str] = {}
    for model, (view, add, _verbs) in MODELS.items():
        lines |= {
            f"admin:{model}_changelist": view,
            f"admin:{model}_add": add,
            f"admin:{model}_change": view,
            f"admin:{model}_delete": "",
        }
    return lines


def verb_pages() -> list[tuple[str, str, str]]:
    """Give each verb as (model, verb, right)."""
    return [(model, verb, action) for model, (_v, _a, verbs) in MODELS.items() for verb, action in verbs.items()]


def named() -> set[str]:
    """Give every address that stands in the matrix."""
    of_models = {f"admin:{model}_history" for model in MODELS} | {f"admin:{m}_verb" for m, _v, _a in verb_pages()}
    return OPEN | AT_WORK | BY_FIELD | PAGES.keys() | model_pages().keys() | of_models | API.keys()
