"""What a sample shows, and the list for the doorstep."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site
from registry.queries.divisions import division_names
from sampling.domain.checks import hand_out_frame
from sampling.domain.exporting import results_file
from sampling.enums import Group, Section
from sampling.queries.samples import (
    MOST_SHOWN,
    StratumLine,
    find_sample,
    households_drawn,
    lines_of,
    sections_found,
)


def results_page(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """Show the error rate of each stratum and of all together, with the interval of each."""
    sample = find_sample(sample_id, actor=actor_at(request))
    lines = lines_of(sample)
    names = division_names({line.township_code for line in lines if line.township_code})
    groups, sections = dict(Group.choices), dict(Section.choices)
    context = site.each_context(request) | {
        "title": gettext("Results of the sample check"),
        "sample": sample,
        "lines": [
            (names.get(line.township_code, line.township_code), groups.get(line.group, ""), line.shown, percent(line))
            for line in lines
        ],
        "sections": [(sections[code], count) for code, count in sorted(sections_found(sample).items())],
    }
    return TemplateResponse(request, "sampling/admin/results.html", context)


def percent(line: StratumLine) -> tuple[str, str, str] | None:
    """Write rate and ends of the interval in percent with one place; None where nothing was checked."""
    shown = line.shown
    if shown.rate is None or shown.low is None or shown.high is None:
        return None
    return f"{shown.rate:.1%}", f"{shown.low:.1%}", f"{shown.high:.1%}"


def file_page(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """Download the results and the households drawn in the person's area as a workbook."""
    actor = actor_at(request)
    name, rendered = results_file(find_sample(sample_id, actor=actor), actor=actor)
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": header, "Cache-Control": "no-store"}
    return HttpResponse(rendered.content, content_type=rendered.media_type, headers=headers)


def list_page(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """List the households drawn in the person's area village by village, for the doorstep and for print."""
    sample = find_sample(sample_id, actor=actor_at(request))
    rows = households_drawn(sample, open_only=request.GET.get("open") == "1")
    count = rows.count()
    page = _page_of(request, count)
    shown = list(rows[(page - 1) * MOST_SHOWN : page * MOST_SHOWN])
    names = division_names({row.village_code for row in shown})
    context = site.each_context(request) | {
        "title": gettext("Households drawn"),
        "sample": sample,
        "count": count,
        "page": page,
        "page_count": max(1, -(-count // MOST_SHOWN)),
        "open_only": request.GET.get("open") == "1",
        "rows": [(names.get(row.village_code, row.village_code), row) for row in shown],
    }
    return TemplateResponse(request, "sampling/admin/list.html", context)


class FrameForm(SiteForm):
    """The list is handed out by a press of the button, since it is kept that it was."""


def frame_page(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """Download the list that the sample is drawn from, line by line as its digest is reckoned."""
    actor = actor_at(request)
    sample = find_sample(sample_id, actor=actor)

    def submit(_values: dict[str, Any]) -> HttpResponse:
        header = content_disposition_header(as_attachment=True, filename=f"list-{sample.frame_on:%Y-%m-%d}.txt")
        return HttpResponse(
            hand_out_frame(sample_id, actor=actor),
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": header or "attachment", "Cache-Control": "no-store"},
        )

    back = reverse("admin:sample-results", args=[sample.pk])
    intro = _("With it and the seed anybody can draw the sample again. It names no person; its digest is kept.")
    return form_page(request, FormPage(_("List to draw from"), back, intro, button=_("Download")), FrameForm, submit)


def _page_of(request: HttpRequest, count: int) -> int:
    text = request.GET.get("page", "1")
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
    return min(max(1, wanted), max(1, -(-count // MOST_SHOWN)))
