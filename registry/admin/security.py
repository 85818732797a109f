"""The security administrator's pages: accounts, memberships, tokens."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.forms import RecordForm, SiteForm, dress
from registry.admin.links import password_link, send_password_link
from registry.admin.site import actor_at
from registry.admin.verbs import ReasonForm, Verb
from registry.domain.memberships import NewAccount, admit_person, end_membership, grant_membership
from registry.domain.people import amend_user, may_be_shown, password_link_for, unlock_user
from registry.domain.tokens import issue_token, revoke_token
from registry.enums import ADMINISTRATORS, Role, Sector
from registry.lib.periods import today
from registry.models import ApiToken, Membership, Tenant, User
from registry.queries.people import memberships_managed_by, tokens_managed_by, users_managed_by
from registry.queries.system import tenants_managed_by
from registry.tenancy.context import Actor, current_actor

MEMBERSHIP_FIELDS = ("tenant", "role", "sector", "division_code", "starts_on", "ends_on")
ROLES = [(role.value, role.label) for role in Role if role is not Role.SERVICE]


def _offer_tenants(form: forms.BaseForm) -> None:
    """Offer the tenants that the person at work looks after."""
    field = cast("forms.ModelChoiceField[Tenant]", form.fields["tenant"])
    field.queryset = tenants_managed_by(current_actor()).filter(is_active=True)
    field.initial = current_actor().tenant_id


class GrantForm(SiteForm):
    """A membership."""

    tenant = forms.ModelChoiceField(label=_("County"), queryset=Tenant.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", "–"), *Sector.choices], required=False)
    division_code = forms.CharField(label=_("Division"), max_length=12, help_text=_("Code of 12 digits"))
    starts_on = forms.DateField(label=_("From"), initial=today)
    ends_on = forms.DateField(label=_("Until (not included)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_tenants(self)


class AdmitForm(RecordForm):
    """An account with its first membership."""

    tenant = forms.ModelChoiceField(label=_("County"), queryset=Tenant.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", "–"), *Sector.choices], required=False)
    division_code = forms.CharField(label=_("Division"), max_length=12, help_text=_("Code of 12 digits"))
    starts_on = forms.DateField(label=_("From"), initial=today)
    ends_on = forms.DateField(label=_("Until (not included)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_tenants(self)
        dress(self)


class TokenForm(SiteForm):
    """A token."""

    tenant = forms.ModelChoiceField(label=_("County"), queryset=Tenant.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=[choice for choice in ROLES if choice[0] not in ADMINISTRATORS])
    label = forms.CharField(label=_("Purpose"), max_length=100)
    expires_on = forms.DateField(label=_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_tenants(self)


class EndForm(ReasonForm):
    """The end of a membership."""

    ends_on = forms.DateField(label=_("First day without it"), initial=today)


def _grant(user: User, values: dict[str, Any], actor: Actor) -> Membership:
    return grant_membership(user, **values, actor=actor)


def _issue(user: User, values: dict[str, Any], actor: Actor) -> str:
    return issue_token(user, **values | {"role": Role(values["role"])}, actor=actor).text


def _password_link(user: User, values: dict[str, Any], actor: Actor) -> str:
    """Show the link, or mail it where showing it would give one administrator the power of another."""
    account, token = password_link_for(user.pk, actor=actor)
    if may_be_shown(account):
        return password_link(account, token)
    send_password_link(account, token)
    return str(_("The link was mailed to the verified address of the account."))


def _mail_password_link(user: User, values: dict[str, Any], actor: Actor) -> None:
    send_password_link(*password_link_for(user.pk, actor=actor))


def _unlock(user: User, values: dict[str, Any], actor: Actor) -> User:
    return unlock_user(user.pk, actor=actor)


def _end(membership: Membership, values: dict[str, Any], actor: Actor) -> Membership:
    return end_membership(membership.pk, ends_on=values["ends_on"], reason=values["reason"], actor=actor)


def _revoke(token: ApiToken, values: dict[str, Any], actor: Actor) -> ApiToken:
    return revoke_token(token.pk, reason=values["reason"], actor=actor)


def _is_locked(user: User) -> bool:
    return user.locked_until is not None and user.locked_until > timezone.now()


class MembershipInline(TenantTabularInline):
    """The memberships of an account."""

    model = Membership
    fk_name = "user"
    view_action = "registry.view_people"
    fields = MEMBERSHIP_FIELDS
    show_change_link = True

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return memberships_managed_by(actor_at(request))


class TokenInline(TenantTabularInline):
    """The tokens of an account."""

    model = ApiToken
    view_action = "registry.view_people"
    fields = ("label", "tenant", "role", "prefix", "expires_at", "revoked_at", "last_used_at")
    show_change_link = True

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        return tokens_managed_by(actor_at(request))


@admin.register(User)
class UserAdmin(TenantModelAdmin):
    """Accounts of people and machines."""

    view_action, add_action, change_action = "registry.view_people", "registry.create_user", "registry.amend_user"
    has_history: ClassVar[bool] = False
    list_display = ("username", "name", "is_active", "locked_until", "last_login")
    search_fields = ("username", "name")
    readonly_fields = ("email_verified_at", "failed_logins", "locked_until", "last_login")
    inlines = (MembershipInline, TokenInline)
    verbs = (
        Verb(
            "grant",
            _("Grant a membership"),
            "registry.grant_membership",
            run=_grant,
            form=GrantForm,
            icon="add_moderator",
        ),
        Verb(
            "issue-token",
            _("Issue a token"),
            "registry.manage_tokens",
            run=_issue,
            form=TokenForm,
            icon="key",
            secret=_("Token"),
        ),
        Verb(
            "password-link",
            _("Link for a new password"),
            "registry.amend_user",
            run=_password_link,
            icon="link",
            secret=_("Link for a new password"),
            intro=_("The link can be used once and lapses after three days. Hand it to the person yourself."),
        ),
        Verb(
            "mail-password-link",
            _("Mail the link for a new password"),
            "registry.amend_user",
            run=_mail_password_link,
            icon="mail",
            offered=lambda user: user.email_verified_at is not None,
        ),
        Verb("unlock", _("Unlock"), "registry.amend_user", run=_unlock, icon="lock_open", offered=_is_locked),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return users_managed_by(actor_at(request))

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ("username", "name", "email", "language", *MEMBERSHIP_FIELDS)
        return ("name", "email", "language", "is_active", *self.readonly_fields)

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = AdmitForm
        return super().get_form(request, obj, change=change, **kwargs)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> User:
        first = {name: values[name] for name in MEMBERSHIP_FIELDS}
        account = NewAccount(**{name: values[name] for name in ("username", "name", "email", "language")})
        return admit_person(account, **first, actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> User:
        return amend_user(record.pk, values, actor=actor, version=version)


@admin.register(Membership)
class MembershipAdmin(TenantModelAdmin):
    """Memberships: who may be what where."""

    view_action = "registry.view_people"
    has_history: ClassVar[bool] = False
    list_display = ("user", "tenant", "role", "sector", "division_code", "starts_on", "ends_on")
    list_filter = ("role",)
    search_fields = ("user__username", "division_code")
    fields = (*list_display, "granted_by")
    verbs = (
        Verb(
            "end",
            _("End the membership"),
            "registry.view_people",
            run=_end,
            form=EndForm,
            icon="event_busy",
            offered=lambda membership: membership.ends_on is None or membership.ends_on > today(),
            danger=True,
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return memberships_managed_by(actor_at(request))


@admin.register(ApiToken)
class TokenAdmin(TenantModelAdmin):
    """Tokens; their text is shown once, when they are issued."""

    view_action = "registry.view_people"
    has_history: ClassVar[bool] = False
    list_display = ("label", "user", "tenant", "role", "prefix", "expires_at", "revoked_at", "last_used_at")
    search_fields = ("user__username", "label", "prefix")
    fields = (*list_display, "created_at")
    verbs = (
        Verb(
            "revoke",
            _("Revoke the token"),
            "registry.view_people",
            run=_revoke,
            form=ReasonForm,
            icon="key_off",
            offered=lambda token: token.revoked_at is None,
            danger=True,
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        return tokens_managed_by(actor_at(request))
