"""Pages of a person's own: choose a post, language, address and password, and the two links that come by mail."""

from collections.abc import Callable
from typing import Any, Final, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlsafe_base64_decode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from registry.admin import sessions
from registry.admin.forms import SiteForm, add_refusal
from registry.admin.links import send_verification
from registry.admin.pages import FormPage, form_page
from registry.admin.site import RegistrySite, actor_at, site
from registry.domain.origin import client_address
from registry.domain.people import amend_own_account, change_own_password, set_password_by_link, verify_email
from registry.lib.errors import DomainError
from registry.models import User

View = Callable[..., HttpResponse]
LANGUAGES: Final = [("zh-hans", "中文"), ("en", "English")]


def addresses(site: RegistrySite) -> list[URLPattern]:
    """Give the addresses: the first five need no post yet."""
    return [
        path("choose/", never_cache(csrf_protect(choose)), name="choose"),
        path("language/", never_cache(csrf_protect(require_POST(language))), name="language"),
        path("set-password/<str:user>/<str:token>/", never_cache(csrf_protect(set_password)), name="set_password"),
        path("verify-email/<str:token>/", never_cache(verify_address), name="verify_email"),
        path("account/", site.admin_view(account), name="account"),
        path("account/password/", site.admin_view(change_password), name="account_password"),
        path("account/verify/", site.admin_view(require_POST(ask_verification)), name="account_verify"),
    ]


# --- before a post is chosen ------------------------------------------------------------------------------------------
def choose(request: HttpRequest) -> HttpResponse:
    """Let a person choose the county and role to work in; say so where there is none."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("admin:login"))
    onward = _onward(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST":
        if sessions.choose_post(request, request.POST.get("post", "")) is not None:
            return HttpResponseRedirect(onward)
        messages.error(request, _("This role has ended meanwhile. Choose another one."))
    posts = sessions.posts(request)
    with override(request.user.language):
        context = {
            **site.each_context(request),
            "title": _("Choose county and role"),
            "posts": posts,
            "next": onward,
            "is_nav_sidebar_enabled": False,
        }
        response = TemplateResponse(request, "registry/admin/choose.html", context, status=200 if posts else 403)
        return response.render()


def language(request: HttpRequest) -> HttpResponse:
    """Change the language: for someone at work in the account, for everybody in a cookie."""
    code = request.POST.get("language", "")
    response = HttpResponseRedirect(_onward(request, request.POST.get("next", "")))
    if code not in dict(LANGUAGES):
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    if sessions.actor_of(request) is not None:
        return site.admin_view(_language_writer(code, response))(request)
    return response


def _language_writer(code: str, response: HttpResponse) -> View:
    def write(request: HttpRequest) -> HttpResponse:
        amend_own_account({"language": code}, actor=actor_at(request))
        return response

    return write


class SetPasswordForm(SiteForm):
    """Twice the same password."""

    password = forms.CharField(
        label=_("New password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("The same once more"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_again(self) -> str:
        """Compare both."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("The two passwords differ. Enter both again."))
        return again


def set_password(request: HttpRequest, user: str, token: str) -> HttpResponse:
    """Let the owner of a one-time link set the password."""
    form = SetPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_password_by_link(_user_of(user), token, form.cleaned_data["password"], origin=client_address(request))
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The password is set. Log in with it now."))
            return HttpResponseRedirect(reverse("admin:login"))
    context = {**site.each_context(request), "title": _("Set your password"), "form": form, "button": _("Set password")}
    response = TemplateResponse(request, "registry/admin/outside_form.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _user_of(text: str) -> User | None:
    try:
        return User.objects.filter(pk=urlsafe_base64_decode(text).decode()).first()
    except (ValueError, forms.ValidationError):
        return None


def verify_address(request: HttpRequest, token: str) -> HttpResponse:
    """Mark an address as verified by the link that was mailed there."""
    try:
        verify_email(token, origin=client_address(request))
        sentence, status = str(_("Your e-mail address is verified. Reports can be sent to it.")), 200
    except DomainError as error:
        sentence, status = str(error), 422
    context = {**site.each_context(request), "title": _("E-mail address"), "sentence": sentence}
    response = TemplateResponse(request, "registry/admin/outside_note.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response


# --- one's own account ------------------------------------------------------------------------------------------------
class AccountForm(SiteForm):
    """What a person may change of the own account."""

    email = forms.EmailField(label=_("E-mail address"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


class PasswordForm(SetPasswordForm):
    """The present password, and twice the new one."""

    old_password = forms.CharField(
        label=_("Present password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    field_order = ("old_password", "password", "again")


def account(request: HttpRequest) -> HttpResponse:
    """Show and change address and language."""
    user = cast("User", request.user)

    def submit(values: dict[str, Any]) -> HttpResponse:
        amend_own_account(values, actor=actor_at(request))
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("admin:account"))

    page = FormPage(_("My account"), reverse("admin:index"))
    initial = {"email": user.email, "language": user.language}
    context = {"account": user, "links": [{"title": _("Change password"), "link": reverse("admin:account_password")}]}
    response = form_page(request, page, AccountForm, submit, initial=initial, context=context)
    if isinstance(response, TemplateResponse):
        response.template_name = "registry/admin/account.html"
    return response


def change_password(request: HttpRequest) -> HttpResponse:
    """Change the own password and stay logged in."""

    def submit(values: dict[str, Any]) -> HttpResponse:
        user = change_own_password(values["old_password"], values["password"], actor=actor_at(request))
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password is changed."))
        return HttpResponseRedirect(reverse("admin:account"))

    return form_page(request, FormPage(_("Change password"), reverse("admin:account")), PasswordForm, submit)


def ask_verification(request: HttpRequest) -> HttpResponse:
    """Mail the link that verifies the address."""
    send_verification(cast("User", request.user))
    messages.success(request, _("A link is on its way to your address. Open it within three days."))
    return HttpResponseRedirect(reverse("admin:account"))


def _onward(request: HttpRequest, address: str) -> str:
    """Give an address of this site to go on to, the home page for any other."""
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if address and own else reverse("admin:index")
