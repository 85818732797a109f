"""What teams are there for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel


class TeamTask(VersionedModel):
    """A task of teams in the county's own words, below one of the shipped kinds. Shared by the whole county.

    The kinds are those of assistance (list `team_task`), and no county adds one: what is no assistance has no place
    here. A county without rows of its own has the kinds themselves as its list.
    """

    kind_code = models.CharField(_("kind"), max_length=20)
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("task of teams")
        verbose_name_plural = _("tasks of teams")
        ordering = ["kind_code", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="teamtask_name_once_a_tenant"),
            models.CheckConstraint(name="teamtask_is_named", condition=~Q(name="") & ~Q(kind_code="")),
        ]

    @override
    def __str__(self) -> str:
        return self.name
