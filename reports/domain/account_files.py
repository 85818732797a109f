"""The files of a finished account beside its workbook: made from its frozen figures whenever they are asked for."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor
from reports.definitions.text import Language
from reports.domain.runs import workbook_of
from reports.enums import Format
from reports.models import ReportRun
from reports.queries.runs import figures_of, former_accounts
from reports.renderers.account_layout import account_layout
from reports.renderers.formats import Rendered, file_name, render
from reports.renderers.workbook import MEDIA_TYPE

FORMATS: Final = (Format.XLSX, Format.PDF, Format.CSV, Format.PARQUET, Format.HTML)


def account_file(run: ReportRun, kind: str, *, language: Language, actor: Actor) -> tuple[str, Rendered]:
    """Give name and file of a finished account; the workbook is the stored one, and the download is audited.

    Raises: NotFound for a run without figures, or a format that there is not.
    """
    if kind == Format.XLSX:
        name, content = workbook_of(run, actor=actor)
        return name, Rendered(content, MEDIA_TYPE, kind)
    if kind not in FORMATS:
        raise NotFound("report.no_such_format", _("There is no such format. Choose one of the list."))
    layout = account_layout(figures_of(run), language, former=former_accounts(run))
    rendered = render(layout, kind)
    audit.record("reports.download_file", run, actor=actor, changes={"format": (None, kind)})
    return file_name(layout, rendered.suffix), rendered
