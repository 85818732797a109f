"""The leader is a member since 0012."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("villages", "0012_fill_members")]

    operations = [migrations.RemoveField(model_name="workteam", name="leader_name")]
