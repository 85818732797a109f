"""Code lists as data."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class Code(models.Model):
    """One entry of one edition of a code list, with its labels, its spellings met in files and its GB code.

    A platform table, filled by `manage.py load_code_lists` from `registry/data/code_lists/`.
    """

    scheme = models.CharField(_("code list"), max_length=40)
    edition = models.CharField(_("edition"), max_length=20)
    code = models.CharField(_("code"), max_length=20)
    label_zh = models.CharField(_("label in Chinese"), max_length=100)
    label_en = models.CharField(_("label in English"), max_length=120)
    parent_code = models.CharField(_("parent"), max_length=20, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    gb_scheme = models.CharField(_("GB standard"), max_length=40, blank=True)
    gb_code = models.CharField(_("code in that standard"), max_length=20, blank=True)
    aliases = ArrayField(models.CharField(max_length=100), verbose_name=_("other spellings"), default=list, blank=True)
    note = models.CharField(_("source or note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("code lists")
        ordering = ["scheme", "edition", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "edition", "code"], name="code_once_an_edition"),
        ]

    @override
    def __str__(self) -> str:
        return self.label_zh
