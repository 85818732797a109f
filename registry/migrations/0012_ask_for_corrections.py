"""Let the database ask whether a transaction corrects figures of a closed year."""

from django.db import migrations

from registry.tenancy.database import CORRECTION_FUNCTION, DROP_CORRECTION_FUNCTION


class Migration(migrations.Migration):
    dependencies = [("registry", "0010_count_releases")]

    operations = [migrations.RunSQL(CORRECTION_FUNCTION, DROP_CORRECTION_FUNCTION)]
