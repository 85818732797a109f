"""The figures of training and of posts that hold in a year."""

from dataclasses import replace

from django.utils.translation import gettext

from livelihoods.definitions.figures import SHIPPED, TrainingFigures
from livelihoods.definitions.posts import SHIPPED_POSTS, PostFigures
from livelihoods.models import PostRule, TrainingRule


def figures_of(year: int) -> TrainingFigures:
    """Give the county's figures that hold in the year, else those that come with the product."""
    row = TrainingRule.objects.filter(from_year__lte=year).order_by("-from_year").first()
    if row is None:
        return TrainingFigures(
            youngest_age=SHIPPED.youngest_age,
            oldest_age=SHIPPED.oldest_age,
            least_percent=SHIPPED.least_percent,
            needs_certificate=SHIPPED.needs_certificate,
            counted_since=SHIPPED.counted_since,
            source=gettext("comes with the product: a proposal"),
        )
    return TrainingFigures(
        youngest_age=row.youngest_age,
        oldest_age=row.oldest_age,
        least_percent=row.least_percent,
        needs_certificate=row.needs_certificate,
        counted_since=row.counted_since,
        source=row.source,
    )


def post_figures_of(year: int) -> PostFigures:
    """Give the county's figures of posts that hold in the year, else those that come with the product."""
    row = PostRule.objects.filter(from_year__lte=year).order_by("-from_year").first()
    if row is None:
        return replace(SHIPPED_POSTS, source=gettext("comes with the product: a proposal"))
    return PostFigures(
        youngest_age=row.youngest_age,
        oldest_age=row.oldest_age,
        most_months=row.most_months,
        asked_days=row.asked_days,
        source=row.source,
    )
