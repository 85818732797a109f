"""The base of every model's pages on the admin site.

    @admin.register(Household)
    class HouseholdAdmin(TenantModelAdmin):
        view_action, add_action, change_action = "households.view", "households.register", "households.amend"
        fields = ("number", "group_name")
        verbs = (Verb("lift", _("Lift"), "households.change_status", run=lift, form=LiftForm, offered=may_lift),)

        def create(self, values, *, actor): return register_household(HouseholdDraft(**values), actor=actor)
        def amend(self, record, values, *, actor, version): return amend_household(record.pk, values, ...)

Rights come from the rules table, writing from the domain, and Django's own log is off.
"""

from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite, EmptyFieldListFilter
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.forms import Field, ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from typing_extensions import override
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from registry.access import allowed, require_role, role_may
from registry.admin.forms import RecordForm
from registry.admin.history import History
from registry.admin.sessions import actor_of
from registry.admin.site import actor_at
from registry.admin.verbs import Verb, offered_verbs, verb_page
from registry.domain.readable import describe
from registry.lib.errors import DomainError
from registry.queries.audit import changes_of
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint

LAST_CHARACTER = chr(0x10FFFF)
# All that the pages of Django's admin need of its scripts where nothing is picked in a pop-up, added or filled in.
SCRIPTS: Final = forms.Media(js=["admin/js/vendor/jquery/jquery.min.js", "admin/js/jquery.init.js"])
_REFUSAL = "_registry_refusal"


