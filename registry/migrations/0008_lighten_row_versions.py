"""Make a version cheaper to write: an index by owner alone, and a policy that asks its place when it is read."""

from django.db import migrations, models

from registry.enums import Policy
from registry.tenancy.policy_changes import ChangePolicy


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_tell_role_with_details")]

    operations = [
        migrations.RemoveIndex(model_name="rowversion", name="rowversion_owner"),
        migrations.AddIndex(
            model_name="rowversion", index=models.Index(fields=["tenant", "owner_id"], name="rowversion_owner")
        ),
        ChangePolicy(
            "rowversion",
            former=Policy.RANGED,
            policy=Policy.DETAIL,
            append_only=True,
            trigger="app_refuse_version_change",
            updatable=("scope_code", "content"),
        ),
    ]
