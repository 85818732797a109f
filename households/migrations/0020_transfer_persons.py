import django.db.models.deletion
from django.db import migrations, models

import registry.tenancy.fields
from registry.tenancy.operations import TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0019_fill_sounds_of_names"),
        ("registry", "0009_widen_claims"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="transfer",
            name="transfer_one_open_a_household",
        ),
        migrations.AddField(
            model_name="transfer",
            name="joining_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="why the person joins"),
        ),
        migrations.AddField(
            model_name="transfer",
            name="leaving_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="why the person leaves"),
        ),
        migrations.AddField(
            model_name="transfer",
            name="person",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transfers",
                to="households.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="person_name",
            field=models.CharField(blank=True, max_length=60, verbose_name="name of the person"),
        ),
        migrations.AddField(
            model_name="transfer",
            name="relation_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="relation to the head"),
        ),
        migrations.AddField(
            model_name="transfer",
            name="subject",
            field=models.CharField(
                choices=[("household", "Whole household"), ("person", "One person")],
                default="household",
                max_length=9,
                verbose_name="who goes",
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["tenant", "person"], name="transfer_person"),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ["offered", "accepted"]), ("direction", "outgoing"), ("subject", "household")
                ),
                fields=("tenant", "household"),
                name="transfer_one_open_a_household",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["offered", "accepted"]), ("direction", "outgoing")),
                fields=("tenant", "person"),
                name="transfer_one_open_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject__in", ["household", "person"])), name="transfer_subject_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("leaving_code", ""), ("person__isnull", True), ("person_name", ""), ("subject", "household")
                    ),
                    models.Q(("leaving_code__gt", ""), ("person__isnull", False), ("subject", "person")),
                    models.Q(
                        ("direction", "incoming"),
                        ("leaving_code__gt", ""),
                        ("subject", "person"),
                        models.Q(("state", "done"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="transfer_of_a_person_has_its_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("direction", "incoming"),
                        ("subject", "person"),
                        ("household__isnull", False),
                        ("joining_code__gt", ""),
                        ("relation_code__gt", ""),
                    ),
                    models.Q(
                        ("joining_code", ""),
                        ("relation_code", ""),
                        models.Q(
                            ("subject", "household"),
                            ("direction", "outgoing"),
                            models.Q(("state__in", ["accepted", "done"]), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="transfer_of_a_person_has_a_place_when_accepted",
            ),
        ),
        TenantLink("transfer", "person"),
    ]
