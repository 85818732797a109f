"""Forms that offices send down."""

from datetime import date
from typing import Final

from oneform.domain.forms import FormDraft, count_form, map_column, receive_form
from oneform.models import FormAlias, FormPart, FormRequest
from tests.sampling.ground import picture
from tests.tenancy.app_lists import AppLists, Ground, Written


def write(ground: Ground) -> Written:
    """Enter a form, say what a column means, and count it over both households."""
    draft = FormDraft(
        title=ground.mark,
        sender=ground.mark,
        received_on=date(2021, 1, 4),
        due_on=None,
        level="household",
        subjects="all",
        labels=("户编号", ground.mark, "备用"),
    )
    form = receive_form(draft, actor=ground.actor)
    # Of the township, whose clerk may amend it as the county office may.
    FormRequest.objects.update(received_by_code=f"{ground.household.scope_code[:9]}000")
    map_column(form.pk, 2, "household_number", is_remembered=True, actor=ground.actor)
    snapshot = picture([ground.household, ground.far], actor=ground.actor)
    count_form(form.pk, snapshot.pk, actor=ground.actor)
    part = FormPart.objects.get(form=form, village_code=ground.household.scope_code)
    return Written(
        {"form_request_id": form.pk, "form_part_id": part.pk, "form_snapshot_id": snapshot.pk},
        {
            "oneform_formrequest": form.pk,
            "oneform_formcolumn": form.columns.get(place=1).pk,
            "oneform_formalias": FormAlias.objects.get().pk,
            "oneform_formpart": part.pk,
        },
    )


LISTS: Final = AppLists(
    pages={
        "admin:form-receive": "oneform.receive",
        "admin:form-burden": "oneform.view",
        "admin:form-columns": "oneform.view",
        "admin:form-progress": "oneform.view",
        "admin:form-fill": "oneform.fill",
        "admin:form-empty": "oneform.view",
    },
    with_history={"oneform_formrequest", "oneform_formalias", "oneform_formpart"},
    models={
        "oneform_formrequest": (
            "oneform.view",
            "",
            {"count": "oneform.count", "map": "oneform.amend", "close": "oneform.amend", "reopen": "oneform.amend"},
        ),
        "oneform_formalias": ("oneform.view", "", {}),
        "oneform_formpart": ("oneform.view", "", {"done": "oneform.mark", "undone": "oneform.mark"}),
    },
    api={
        "api:forms": {"GET": "oneform.view", "POST": "oneform.receive"},
        "api:form": {"GET": "oneform.view"},
        "api:form-mapping": {"PUT": "oneform.amend"},
        "api:form-count": {"POST": "oneform.count"},
        "api:form-closing": {"POST": "oneform.amend"},
        "api:form-reopening": {"POST": "oneform.amend"},
        "api:form-filled": {"POST": "oneform.fill"},
        "api:form-parts": {"GET": "oneform.view"},
        "api:form-part": {"PUT": "oneform.mark"},
        "api:form-burden": {"GET": "oneform.view"},
        "api:form-burden-villages": {"GET": "oneform.view"},
    },
    write=write,
    bodies={
        ("api:form-mapping", "PUT"): {"place": 1, "column_key": "household_number"},
        ("api:form-count", "POST"): {"snapshot_id": "{form_snapshot_id}"},
        ("api:form-closing", "POST"): {},
        ("api:form-reopening", "POST"): {},
        ("api:form-filled", "POST"): {"area_code": "549901100000"},
        ("api:form-part", "PUT"): {"is_done": True},
    },
    versioned={"form_request_id": FormRequest, "form_part_id": FormPart},
    without_version={"api:form-filled"},
    again={"api:form-filled"},
    figures={"api:form-burden", "api:form-burden-villages"},
    more={
        ("api:forms", "POST"): {
            "title": "trial",
            "sender": "trial",
            "received_on": "2021-03-01",
            "level": "household",
            "labels": ["户编号"],
        }
    },
    named={"replaces_id": "oneform_formrequest", "snapshot_id": "periods_snapshot"},
    shared={"oneform_formrequest", "oneform_formcolumn", "oneform_formalias"},
)