class _Rights:
    """Rights of a page and of an inline, from the rules table."""

    view_action: ClassVar[str] = ""
    add_action: ClassVar[str] = ""
    change_action: ClassVar[str] = ""

    def may(self, request: HttpRequest, action: str, record: Model | None = None) -> bool:
        """Tell whether the person at work may do the action; nobody may do an action without a name."""
        actor = actor_of(request)
        if not action or actor is None:
            return False
        return role_may(actor, action) if record is None else allowed(actor, action, record)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may(request, self.view_action, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may(request, self.add_action)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may(request, self.change_action, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted: it ends, is closed, or is corrected by an entry."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request, self.view_action)


RecordPage = tuple[str, str, str | Promise, str]


class TenantModelAdmin(_Rights, ModelAdmin):  # type: ignore[misc]  # the theme has no types
    """Pages of one model: list, form, and a page for each verb. Also for platform tables."""

    form = RecordForm
    verbs: ClassVar[tuple[Verb, ...]] = ()
    # Pages of a record, offered before its verbs: address, right, label and icon; apps above add theirs.
    pages: tuple[RecordPage, ...] = ()
    actions = ()
    list_per_page = 50
    show_full_result_count = False
    list_fullwidth = True
    change_form_template = "registry/admin/record.html"
    has_history: ClassVar[bool] = True
    history: ClassVar[History] = History()

    def __init__(self, model: type[Model], admin_site: AdminSite) -> None:
        super().__init__(model, admin_site)
        if self.has_history:
            describe(model, self.history, view=self.view_action)

    # --- what a subclass gives --------------------------------------------------------------------------------------
    def create(self, values: dict[str, Any], *, actor: Actor) -> Model:
        """Call the domain function that makes a record from the form's values."""
        raise NotImplementedError

    def amend(self, record: Model, values: dict[str, Any], *, actor: Actor, version: int) -> Model:
        """Call the domain function that changes a record which is still at `version`; 0 for rows without one."""
        raise NotImplementedError

    @property
    def media(self) -> forms.Media:
        """Leave out the scripts that no page of ours uses: they weigh more than the page."""
        return SCRIPTS

    @override
    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Filter by what is offered as a filter and by nothing else: else an address could try out sealed columns."""
        return lookup.removesuffix("__exact") in {_lookup_of(item) for item in self.list_filter}

    # --- list -------------------------------------------------------------------------------------------------------
    @override
    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find what begins with the term in any of `search_fields`: a range, which row-level security can index."""
        term = search_term.strip()
        if not term or not self.search_fields:
            return queryset, False
        found = Q()
        for field in self.search_fields:
            found |= Q(**{f"{field}__gte": term, f"{field}__lt": term + LAST_CHARACTER})
        return queryset.filter(found), False

    # --- form -------------------------------------------------------------------------------------------------------
    @override
    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Give the record; one that is unknown and one outside the scope look the same."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    @override
    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Show no rows below a record that is not there yet."""
        return self.inlines if obj is not None else ()

    @override
    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> "type[ModelForm[Any]]":
        form: type[ModelForm[Any]] = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, _REFUSAL, None)
        return type(form.__name__, (form,), {"refusal": refusal}) if refusal is not None else form

    @override
    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Field | None:
        """Offer no pop-up windows beside related fields: each record has its own page."""
        field: Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)
        for name in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
            if field is not None and hasattr(field.widget, name):
                setattr(field.widget, name, False)
        return field

    @override
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form; what the domain refuses is undone, and the form comes again with its sentence."""
        context = {**self._form_context(request, object_id), **(extra_context or {})}
        try:
            with savepoint():
                return super().changeform_view(request, object_id, form_url, context)  # type: ignore[no-any-return]
        except DomainError as error:
            if request.method != "POST" or getattr(request, _REFUSAL, None) is not None:
                raise
            setattr(request, _REFUSAL, error)
            return super().changeform_view(request, object_id, form_url, context)  # type: ignore[no-any-return]

    def _form_context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        plain = {"show_save_and_continue": False, "show_save_and_add_another": False}
        if object_id is None:
            return plain
        require_role(actor_at(request), self.view_action)
        record = self.get_object(request, object_id)
        opts = self.model._meta
        shows_history = self.has_history and self.may(request, "registry.view_history", record)
        return plain | {
            "verb_links": [
                *(
                    {"title": label, "link": reverse(f"admin:{name}", args=[record.pk]), "icon": icon}
                    for name, action, label, icon in self.offered_pages(record)
                    if self.may(request, action)
                ),
                *(
                    {
                        "title": verb.label,
                        "link": reverse(f"admin:{opts.app_label}_{opts.model_name}_verb", args=[record.pk, verb.name]),
                        "icon": verb.icon,
                    }
                    for verb in offered_verbs(self.verbs, record, actor_at(request))
                ),
            ],
            "show_history": shows_history,
        }

    def offered_pages(self, record: Model) -> tuple[RecordPage, ...]:
        """Give the pages that are of use for this record as it is now."""
        return self.pages

    @override
    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return form.instance

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Hand the values to the domain; nothing is saved here."""
        actor = actor_at(request)
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if change:
            self.amend(obj, values, actor=actor, version=form.cleaned_data.get("version") or 0)
        else:
            obj.pk = self.create(values, actor=actor).pk

    @override
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Inlines are for reading; each of their rows has its own verbs."""

    @override
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Django's log is off: the audit trail replaces it."""

    @override
    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Django's log is off: the audit trail replaces it."""

    @override
    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[Any]:
        return []

    @override
    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._saved(request, obj)

    @override
    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._saved(request, obj)

    def _saved(self, request: HttpRequest, obj: Model) -> HttpResponse:
        """Say that it was saved without naming the record: messages wait in the session."""
        messages.success(request, _("Saved."))
        opts = self.model._meta
        return HttpResponseRedirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[obj.pk]))

    # --- verbs and history ------------------------------------------------------------------------------------------
    @override
    def get_urls(self) -> list[URLPattern]:
        opts = self.model._meta
        name = f"{opts.app_label}_{opts.model_name}_verb"
        verb = path("<uuid:object_id>/do/<slug:verb>/", self.admin_site.admin_view(self.verb_view), name=name)
        return [*([verb] if self.verbs else []), *super().get_urls()]

    @override
    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Refuse: nothing is deleted."""
        raise PermissionDenied

    def verb_view(self, request: HttpRequest, object_id: UUID, verb: str) -> HttpResponse:
        """Show and do one verb of one record."""
        found = next((known for known in self.verbs if known.name == verb), None)
        if found is None:
            raise Http404
        require_role(actor_at(request), self.view_action)
        return verb_page(request, found, self.get_object(request, str(object_id)))

    @override
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show when which fields of the record changed, and from what to what; sealed values stay masked."""
        if not self.has_history or not self.has_view_permission(request):
            raise PermissionDenied
        require_role(actor_at(request), "registry.view_history")
        record = self.get_object(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Changes of this record"),
            "opts": self.model._meta,
            "original": record,
            "changes": self.history.readable(changes_of(record.pk), self.model),
        }
        return TemplateResponse(request, "registry/admin/history.html", context)


class _ReadingInline(_Rights):
    """Rows below a record, for reading."""

    extra = 0
    max_num = 0
    hide_title = True
    can_delete = False
    show_change_link = False

    fields: tuple[str, ...] = ()

    @property
    def media(self) -> forms.Media:
        """Ask for no scripts: nothing is added or taken away."""
        return SCRIPTS

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return self.fields

    @override
    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class TenantTabularInline(_ReadingInline, TabularInline):  # type: ignore[misc]  # the theme has no types
    """Rows below a record as a table; give `model`, `fields` and `view_action`."""


class TenantStackedInline(_ReadingInline, StackedInline):  # type: ignore[misc]  # the theme has no types
    """Rows below a record, one after the other; give `model`, `fields` and `view_action`."""


def _lookup_of(item: object) -> str:
    """Give the lookup that the links of a list's filter ask with."""
    if isinstance(item, str):
        return item
    if isinstance(item, tuple):
        name, kind = item
        return f"{name}__isempty" if kind is EmptyFieldListFilter else str(name)
    return str(getattr(item, "parameter_name", ""))
