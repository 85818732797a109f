"""Keep the superseded versions of links between partners and households or villages."""

from django.db import migrations

from registry.tenancy.operations import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("households", "0005_keep_history"), ("partners", "0001_partners_and_benefit_links")]

    operations = [
        KeepHistory("partnerlink", of="household", or_itself=True),
    ]
