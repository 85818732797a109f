"""Training and public-welfare posts as lists."""

from datetime import date

from typing_extensions import override

from registry.tenancy.context import Actor
from reports.catalogue.asking import year_of
from reports.catalogue.base import Picture, enter
from reports.catalogue.register_list import ListPart, RegisterList
from reports.definitions import livelihood_lists as definitions
from reports.definitions.text import Language, Text
from reports.queries import livelihood_lists as queries
from reports.queries.register_rows import Asked


@enter
class Training(RegisterList):
    """Who took part in which course of a year, and what it led to."""

    id = "training"
    title = definitions.TRAINING.title
    right = "reports.view_persons"

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id, definitions.TRAINING, queries.TRAINING),)

    @override
    def asked(self, picture: Picture, *, actor: Actor) -> Asked:
        year = year_of(picture)
        last = min(picture.as_of, date(year, 12, 31))
        return super().asked(picture, actor=actor).beside(first=date(year, 1, 1), last=last)

    @override
    def heading(self, picture: Picture, title: Text, language: Language) -> str:
        return heading_of_year(title.in_language(language), year_of(picture), language)


@enter
class Posts(RegisterList):
    """Each seat of the public-welfare posts on the day, who holds it, and what was paid in the year."""

    id = "welfare_posts"
    title = definitions.POSTS.title
    right = "reports.view_persons"

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id, definitions.POSTS, queries.POSTS),)


def heading_of_year(title: str, year: int, language: Language) -> str:
    """Write a title with its year."""
    return f"{title} {year}" if language == "en" else f"{year}年{title}"
