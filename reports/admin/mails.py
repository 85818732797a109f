"""The pages of mails: the log, what a mail looks like, and what came back."""

import base64
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from registry.access import allowed
from registry.admin.forms import SiteForm
from registry.admin.site import site
from registry.lib.errors import NotFound
from registry.tenancy.context import current_actor
from reports.definitions.text import Language, language_of
from reports.domain.announcing import drafted_run, find_announcement
from reports.domain.mails import ask_page_of, page_of, write_mail
from reports.domain.reading import find_catalogue_run
from reports.domain.runs import find_run
from reports.domain.schedulable import titles
from reports.enums import DeliveryState, MailForm
from reports.models import ReportRun
from reports.queries.mails import MOST_ON_A_PAGE, MailQuestion, bounces, mails, states_of
from reports.queries.runs import counts_of
from reports.queries.schedules import find_schedule, run_to_preview
from reports.renderers.mail import Envelope

PREVIEW_ADDRESS = "preview@example.invalid"


class MailFilter(SiteForm):
    """Narrow the log."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", "–"), *DeliveryState.choices])
    report = forms.ChoiceField(label=_("Report"), required=False)
    recipient = forms.CharField(label=_("Recipient"), required=False, max_length=60)
    schedule = forms.UUIDField(required=False, widget=forms.HiddenInput)
    since = forms.DateField(label=_("From day"), required=False)
    until = forms.DateField(label=_("To day"), required=False)

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["report"]).choices = [("", "–"), *titles(language).items()]

    def question(self) -> MailQuestion:
        """Give what was asked for; a value that is none asks for nothing."""
        values = self.cleaned_data if self.is_valid() else {}
        return MailQuestion(
            state=values.get("state") or "",
            report_id=values.get("report") or "",
            recipient=(values.get("recipient") or "").strip(),
            schedule_id=values.get("schedule"),
            since=values.get("since"),
            until=values.get("until"),
        )


def mail_log(request: HttpRequest) -> HttpResponse:
    """List the mails of the county, the newest first, with what narrows them."""
    language = language_of(get_language() or "")
    form = MailFilter(request.GET, language=language)
    found = mails(form.question())
    named = titles(language)
    page = Paginator(found, MOST_ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = site.each_context(request) | {
        "title": gettext("Delivery log"),
        "form": form,
        "page": page,
        "mails": [
            (mail, page_of(mail.run), named.get(mail.run.report_id, mail.run.report_id)) for mail in page.object_list
        ],
        "query": query.urlencode(),
        "may_send": allowed(current_actor(), "reports.send"),
        "counts": counts_of(states_of(form.question())),
    }
    return TemplateResponse(request, "reports/admin/mails.html", context)


def preview(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show the mail of a finished run as its recipients get it, in both parts and both languages."""
    return _preview(request, _run_seen(run_id))


def schedule_preview(request: HttpRequest, schedule_id: UUID) -> HttpResponse:
    """Show the mail of a schedule: of what it made last, or where that is a link alone of what it would make today."""
    schedule, actor = find_schedule(schedule_id), current_actor()
    if schedule is None:
        raise NotFound("report.no_such_schedule", gettext("There is no such schedule."))
    run = run_to_preview(schedule, area_code=schedule.area_code or actor.tenant_code)
    if run is None and schedule.form == MailForm.LINK:
        run = drafted_run(schedule, actor=actor, now=timezone.now())
    if run is None:
        messages.info(
            request, gettext("This report was not made yet. Ask for it here; the mail shows what stands in it.")
        )
        return HttpResponseRedirect(ask_page_of(schedule.report_id))
    return _preview(request, run, form=schedule.form)


def _preview(request: HttpRequest, run: ReportRun, *, form: str = MailForm.ATTACHMENT) -> HttpResponse:
    language = language_of(request.GET.get("language") or get_language() or "")
    form = request.GET.get("form", form)
    form = form if form in MailForm.values and not run.holds_persons else MailForm.LINK
    message = message_from_bytes(_written(run, form, language), policy=policy.default)
    context = site.each_context(request) | {
        "title": gettext("Preview of the mail"),
        "run": run,
        "run_page": page_of(run),
        "form": form,
        "forms": [choice for choice in MailForm.choices if choice[0] == MailForm.LINK or not run.holds_persons],
        "language": language,
        "subject": message["Subject"],
        "text": _part(message, "text/plain"),
        "html": _with_pictures(message),
        "files": [(part.get_filename(), len(part.get_content())) for part in message.iter_attachments()],
    }
    return TemplateResponse(request, "reports/admin/mail_preview.html", context)


def _run_seen(run_id: UUID) -> ReportRun:
    """Give a run of the account or of the catalogue, or one that announces, whichever the person may see.

    Raises: NotFound; NotAllowed.
    """
    actor = current_actor()
    for find in (find_run, find_catalogue_run):
        with suppress(NotFound):
            return find(run_id, actor=actor)
    return find_announcement(run_id, actor=actor)


def _written(run: ReportRun, form: str, language: Language) -> bytes:
    envelope = Envelope(PREVIEW_ADDRESS, PREVIEW_ADDRESS, f"<preview-{run.pk}@example.invalid>", timezone.now())
    link = settings.BASE_URL + page_of(run)
    return write_mail(run, form=form, language=language, link=link, envelope=envelope)


def _part(message: Message, kind: str) -> str:
    found = next(part for part in message.walk() if part.get_content_type() == kind)
    return str(cast("EmailMessage", found).get_content())


def _with_pictures(message: Message) -> str:
    """Give the HTML part with its pictures inside, since a page cannot ask a mail for them."""
    html = _part(message, "text/html")
    for part in message.walk():
        content_id = str(part.get("Content-ID", "")).strip("<>")
        if content_id:
            coded = base64.b64encode(cast("bytes", part.get_payload(decode=True))).decode("ascii")
            html = html.replace(f"cid:{content_id}", f"data:{part.get_content_type()};base64,{coded}")
    return html


def bounce_list(request: HttpRequest) -> HttpResponse:
    """List the mails that came back, for whoever looks after addresses."""
    page = Paginator(bounces(), MOST_ON_A_PAGE).get_page(request.GET.get("page"))
    context = site.each_context(request) | {"title": gettext("Mails that came back"), "page": page}
    return TemplateResponse(request, "reports/admin/bounces.html", context)
