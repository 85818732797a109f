"""Drop an index that no query uses and every finding of a first run was written to."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("quality", "0007_empty_returned_lists")]

    operations = [migrations.RemoveIndex(model_name="finding", name="finding_person")]
