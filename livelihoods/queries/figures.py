"""The figures of training that hold in a year."""

from django.utils.translation import gettext

from livelihoods.definitions.figures import SHIPPED, TrainingFigures
from livelihoods.models import TrainingRule


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
