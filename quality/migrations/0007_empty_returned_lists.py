"""Say when a list from above was returned and emptied, and who named whom a line is about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0019_fill_sounds_of_names"),
        ("quality", "0006_exemptions_move"),
        ("registry", "0009_widen_claims"),
    ]

    operations = [
        migrations.AddField(
            model_name="suspicionline",
            name="matched_by",
            field=models.UUIDField(blank=True, null=True, verbose_name="named by"),
        ),
        migrations.AddField(
            model_name="suspicionlist",
            name="emptied_on",
            field=models.DateField(blank=True, null=True, verbose_name="emptied on"),
        ),
        migrations.AddField(
            model_name="suspicionlist",
            name="returned_on",
            field=models.DateField(blank=True, null=True, verbose_name="returned on"),
        ),
        migrations.AlterField(
            model_name="suspicionline",
            name="cells_sealed",
            field=models.BinaryField(null=True, verbose_name="cells of the sender"),
        ),
        migrations.AddConstraint(
            model_name="suspicionline",
            constraint=models.CheckConstraint(
                condition=models.Q(("matched_by__isnull", True), ("household__isnull", False), _connector="OR"),
                name="suspicionline_named_by_hand_names_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspicionlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("emptied_on__isnull", True), ("top_sealed__isnull", True), _connector="OR"),
                name="suspicionlist_emptied_holds_nothing",
            ),
        ),
    ]
