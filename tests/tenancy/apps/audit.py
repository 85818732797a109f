"""Doors that came to older apps: a run of the rules by hand, exemptions, templates of the county's own."""

from typing import Final

from tests.tenancy.app_lists import AppLists

LISTS: Final = AppLists(
    pages={"admin:findings-run": "quality.run", "admin:take-templates": "dossiers.manage_templates"},
    api={
        "api:quality-runs": {"POST": "quality.run"},
        "api:exemptions": {"GET": "quality.view"},
        "api:step-template-copy": {"POST": "dossiers.manage_templates"},
        "api:step-templates-shipped": {"POST": "dossiers.manage_templates"},
        "api:step-template-retirement": {"POST": "dossiers.manage_templates"},
    },
    bodies={
        ("api:step-template-copy", "POST"): {"name": "trial"},
        ("api:step-template-retirement", "POST"): {},
    },
    more={
        ("api:quality-runs", "POST"): {},
        ("api:step-templates-shipped", "POST"): {},
    },
    again={"api:quality-runs", "api:step-templates-shipped"},
    without_version={"api:step-template-copy"},
)
