"""Database backend: PostgreSQL, told that a table's `id` alone is no primary key there."""

from django.db.backends.postgresql import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    """Group by every selected column, since the database's primary key is (tenant_id, id)."""

    allows_group_by_selected_pks = False


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper with the features above."""

    features_class = DatabaseFeatures
