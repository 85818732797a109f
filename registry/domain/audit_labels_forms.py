"""What the audit page calls the verbs of forms sent down and of sample checks."""

from typing import Final

from django.utils.translation import gettext_lazy as _

FORM_VERBS: Final = {
    "oneform.close": _("Close a form"),
    "oneform.count": _("Count what a form leaves to fill"),
    "oneform.fill": _("Hand out a filled form"),
    "oneform.map_column": _("Say what a column of a form means"),
    "oneform.mark": _("Mark a part of a form"),
    "oneform.reopen": _("Open a form again"),
    "oneform.receive": _("Enter a form"),
    "sampling.announce": _("Announce a sample check"),
    "sampling.cancel": _("Cancel a sample check"),
    "sampling.close": _("Close a sample check"),
    "sampling.draw": _("Draw a sample"),
    "sampling.export": _("Hand out the results of a sample check"),
    "sampling.hand_out_list": _("Hand out the list of a sample"),
    "sampling.note_result": _("Note the result of a sample check"),
}
