"""Write the mail of a run: its figures with charts and file, or a link alone."""

from reports.definitions.catalogue import DYNAMIC_MANAGEMENT
from reports.definitions.text import Language
from reports.domain.schedulable import find_schedulable
from reports.enums import MailForm
from reports.models import ReportRun
from reports.queries.runs import figures_of
from reports.renderers.link_mail import render_link_mail
from reports.renderers.mail import Envelope, render_mail


def write_mail(run: ReportRun, *, form: str, language: Language, link: str, envelope: Envelope) -> bytes:
    """Give the whole mail as it goes over the wire; `link` is empty for whoever cannot log in.

    Raises: NotFound for a run without figures; DomainError `report.figures_damaged`.
    """
    if form == MailForm.LINK:
        title = find_schedulable(run.report_id).title.in_language(language)
        return render_link_mail(title, f"{run.month:%Y-%m}", language=language, link=link, envelope=envelope)
    if run.report_id == DYNAMIC_MANAGEMENT.id:
        return render_mail(figures_of(run), language=language, link=link, envelope=envelope)
    raise NotImplementedError(run.report_id)
