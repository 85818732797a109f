"""Pages of the forms that offices send down on the admin site."""

from django.utils.translation import gettext_lazy as _

from oneform.admin.forms import FormAliasAdmin, FormPartAdmin, FormRequestAdmin
from oneform.admin.pages import burden_page, columns_page, empty_page, fill_page, progress_page, receive_page
from registry.admin.site import SitePage, site

__all__ = ["FormAliasAdmin", "FormPartAdmin", "FormRequestAdmin"]

site.add_page(
    SitePage(
        "form-receive", "oneform/receive/", "oneform.receive", receive_page, "oneform", _("Enter a form"), "post_add"
    )
)
site.add_page(
    SitePage(
        "form-burden", "oneform/burden/", "oneform.view", burden_page, "oneform", _("Fields asked"), "stacked_bar_chart"
    )
)
site.add_page(
    SitePage("form-columns", "oneform/<uuid:form_request_id>/columns/", "oneform.view", columns_page, "oneform")
)
site.add_page(
    SitePage("form-progress", "oneform/<uuid:form_request_id>/progress/", "oneform.view", progress_page, "oneform")
)
site.add_page(SitePage("form-empty", "oneform/parts/<uuid:form_part_id>/empty/", "oneform.view", empty_page, "oneform"))
site.add_page(SitePage("form-fill", "oneform/<uuid:form_request_id>/fill/", "oneform.fill", fill_page, "oneform"))

FormRequestAdmin.pages = (
    ("form-progress", "oneform.view", _("What villages must fill"), "checklist"),
    ("form-columns", "oneform.view", _("Columns"), "view_column"),
    ("form-fill", "oneform.fill", _("Filled form"), "download"),
)
