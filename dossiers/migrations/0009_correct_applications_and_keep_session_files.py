"""Let an application be corrected, a consent be withdrawn, and a session have several files."""

import django.db.models.deletion
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0008_arm_cancelled_sessions"),
        ("households", "0031_keep_figures_of_closed_years"),
        ("registry", "0012_ask_for_corrections"),
    ]

    operations = [
        migrations.CreateModel(
            name="SessionFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_code",
                    models.CharField(db_collation="C", editable=False, max_length=12, verbose_name="division in scope"),
                ),
                ("kind_code", models.CharField(max_length=20, verbose_name="kind of supporting document")),
                ("added_by", models.UUIDField(editable=False, null=True, verbose_name="added by")),
            ],
            options={
                "verbose_name": "file of a session",
                "verbose_name_plural": "files of a session",
                "ordering": ["session", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AlterModelOptions(
            name="application",
            options={
                "base_manager_name": "objects",
                "ordering": ["dossier", "-edition"],
                "verbose_name": "application",
                "verbose_name_plural": "applications",
            },
        ),
        migrations.RemoveConstraint(
            model_name="application",
            name="application_one_a_dossier",
        ),
        migrations.RemoveConstraint(
            model_name="sessionentry",
            name="sessionentry_taken_out_with_a_reason",
        ),
        migrations.AddField(
            model_name="application",
            name="edition",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="edition"),
        ),
        migrations.AddField(
            model_name="application",
            name="reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="why it was corrected"),
        ),
        migrations.AddField(
            model_name="dossier",
            name="consent_withdrawn_on",
            field=models.DateField(blank=True, null=True, verbose_name="consent withdrawn on"),
        ),
        migrations.AddField(
            model_name="sessionentry",
            name="reason_code",
            field=models.CharField(
                blank=True,
                choices=[("moved", "The household moved out of the area of the session.")],
                max_length=10,
                verbose_name="what happened",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                fields=("tenant", "dossier", "edition"), name="application_edition_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edition", 1), ("reason", "")),
                    models.Q(("edition__gt", 1), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="application_correction_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consent_withdrawn_on__isnull", True),
                    models.Q(("consent_on__isnull", False), ("consent_withdrawn_on__gte", models.F("consent_on"))),
                    _connector="OR",
                ),
                name="dossier_consent_withdrawn_after_it_was_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("reason_code", ""), ("taken_out_on__isnull", True)),
                    models.Q(
                        ("taken_out_on__isnull", False),
                        models.Q(
                            models.Q(("reason__gt", ""), ("reason_code", "")),
                            models.Q(("reason", ""), ("reason_code__gt", "")),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="sessionentry_taken_out_with_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="sessionfile",
            name="document",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.document",
                verbose_name="document",
            ),
        ),
        migrations.AddField(
            model_name="sessionfile",
            name="session",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="dossiers.listsession",
                verbose_name="session for a list",
            ),
        ),
        migrations.AddField(
            model_name="sessionfile",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.tenant",
                verbose_name="tenant",
            ),
        ),
        migrations.AddIndex(
            model_name="sessionfile",
            index=models.Index(fields=["tenant", "session"], name="sessionfile_session"),
        ),
        migrations.AddConstraint(
            model_name="sessionfile",
            constraint=models.UniqueConstraint(fields=("tenant", "document"), name="sessionfile_document_once"),
        ),
        ProtectTenantTable("sessionfile", policy=Policy.RANGED, append_only=True),
        TenantLink("sessionfile", "session"),
        TenantLink("sessionfile", "document"),
    ]
    operations = folded(operations)
