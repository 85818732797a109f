"""What the audit page calls the verbs of mails, addresses outside and what came back."""

from typing import Final

from django.utils.translation import gettext_lazy as _

MAIL_VERBS: Final = {
    "registry.note_bounced_address": _("Note that mail came back from an address"),
    "reports.announce_report": _("Announce a report with persons"),
    "reports.ask_address": _("Ask for an outside address"),
    "reports.decide_address": _("Decide on an outside address"),
    "reports.mail_verification": _("Mail the link that verifies an outside address"),
    "reports.note_bounce": _("Note a mail that came back"),
    "reports.refuse_occasion": _("A schedule could make no report"),
    "reports.send_now": _("Send the report of a schedule now"),
    "reports.verify_address": _("Verify an outside address"),
}
