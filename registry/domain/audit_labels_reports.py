"""What the audit page calls the verbs of reports."""

from typing import Final

from django.utils.translation import gettext_lazy as _

REPORT_VERBS: Final = {
    "reports.amend_own": _("Change an own report"),
    "reports.ask_report": _("Ask for a report"),
    "reports.download_file": _("Download a file of a report"),
    "reports.download_workbook": _("Download a report"),
    "reports.fail_run": _("Report failed"),
    "reports.finish_run": _("Finish a report"),
    "reports.keep_own": _("Keep an own report"),
    "reports.retire_own": _("Put an own report out of use"),
    "reports.reveal_in_list": _("Show sealed values in a list"),
    "reports.send_again": _("Send a mail again"),
    "reports.send_run": _("Send a report"),
    "reports.set_schedule": _("Set a schedule"),
    "reports.settle_mail": _("Settle a mail"),
    "reports.start_run": _("Start a report"),
}
