"""What the audit page calls verbs and objects. A test holds the verbs against those that the domains write."""

from typing import Final

from django.apps import apps
from django.utils.translation import gettext_lazy as _

VERBS: Final = {
    "assistance.add_helper": _("Enter a helper"),
    "assistance.amend_helper": _("Amend a helper"),
    "assistance.amend_support_period": _("Amend a support period"),
    "assistance.assign_helpers": _("Pair by a roster"),
    "assistance.end_pairing": _("End a pairing"),
    "assistance.hand_over": _("Hand a household over"),
    "assistance.let_unit_stand_in": _("Let a unit stand in"),
    "assistance.link_login": _("Link a helper with a login"),
    "assistance.pair": _("Pair a household"),
    "assistance.reveal": _("Show a helper's telephone"),
    "assistance.set_support_period": _("Set a support period"),
    "exchange.apply_roster": _("Apply a roster"),
    "exchange.approve_roster": _("Approve a roster"),
    "exchange.check_roster": _("Check a roster"),
    "exchange.fail_roster": _("Roster failed"),
    "exchange.let_rows_lapse": _("Delete refused rows"),
    "exchange.reject_roster": _("Reject a roster"),
    "exchange.take_refused_rows": _("Download refused rows"),
    "exchange.upload_roster": _("Upload a roster"),
    "households.add_person": _("Add a member"),
    "households.amend": _("Amend a household"),
    "households.amend_person": _("Amend a person"),
    "households.amend_relation": _("Correct a relation"),
    "households.claim": _("Claim identities"),
    "households.change_head": _("Change the head"),
    "households.close_gone": _("Close a household that is gone"),
    "households.close_wrong": _("Close a wrongly filed household"),
    "households.end_membership": _("End a member's stay"),
    "households.file": _("File a household"),
    "households.hear_of_duplicate": _("Hear of a person of two counties"),
    "households.identify": _("Identify for monitoring"),
    "households.lift": _("Lift a household"),
    "households.move": _("Move a household"),
    "households.note_duplicates": _("Note persons of two counties"),
    "households.record_person_year": _("Record a person's year"),
    "households.record_year": _("Record a household's year"),
    "households.register": _("Register households"),
    "households.relapse": _("Risk came again"),
    "households.remove_risk": _("Remove a risk"),
    "households.return": _("Return to poverty"),
    "households.reveal": _("Show a sealed value"),
    "households.settle_duplicate": _("Settle a person of two counties"),
    "households.update_contacts_and_years": _("Update households"),
    "registry.amend_county": _("Amend a county"),
    "registry.amend_own_account": _("Amend the own account"),
    "registry.amend_user": _("Amend an account"),
    "registry.change_password": _("Change the own password"),
    "registry.create_user": _("Open an account"),
    "registry.empty_audit_details": _("Empty old audit details"),
    "registry.end_membership": _("End a role"),
    "registry.fail_login": _("Failed login"),
    "registry.go_to_work": _("Begin to work"),
    "registry.grant_membership": _("Grant a role"),
    "registry.index_anew": _("Index anew under a new key"),
    "registry.issue_token": _("Issue an access token"),
    "registry.load_codes": _("Load code lists"),
    "registry.load_divisions": _("Load divisions"),
    "registry.log_in": _("Log in to the site"),
    "registry.make_password_link": _("Make a link for a password"),
    "registry.open_county": _("Open a county"),
    "registry.receive_letter": _("Receive a letter"),
    "registry.refuse_login": _("Refused login"),
    "registry.remove_document": _("Remove a file"),
    "registry.reseal": _("Seal anew under a new key"),
    "registry.revoke_token": _("Revoke an access token"),
    "registry.send_letter": _("Send a letter"),
    "registry.set_password": _("Set a password by a link"),
    "registry.unlock_user": _("Unlock an account"),
    "registry.verify_email": _("Verify an e-mail address"),
    "reports.download_workbook": _("Download a report"),
    "reports.fail_run": _("Report failed"),
    "reports.finish_run": _("Finish a report"),
    "reports.send_again": _("Send a mail again"),
    "reports.send_run": _("Send a report"),
    "reports.set_schedule": _("Set a schedule"),
    "reports.settle_mail": _("Settle a mail"),
    "reports.start_run": _("Start a report"),
    "villages.add_unit": _("Enter a unit"),
    "villages.amend": _("Amend a village"),
    "villages.amend_unit": _("Amend a unit"),
    "villages.end_team": _("End a team's stay"),
    "villages.open": _("Open villages"),
    "villages.record_year": _("Record a village's year"),
    "villages.send_team": _("Send a team to a village"),
}


def verb_label(verb: str) -> str:
    """Give the name of a verb; the verb itself where it is older than this page."""
    return str(VERBS.get(verb, verb))


def object_label(object_type: str) -> str:
    """Give the name of a model from its label (`households.household`)."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type
