"""The roster by django-import-export with its defaults: a dry run for the preview, then the import, row by row.

It writes less than ours: household, person and membership, without years, postings, pairings, seals or checks.
"""

from typing import Any

import tablib
from import_export import fields, resources, widgets
from typing_extensions import override

from households.models import Household, Membership, Person
from villages.models import Village

KINDS = {"脱贫户": "lifted", "贫困户": "filed"}


class PersonResource(resources.ModelResource):  # type: ignore[misc]  # the library has no types
    """A person a row, known by the person number; the household is made when its first row comes."""

    name = fields.Field("name", "姓名")
    number = fields.Field("number", "人编号")
    work_months = fields.Field(column_name="务工时间(月)", widget=widgets.DecimalWidget(), attribute="unused_months")

    class Meta:
        model = Person
        import_id_fields = ("number",)
        fields = ("name", "number")

    @override
    def before_save_instance(self, instance: Person, row: dict[str, Any], **kwargs: Any) -> None:
        """Give the person what the sheet says, and a placeholder instead of a sealed number."""
        instance.scope_code = row["行政村编码"]
        instance.sex_code = "1" if row["性别"] == "男" else "2"
        instance.is_placeholder = True

    @override
    def after_save_instance(self, instance: Person, row: dict[str, Any], **kwargs: Any) -> None:
        """Put the person into the household of the row."""
        code = row["行政村编码"]
        household, _made = Household.objects.get_or_create(
            number=row["户编号"],
            defaults={
                "scope_code": code,
                "village": Village.objects.get(code=code),
                "status": KINDS[row["户类型"]],
                "group_name": row["自然村"],
            },
        )
        relation = "01" if row["与户主关系"] == "户主" else "99"
        Membership.objects.get_or_create(
            household=household, person=instance, defaults={"scope_code": code, "relation_code": relation}
        )


def import_sample(table: list[list[str]]) -> None:
    """Preview and import a table whose first row is the header.

    Raises: RuntimeError when a row has an error, since it would not have been measured.
    """
    dataset = tablib.Dataset(*table[1:], headers=table[0])
    for dry_run in (True, False):
        result = PersonResource().import_data(dataset, dry_run=dry_run, use_transactions=True)
        if result.has_errors():
            raise RuntimeError("the peer could not import the sample")
