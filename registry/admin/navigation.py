"""The menu: the models that a person may see and the pages that they may open, grouped by app."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.apps import apps
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

# The looks are those of the theme's own menu.
_HEAD: Final = (
    '<hr class="border-t border-base-200 mx-6 my-2 dark:border-base-800">'
    '<h2 class="font-semibold flex flex-row group items-center mb-1 mx-3 py-1.5 px-3 select-none '
    'text-font-important-light text-sm dark:text-font-important-dark">{}</h2>'
)
_LINE: Final = (
    '<li><a href="{}" class="flex h-[38px] items-center -mx-3 px-3 rounded-default hover:text-primary-600 '
    'dark:hover:text-primary-500 {}"><span class="material-symbols-outlined md-18 mr-3 w-[18px]">{}</span>'
    "<span>{}</span></a></li>"
)
_GROUP: Final = (
    '<div class="hidden mb-1.5 has-[ol]:has-[li]:block">{}<ol class="flex flex-col gap-0.5 px-6">{}</ol></div>'
)
_ACTIVE: Final = "bg-base-100 font-semibold text-primary-600 dark:bg-white/[.06] dark:text-primary-500 active"


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


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu, written twice: as a page like others, and as the one that is open."""

    title: str
    link: str
    icon: str
    idle: SafeString
    active: SafeString


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one app."""

    title: str
    items: tuple[Item, ...]


def menu(app_list: Iterable[dict[str, Any]], pages: Iterable[Page]) -> tuple[Group, ...]:
    """Give the groups of the menu in the order of the installed apps, the home page first.

    In the present language. It depends on nothing but the models and pages, so that a role's menu can be kept.
    """
    groups: dict[str, list[Item]] = {}
    for app in app_list:
        groups[app["app_label"]] = [
            _item(model["name"], model["admin_url"], "list_alt") for model in app["models"] if model["admin_url"]
        ]
    for page in pages:
        item = _item(page.label, reverse(f"admin:{page.name}"), page.icon)
        groups.setdefault(page.app, []).append(item)
    order = [config.label for config in apps.get_app_configs()]
    return (
        Group("", (_item(_("Home"), reverse("admin:index"), "home"),)),
        *(
            Group(str(apps.get_app_config(label).verbose_name), tuple(groups[label]))
            for label in sorted(groups, key=order.index)
        ),
    )


def written(groups: Iterable[Group], path: str) -> SafeString:
    """Write the menu beside a page: a hundred lines that a template would fill in anew for every page."""
    home = reverse("admin:index")
    return format_html_join("", "{}", ((_written_group(group, path, home),) for group in groups))


def _written_group(group: Group, path: str, home: str) -> SafeString:
    lines = (
        item.active if path == item.link or (path.startswith(item.link) and item.link != home) else item.idle
        for item in group.items
    )
    head = format_html(_HEAD, group.title) if group.title else ""
    return format_html(_GROUP, head, format_html_join("", "{}", ((line,) for line in lines)))


def _item(title: object, link: str, icon: str) -> Item:
    idle, active = (format_html(_LINE, link, mark, icon, title) for mark in ("", _ACTIVE))
    return Item(str(title), link, icon, idle, active)
