"""The page of a household's timeline: what happened, day by day, in sentences."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from households.queries.timeline import Wanted, by_day, timeline_page
from households.queries.timeline_lines import Topic
from households.queries.visibility import find_household
from registry.admin.forms import SiteForm
from registry.admin.site import actor_at, site


class TimelineForm(SiteForm):
    """What is shown; it stands in the address, since it names nobody."""

    topic = forms.ChoiceField(label=_("About"), choices=[("", _("Everything")), *Topic.choices], required=False)
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("Until (included)"), required=False)


def household_timeline_page(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show a page of the timeline, the newest first."""
    actor = actor_at(request)
    household = find_household(household_id, actor=actor)
    form = TimelineForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    cursor = request.GET.get("cursor", "")
    wanted = Wanted(asked.get("topic", ""), asked.get("since"), asked.get("until"), cursor)
    page = timeline_page(household, actor=actor, wanted=wanted)
    following = request.GET.copy()
    following["cursor"] = page.next_cursor
    context = site.each_context(request) | {
        "title": gettext("History of the household"),
        "household": household,
        "form": form,
        "days": by_day(page.entries),
        "older": following.urlencode() if page.next_cursor else "",
        "is_newest": not wanted.cursor,
    }
    return TemplateResponse(request, "households/admin/timeline.html", context)
