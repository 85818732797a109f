"""What the audit page calls the verbs of the oversight."""

from typing import Final

from django.utils.translation import gettext_lazy as _

OVERSIGHT_VERBS: Final = {
    "oversight.ask_look": _("Ask for a look at persons"),
    "oversight.give_look": _("Grant a look at persons"),
    "oversight.open_household": _("Open a household from above"),
    "oversight.open_list": _("Open a list of households from above"),
    "oversight.publish": _("Publish figures by division"),
    "oversight.refuse_look": _("Refuse a look at persons"),
    "oversight.withdraw_look": _("Withdraw a look at persons"),
}
