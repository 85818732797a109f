"""The admin site: the door that opens a person's scope round each page and renders the page inside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, Final, cast

from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.utils import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, get_script_prefix, path, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from typing_extensions import override as overrides
from unfold.sites import UnfoldAdminSite

from registry.access import require_role, role_may
from registry.admin import sessions
from registry.admin.forms import LoginForm
from registry.admin.navigation import Group, menu, written
from registry.admin.refusals import refusal_of
from registry.lib.errors import DomainError
from registry.models import User
from registry.tenancy.context import Actor, take_notices
from registry.tenancy.scope import tenant_scope

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of its own beside the models: its address below /admin/, its place in the menu, and its right.

    `app` names the group of the menu; an `action` of the rules table opens it. A page without a `label` is in no menu.
    """

    name: str
    route: str
    action: str
    view: View
    app: str = "registry"
    label: str | Promise = ""
    icon: str = "description"


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page of those who may do the action; others get the menu as a page."""

    action: str
    view: View


class RegistrySite(UnfoldAdminSite):  # type: ignore[misc]  # the theme has no types
    """Django's admin site with the registry's rights. Every page runs in one transaction and scope, and ends in it."""

    site_title = _("Registry of filed households")
    site_header = _("Registry of filed households")
    index_title = _("Home")
    index_template = "registry/admin/index.html"
    login_form = LoginForm
    login_template = "registry/admin/login.html"
    empty_value_display = "–"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.pages: list[SitePage] = []
        self.homes: list[HomePage] = []
        self._menus: dict[tuple[object, ...], tuple[Group, ...]] = {}
        self._actions: dict[str, Any] = {}  # nothing is deleted, in bulk least of all

    def add_page(self, page: SitePage) -> None:
        """Put a page on the site; called by each app's admin package when it is loaded."""
        self.pages.append(page)

    def add_home(self, home: HomePage) -> None:
        """Give the posts that may do an action a first page of their own; the first one that fits is shown."""
        self.homes.append(home)

    @overrides
    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the first page of the post, or the menu as a page; `?menu=1` shows the menu to everybody."""
        actor = actor_at(request)
        home = next((home for home in self.homes if role_may(actor, home.action)), None)
        if home is not None and "menu" not in request.GET:
            return home.view(request)
        answer: HttpResponse = super().index(request, extra_context)
        return answer

    # --- the door -----------------------------------------------------------------------------------------------
    @overrides
    def has_permission(self, request: HttpRequest) -> bool:
        """Let in whoever is at work in a post; what they may do there is asked by each page."""
        return sessions.actor_of(request) is not None

    @overrides
    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Wrap a page: someone logged in, a post chosen, one scope round view and rendering."""

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            turned_away = self._turned_away(request)
            if turned_away is not None:
                return turned_away
            with override(cast("User", request.user).language):
                return self._in_scope(request, view, args, kwargs)

        door: View = inner if cacheable else never_cache(inner)
        return cast("View", update_wrapper(csrf_protect(door), view))

    def _turned_away(self, request: HttpRequest) -> HttpResponse | None:
        """Send on whoever is not at work yet: to log in, to choose a post, or away with a sentence."""
        if request.user.is_authenticated and sessions.is_over(request):
            logout(request)
            messages.warning(
                request, _("You were logged out: nothing was done for half an hour, or the login was eight hours ago.")
            )
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if sessions.actor_of(request) is None and sessions.take_only_post(request) is None:
            return HttpResponseRedirect(f"{reverse('admin:choose')}?next={request.path}")
        sessions.note_sign_of_life(request)
        return None

    def _in_scope(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse:
        """Run the page and render it before the scope closes; whatever is refused is undone and explained."""
        try:
            with tenant_scope(actor_at(request)) as actor:
                require_role(actor, "registry.use_site")
                response = view(request, *args, **kwargs)
                for notice in take_notices():
                    messages.warning(request, str(notice.sentence))
                if isinstance(response, SimpleTemplateResponse):
                    response.render()
                return response
        except (DomainError, PermissionDenied, Http404, DataError) as error:
            return self.refused(request, error)

    def refused(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """Show why something is refused, with the way back."""
        status, sentence = refusal_of(error)
        context = {**self.each_context(request), "title": _("This was not done"), "sentence": sentence}
        return TemplateResponse(request, "registry/admin/refused.html", context, status=status).render()

    # --- addresses ----------------------------------------------------------------------------------------------
    @overrides
    def get_urls(self) -> list[URLPattern | URLResolver]:
        from registry.admin import account  # noqa: PLC0415  (its pages need the site)

        own = [path(page.route, self.admin_view(self._guarded(page)), name=page.name) for page in self.pages]
        return [*account.addresses(self), *own, *super().get_urls()]

    def _guarded(self, page: SitePage) -> View:
        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require_role(actor_at(request), page.action)
            return page.view(request, *args, **kwargs)

        return view

    @overrides
    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Give no sentences: no script of ours speaks."""
        return HttpResponse(content_type="text/javascript", headers={"Cache-Control": "max-age=2592000, public"})

    @overrides
    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the page of the own account."""
        return HttpResponseRedirect(reverse("admin:account"))

    @overrides
    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:account"))

    @overrides
    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Search over all models is not offered: its answers would lie in the cache."""
        raise Http404

    # --- what every page shows ----------------------------------------------------------------------------------
    @overrides
    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = super().each_context(request)
        post = sessions.post_of(request)
        groups = self._menu(request)
        account = [
            {"title": _("Change county or role"), "link": reverse("admin:choose")},
            {"title": _("My account"), "link": reverse("admin:account")},
        ]
        return context | {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": None,
            "site_symbol": "home_work",
            "site_favicons": [{"rel": "icon", "href": "data:,"}],  # else each browser asks for one in vain
            "styles": [static("registry/site.css")],
            "site_subheader": post.label if post else None,
            "environment": [post.label, "primary"] if post else None,
            "post": post,
            "account_links": account if request.user.is_authenticated else [],
            "show_languages": True,
            "languages_action": reverse("admin:language"),
            "show_history": False,
            "sidebar_navigation": groups,
            "sidebar_menu": written(groups, request.path),
            "sidebar_show_all_applications": False,
        }

    def _menu(self, request: HttpRequest) -> tuple[Group, ...]:
        """Give the menu of the person at work: it is the same for all of a role and language, and kept for them."""
        actor = sessions.actor_of(request)
        key = (actor.role if actor else None, get_language(), get_script_prefix())
        if key not in self._menus:
            pages = [page for page in self.pages if page.label and actor is not None and role_may(actor, page.action)]
            self._menus[key] = menu(super().get_app_list(request), pages)
        return self._menus[key]

    @overrides
    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Give the models of one app for its page; on all other pages the menu has them."""
        found: list[Any] = super().get_app_list(request, app_label) if app_label else []
        return found

    @overrides
    def get_log_entries(self, request: HttpRequest) -> Iterable[Any]:
        """Django's log is off: the audit trail replaces it."""
        return []


def actor_at(request: HttpRequest) -> Actor:
    """Give the person at work on a page inside the door. Raises: PermissionDenied outside it."""
    actor = sessions.actor_of(request)
    if actor is None:
        raise PermissionDenied(gettext("Nobody is at work here. Log in first."))
    return actor


site: Final = cast("RegistrySite", admin.site)
