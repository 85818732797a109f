"""What the audit page calls the verbs of periods."""

from typing import Final

from django.utils.translation import gettext_lazy as _

PERIOD_VERBS: Final = {
    "periods.amend_campaign": _("Amend a campaign"),
    "periods.ask_picture": _("Ask for the register as of a day"),
    "periods.ask_reopening": _("Ask to open a period again"),
    "periods.close": _("Close a period for entry"),
    "periods.decide_reopening": _("Decide on opening a period again"),
    "periods.fail_freeze": _("Freeze failed"),
    "periods.freeze": _("Freeze a period"),
    "periods.keep_open": _("Open a period for entry again"),
    "periods.open": _("Make a period"),
    "periods.open_year": _("Make the periods of a year"),
    "periods.publish": _("Publish a period"),
    "periods.reopen": _("Open a period again"),
    "periods.remove_pictures": _("Remove old pictures"),
    "periods.start_freeze": _("Ask for the freeze of a period"),
    "periods.verify": _("Verify a picture"),
}
