"""A member of a village committee may have a telephone, sealed, until the term has an end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0014_count_homes_of_settlements"),
    ]

    operations = [
        migrations.AddField(
            model_name="committeemember",
            name="phone_sealed",
            field=models.BinaryField(blank=True, null=True, verbose_name="telephone"),
        ),
        migrations.AddConstraint(
            model_name="committeemember",
            constraint=models.CheckConstraint(
                condition=models.Q(("phone_sealed__isnull", True), ("ends_on__isnull", True), _connector="OR"),
                name="committeemember_telephone_ends_with_the_term",
            ),
        ),
    ]
