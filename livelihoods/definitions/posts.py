"""Who may hold a public-welfare post, and for how long at once, as the product comes with it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFigures:
    """Who may hold a post and for how long at once. Units: full years on the first day, both included; months; days.

    `asked_days` says how long before the end of a term it is asked whether it is renewed.
    """

    youngest_age: int
    oldest_age: int
    most_months: int
    asked_days: int
    source: str = ""


# The longest term that the database holds; a county may ask for shorter ones.
LONGEST_MONTHS: Final = 12
# Ages. Source: rules of the national system on posts, which doubt holders below 16 and from 70 on. The term and the
# days are a proposal of ours: contracts of such posts are signed by the year. A county enters its own by year.
SHIPPED_POSTS: Final = PostFigures(youngest_age=16, oldest_age=69, most_months=12, asked_days=60)
# The items of income under which the pay counts, by who pays: a department, the township, the village.
PAY_ITEMS: Final = ("1021", "1022", "1023")
