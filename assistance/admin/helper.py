"""Helpers and support periods."""

from typing import Any, ClassVar, Final

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.domain.helper import (
    HelperChanges,
    add_helper,
    amend_helper,
    amend_support_period,
    link_login,
    reveal_phone,
    set_support_period,
)
from assistance.domain.loads import amend_helper_load, set_helper_load
from assistance.models import Helper, HelperLoad, SupportPeriod
from assistance.queries.loads import loads_on_list
from assistance.queries.pairings import helpers_on_list
from households.queries.lists import masked
from registry.admin.base import TenantModelAdmin
from registry.admin.history import History
from registry.admin.verbs import Verb, reveal
from registry.crypto import Purpose
from registry.models import User
from registry.tenancy.context import Actor
from villages.admin.fields import DressedForm, VersionedForm, code_field
from villages.admin.labels import code_label
from villages.models import Unit


class HelperForm(DressedForm):
    """A helper; a private person may have no unit. The phone is shown as a mask on the page and typed anew here."""

    kind_code = code_field("helper_kind", _("kind of helper"), required=True)
    rank_code = code_field("helper_rank", _("rank"))
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, help_text=_("Leave empty to keep the number on file.")
    )


class LoginLinkForm(VersionedForm):
    """The login of a helper."""

    username = forms.CharField(label=_("User name"), max_length=60, required=False, help_text=_("Empty for none."))


def _phone(helper: Helper, reason: str, actor: Actor) -> str:
    return reveal_phone(helper.pk, actor=actor, reason=reason)


def _stated(values: dict[str, Any]) -> HelperChanges:
    unit = values["unit"]
    return HelperChanges(
        name=values["name"],
        kind_code=values["kind_code"],
        rank_code=values["rank_code"],
        takes_part=values["takes_part"],
        unit_id=unit.pk if unit else None,
    )


def _has_phone(helper: Helper) -> bool:
    return helper.phone_sealed is not None


def _link(helper: Helper, values: dict[str, Any], actor: Actor) -> Helper:
    return link_login(helper.pk, values["username"], actor=actor, version=values["version"])


_LISTS: Final = {"kind_code": "helper_kind", "rank_code": "helper_rank"}


@admin.register(Helper)
class HelperAdmin(TenantModelAdmin):
    """The county's helpers."""

    view_action = "assistance.view"
    add_action = change_action = "assistance.manage_helpers"
    form = HelperForm
    list_display = ("name", "kind_label", "rank_label", "unit", "takes_part")
    list_select_related = ("unit",)
    search_fields = ("name",)
    history = History(links={"unit_id": Unit, "user": User}, codes=_LISTS)
    kind_label = code_label(Helper, "kind_code", "helper_kind")
    rank_label = code_label(Helper, "rank_code", "helper_rank")
    verbs: ClassVar = (
        reveal("phone", _("Show the telephone"), "assistance.reveal", _phone, offered=_has_phone),
        Verb("login", _("Link with a login"), "assistance.link_login", run=_link, form=LoginLinkForm, icon="link"),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Helper]:
        return helpers_on_list()

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("name", "kind_code", "rank_code", "unit", "phone", "takes_part")
        if not self.has_change_permission(request, obj):
            return ("name", "kind_label", "rank_label", "unit", "phone_masked", "takes_part")
        return ("name", "kind_code", "rank_code", "unit", "phone_masked", "phone", "takes_part")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("kind_label", "rank_label", "phone_masked") if obj else ()

    @admin.display(description=_("Telephone"))
    def phone_masked(self, helper: Helper) -> str:
        """Show the mask; in full it takes a right and a reason."""
        return masked(helper.phone_sealed, Purpose.PHONE, tenant_id=helper.tenant_id)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> Helper:
        return add_helper(HelperChanges(**_stated(values), phone=values["phone"]), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> Helper:
        changes = _stated(values)
        if values.get("phone"):
            changes["phone"] = values["phone"]
        return amend_helper(record.pk, changes, actor=actor, version=version)


@admin.register(SupportPeriod)
class SupportPeriodAdmin(TenantModelAdmin):
    """The part of each year in which lifted households keep their helper."""

    view_action = "assistance.view_coverage"
    add_action = change_action = "assistance.manage_support"
    fields = list_display = ("year", "starts_on", "ends_on")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("year",) if obj else ()

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> SupportPeriod:
        return set_support_period(values["year"], starts_on=values["starts_on"], ends_on=values["ends_on"], actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> SupportPeriod:
        days = {name: values[name] for name in ("starts_on", "ends_on")}
        return amend_support_period(record.pk, actor=actor, version=version, **days)


class HelperLoadForm(DressedForm):
    """A limit: of a rank of the list, or of helpers of whom no rank is on file."""

    rank_code = code_field("helper_rank", _("rank"), help_text=_("Empty: helpers of whom no rank is on file."))


@admin.register(HelperLoad)
class HelperLoadAdmin(TenantModelAdmin):
    """How many households a helper of a rank may stand by, by year."""

    view_action = "assistance.view_coverage"
    add_action = change_action = "assistance.manage_loads"
    form = HelperLoadForm
    list_display = ("from_year", "rank_label", "household_limit", "source")
    history = History(codes={"rank_code": "helper_rank"})
    rank_label = code_label(HelperLoad, "rank_code", "helper_rank")

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[HelperLoad]:
        return loads_on_list()

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ("from_year", "rank_code") if obj is None else ("from_year", "rank_label")
        return (*fixed, "household_limit", "source")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("from_year", "rank_label") if obj else ()

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> HelperLoad:
        return set_helper_load(
            values["from_year"],
            rank_code=values["rank_code"],
            household_limit=values["household_limit"],
            source=values["source"],
            actor=actor,
        )

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> HelperLoad:
        given = {name: values[name] for name in ("household_limit", "source")}
        return amend_helper_load(record.pk, actor=actor, version=version, **given)
