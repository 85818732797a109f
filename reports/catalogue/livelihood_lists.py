"""Training and public-welfare posts as lists."""

from typing_extensions import override

from registry.tenancy.context import Actor
from reports.catalogue.asking import days_of_year
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
    has_sealed = True

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.TRAINING, queries.TRAINING),)

    @override
    def asked(self, picture: Picture, *, actor: Actor) -> Asked:
        return super().asked(picture, actor=actor).beside(**days_of_year(picture.as_of))

    @override
    def heading(self, picture: Picture, title: Text, language: Language) -> str:
        return heading_of_year(title.in_language(language), picture.as_of.year, language)


@enter
class Posts(RegisterList):
    """Each seat of the public-welfare posts on the day, who holds it, and what was paid in the year."""

    id = "welfare-posts"
    title = definitions.POSTS.title
    right = "reports.view_persons"
    has_sealed = True

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.POSTS, queries.POSTS),)


def heading_of_year(title: str, year: int, language: Language) -> str:
    """Write a title with its year."""
    return f"{title} {year}" if language == "en" else f"{year}年{title}"
