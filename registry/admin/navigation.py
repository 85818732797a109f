"""The menu: the models that a person may see and the pages that they may open, grouped by app."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Page(Protocol):
    """What the menu needs of a page."""

    @property
    def name(self) -> str: ...
    @property
    def app(self) -> str: ...
    @property
    def label(self) -> str | Promise: ...
    @property
    def icon(self) -> str: ...


def sidebar(request: HttpRequest, app_list: Iterable[dict[str, Any]], pages: Iterable[Page]) -> list[dict[str, Any]]:
    """Give the groups of the menu in the order of the installed apps, the home page first."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for app in app_list:
        groups[app["app_label"]] = [
            _item(request, model["name"], model["admin_url"], "list_alt")
            for model in app["models"]
            if model["admin_url"]
        ]
    for page in pages:
        item = _item(request, page.label, reverse(f"admin:{page.name}"), page.icon)
        groups.setdefault(page.app, []).append(item)
    order = [config.label for config in apps.get_app_configs()]
    home = {"title": None, "items": [_item(request, _("Home"), reverse("admin:index"), "home")]}
    return [
        home,
        *(
            {"title": apps.get_app_config(label).verbose_name, "separator": True, "items": groups[label]}
            for label in sorted(groups, key=order.index)
        ),
    ]


def _item(request: HttpRequest, title: object, link: str, icon: str) -> dict[str, Any]:
    home = link == reverse("admin:index")
    active = request.path == link if home else request.path.startswith(link)
    return {"title": title, "link": link, "icon": icon, "active": active, "has_permission": True}
