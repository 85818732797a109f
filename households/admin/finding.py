"""The page on which people find a household: what they type stands in no address, no log and no browser's memory."""

from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from households.queries.finding import members_found
from households.queries.lists import masked
from registry.admin.forms import SiteForm
from registry.admin.site import actor_at, site
from registry.crypto import Purpose
from registry.domain.readable import label_of
from villages.admin.labels import labels_of

MOST_ROWS: Final = 50


class FindForm(SiteForm):
    """One text for all that people know of a household."""

    wanted = forms.CharField(
        label=_("Name, household or person number, document number or telephone"), max_length=60, strip=True
    )


def find_page(request: HttpRequest) -> HttpResponse:
    """Show the form and, when it was sent, the members found."""
    form = FindForm(request.POST if request.method == "POST" else None)
    wanted = form.cleaned_data["wanted"] if form.is_valid() else ""
    found = list(members_found(wanted, actor=actor_at(request))[: MOST_ROWS + 1])
    context = site.each_context(request) | {
        "title": gettext("Find a household"),
        "form": form,
        "was_asked": bool(wanted),
        "most": MOST_ROWS,
        "has_more": len(found) > MOST_ROWS,
        "rows": [
            {
                "membership": membership,
                "relation": labels_of("relation", membership.relation_code),
                "left": label_of(membership.end_reason_code, "membership_change", "closing_reason"),
                "document": masked(membership.person.document_sealed, Purpose.DOCUMENT, tenant_id=membership.tenant_id),
            }
            for membership in found[:MOST_ROWS]
        ],
    }
    return TemplateResponse(request, "households/admin/find.html", context)
