from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0042_add_help_and_collectors_phone")]

    operations = [
        migrations.RemoveIndex(model_name="person", name="person_sound"),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["tenant", "sound_key", "scope_code", "id"], name="person_sound"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["tenant", "sound_key", "scope_code", "id"],
                name="person_sound_without_birth",
                condition=models.Q(birth_on__isnull=True),
            ),
        ),
    ]
