"""What villages earn together: all of a year beside the goal, the ledger of one, and its booking."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dossiers.domain.files import neutral_name
from economy.domain.ledger import EntryDraft, Paper, book_entry, read_entry_paper
from economy.enums import AID, OWN, SOURCE_SCHEME, EntryKind
from economy.queries.goals import goal_of
from economy.queries.ledger import balance_of, entries_of_year, unbooked_dividends, village_year_rows, villages_of_year
from economy.queries.sheet import projects_of_village
from registry.access import role_may
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site
from registry.admin.verbs import FIRST_YEAR, year_shown
from registry.domain.codes import code_list
from registry.lib.periods import today
from registry.queries.divisions import division_names
from villages.queries.teams import in_division
from villages.queries.villages import find_village

_SHOWN: Final = 300
_FILES: Final = "image/jpeg,image/png,.pdf,.docx,.xlsx"


def _sources() -> list[tuple[str, str]]:
    listed = code_list(SOURCE_SCHEME)
    return [
        ("", "–"),
        *((code, listed.label_of(code)) for group in (OWN, AID) for code in listed.children_of(group)),
    ]


class CostForm(SiteForm):
    """A cost of the collective."""

    occurred_on = forms.DateField(label=_("Received or paid on"), initial=today)
    amount_yuan = forms.DecimalField(label=_("Amount (yuan)"), max_digits=14, decimal_places=2)
    purpose = forms.CharField(label=_("What for"), max_length=200, help_text=_("No names or numbers of persons."))
    project_id = forms.ChoiceField(label=_("Industry project"), choices=(), required=False)
    file = forms.FileField(
        label=_("Supporting document"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": _FILES}),
        help_text=_("A photograph, .pdf, .docx or .xlsx, up to 10 MB."),
    )

    def __init__(self, *args: Any, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        projects = [(str(row["id"]), row["name"]) for row in initial.get("projects", [])]
        self.fields["project_id"].choices = [("", "–"), *projects]  # type: ignore[attr-defined]  # a field with choices


class IncomeForm(CostForm):
    """An income of the collective."""

    source_code = forms.ChoiceField(label=_("Source"), choices=_sources)
    field_order = ("source_code", "occurred_on", "amount_yuan", "purpose", "project_id", "file")


def incomes_page(request: HttpRequest) -> HttpResponse:
    """Show the villages of the area with the year's income, those under the goal alone where that is asked."""
    year, under = year_shown(request), request.GET.get("under") == "1"
    goal, division = goal_of(year), request.GET.get("division", "")
    rows = villages_of_year(year, goal)
    rows = in_division(rows, division) if division else rows
    found = list(village_year_rows(rows.filter(meets_goal=False) if under else rows)[: _SHOWN + 1])
    context = site.each_context(request) | {
        "title": gettext("Collective income of villages"),
        "year": year,
        "first_year": FIRST_YEAR,
        "this_year": today().year,
        "goal": goal,
        "under": under,
        "division": division,
        "place": division_names([division]).get(division, division),
        "rows": found[:_SHOWN],
        "has_more": len(found) > _SHOWN,
        "shown": _SHOWN,
        "all_count": rows.count(),
        "met_count": rows.filter(meets_goal=True).count(),
    }
    return TemplateResponse(request, "economy/admin/incomes.html", context)


def village_page(request: HttpRequest, village_id: UUID) -> HttpResponse:
    """Show the ledger of a village's year: income by source, balance, goal, and the form's figure beside it."""
    village, year = find_village(village_id), year_shown(request)
    found, listed = balance_of(village, year), code_list(SOURCE_SCHEME)
    context = site.each_context(request) | {
        "title": gettext("Collective economy: %(village)s") % {"village": village.name},
        "village": village,
        "year": year,
        "first_year": FIRST_YEAR,
        "this_year": today().year,
        "found": found,
        "groups": [
            (gettext("Own income"), [(listed.label_of(code), total) for code, total in found.own], found.own_yuan),
            (gettext("Subsidies and gifts"), [(listed.label_of(code), total) for code, total in found.aid],
             found.aid_yuan),
        ],
        "entries": [
            (entry, listed.label_of(entry.source_code) if entry.source_code else "")
            for entry in entries_of_year(village.pk, year)[:_SHOWN]
        ],
        "unbooked": unbooked_dividends(village.pk)[:_SHOWN],
        "shown": _SHOWN,
        "may_book": role_may(actor_at(request), "economy.book"),
    }  # fmt: skip
    return TemplateResponse(request, "economy/admin/village.html", context)


def book_income_page(request: HttpRequest, village_id: UUID) -> HttpResponse:
    """Book an income of a village's collective."""
    return _booking(request, village_id, EntryKind.INCOME, IncomeForm, _("Book an income"))


def book_cost_page(request: HttpRequest, village_id: UUID) -> HttpResponse:
    """Book a cost of a village's collective."""
    return _booking(request, village_id, EntryKind.COST, CostForm, _("Book a cost"))


def _booking(
    request: HttpRequest, village_id: UUID, kind: str, form: type[SiteForm], label: str | Promise
) -> HttpResponse:
    village, actor = find_village(village_id), actor_at(request)
    back = reverse("admin:village-economy", args=[village.pk])

    def submit(values: dict[str, Any]) -> HttpResponse:
        project_id = values.pop("project_id")
        values["project_id"] = UUID(project_id) if project_id else None
        file = values.pop("file", None)
        paper = Paper(file.read(), file.name) if file else None
        entry = book_entry(village.pk, EntryDraft(kind=kind, **values), actor=actor, paper=paper)
        messages.success(request, _("Done."))
        return HttpResponseRedirect(f"{back}?year={entry.occurred_on.year}")

    page = FormPage(label, back, village.name, button=label)
    return form_page(request, page, form, submit, initial={"projects": projects_of_village(village.pk)})


def entry_file(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Download the file that supports an entry; that it was read is audited."""
    document, content = read_entry_paper(entry_id, actor=actor_at(request))
    name = neutral_name("ledger", document.sha256, document.media_type)
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": header, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=document.media_type, headers=headers)
