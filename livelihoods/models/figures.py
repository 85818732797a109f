"""The county's own figures of training and of posts."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from livelihoods.definitions.posts import LONGEST_MONTHS
from registry.tenancy.models import VersionedModel


class TrainingRule(VersionedModel):
    """Whom courses are for and who counts as trained in the county, from a year on.

    Before the first one the figures that come with the product hold. Units: full years; percent of a course's days.
    """

    from_year = models.PositiveSmallIntegerField(_("from the year"))
    youngest_age = models.PositiveSmallIntegerField(_("youngest age"))
    oldest_age = models.PositiveSmallIntegerField(_("oldest age"))
    least_percent = models.PositiveSmallIntegerField(_("attendance that counts (percent of the days)"))
    needs_certificate = models.BooleanField(_("a certificate alone counts"), default=False)
    counted_since = models.DateField(_("courses count that ended on this day or later"))
    source = models.CharField(_("source of the figures"), max_length=200)

    class Meta(VersionedModel.Meta):
        verbose_name = _("figures of training")
        verbose_name_plural = _("figures of training")
        ordering = ["-from_year"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "from_year"], name="trainingrule_once_a_year"),
            models.CheckConstraint(
                name="trainingrule_year_is_plausible", condition=Q(from_year__gte=2000, from_year__lte=2100)
            ),
            models.CheckConstraint(
                name="trainingrule_ages_are_in_order",
                condition=Q(youngest_age__gte=14, oldest_age__lte=120, oldest_age__gte=F("youngest_age")),
            ),
            models.CheckConstraint(
                name="trainingrule_percent_is_one", condition=Q(least_percent__gte=1, least_percent__lte=100)
            ),
            models.CheckConstraint(
                name="trainingrule_day_is_plausible",
                condition=Q(counted_since__gte=date(2000, 1, 1), counted_since__lt=date(2101, 1, 1)),
            ),
            models.CheckConstraint(name="trainingrule_names_its_source", condition=~Q(source="")),
        ]

    @override
    def __str__(self) -> str:
        return str(self.from_year)


class PostRule(VersionedModel):
    """Who may hold a public-welfare post in the county and for how long at once, from a year on.

    Before the first one the figures that come with the product hold. Units: full years; months; days before the end.
    """

    from_year = models.PositiveSmallIntegerField(_("from the year"))
    youngest_age = models.PositiveSmallIntegerField(_("youngest age"))
    oldest_age = models.PositiveSmallIntegerField(_("oldest age"))
    most_months = models.PositiveSmallIntegerField(_("longest term (months)"))
    asked_days = models.PositiveSmallIntegerField(_("looked at before its end (days)"))
    source = models.CharField(_("source of the figures"), max_length=200)

    class Meta(VersionedModel.Meta):
        verbose_name = _("figures of posts")
        verbose_name_plural = _("figures of posts")
        ordering = ["-from_year"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "from_year"], name="postrule_once_a_year"),
            models.CheckConstraint(
                name="postrule_year_is_plausible", condition=Q(from_year__gte=2000, from_year__lte=2100)
            ),
            models.CheckConstraint(
                name="postrule_ages_are_in_order",
                condition=Q(youngest_age__gte=16, oldest_age__lte=120, oldest_age__gte=F("youngest_age")),
            ),
            models.CheckConstraint(
                name="postrule_term_is_a_year_at_most", condition=Q(most_months__gte=1, most_months__lte=LONGEST_MONTHS)
            ),
            models.CheckConstraint(
                name="postrule_days_are_of_a_year", condition=Q(asked_days__gte=1, asked_days__lte=366)
            ),
            models.CheckConstraint(name="postrule_names_its_source", condition=~Q(source="")),
        ]

    @override
    def __str__(self) -> str:
        return str(self.from_year)
