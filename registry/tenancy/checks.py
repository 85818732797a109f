"""System checks: the models keep the rules of tenancy, and the database agrees with the models.

`registry.E001`-`E004` look at the models alone; `registry.E010`-`E014` ask the database and run with
`manage.py check --database default`, after each migration, and in the test suite.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel
from registry.tenancy.platform import PLATFORM_TABLES

_TABLES_SQL: Final = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
       (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid),
       (SELECT bool_and(p.polpermissive) FROM pg_policy p WHERE p.polrelid = c.oid),
       (SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')
FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
"""
_LINKS_SQL: Final = """
SELECT c.relname, pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE k.contype = 'f'
"""
_UNIQUE_SQL: Final = """
SELECT t.relname, i.relname, a.attname
FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
WHERE (x.indisunique OR x.indisexclusion) AND t.relnamespace = 'public'::regnamespace
"""


def tenant_models() -> list[type[TenantModel]]:
    """Give every model whose rows belong to a tenant."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


@register(Tags.models)
def check_models(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check what can be seen in the models alone."""
    return [message for model in tenant_models() for message in _model_messages(model)]


def _model_messages(model: type[TenantModel]) -> Iterable[CheckMessage]:
    if model._meta.base_manager_name != "objects" and model._meta.base_manager.name != "objects":
        yield Error("The base manager of a tenant model must be `objects`.", obj=model, id="registry.E001")
    for constraint in model._meta.constraints:
        fields = getattr(constraint, "fields", ())
        if fields and fields[0] != "tenant":
            yield Error(f"{constraint.name} must lead with the tenant.", obj=model, id="registry.E002")
    for field in model._meta.get_fields():
        related = field.related_model if field.concrete and not isinstance(field, TenantForeignKey) else None
        if isinstance(related, type) and issubclass(related, TenantModel):
            yield Error(f"{field.name} must be a TenantForeignKey.", obj=model, id="registry.E003")


@register(Tags.database)
def check_database(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Compare the database with the models: keys, policies, links, and the closed list of platform tables."""
    if not databases or "default" not in databases:
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute(_TABLES_SQL)
        tables = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute(_LINKS_SQL)
        links = {(table, definition) for table, definition in cursor.fetchall()}
        cursor.execute(_UNIQUE_SQL)
        unique = cursor.fetchall()
    if "registry_tenant" not in tables:
        return []  # before the first migration
    models = {model._meta.db_table: model for model in tenant_models()}
    return [
        *_table_messages(tables, models),
        *_link_messages(links, models),
        *_unique_messages(unique, models),
    ]


def _table_messages(tables: dict[str, Any], models: dict[str, type[TenantModel]]) -> Iterable[CheckMessage]:
    for table in tables:
        if table not in models and table not in PLATFORM_TABLES:
            yield Error(f"{table} is neither a tenant table nor a listed platform table.", id="registry.E010")
    for table, model in models.items():
        if table not in tables:
            continue  # its migration has not run yet
        secured, forced, policies, permissive, key = tables[table]
        if not (secured and forced and policies and permissive):
            yield Error("The table lacks FORCE row-level security or its policy.", obj=model, id="registry.E011")
        if key != "PRIMARY KEY (tenant_id, id)":
            yield Error("The table's primary key must be (tenant_id, id).", obj=model, id="registry.E012")


def _link_messages(links: set[tuple[str, str]], models: dict[str, type[TenantModel]]) -> Iterable[CheckMessage]:
    known = {table for table, _ in links}
    for table, model in models.items():
        if table not in known:
            continue  # each has at least its link to the tenant, once it is migrated
        for field in model._meta.local_fields:
            if isinstance(field, TenantForeignKey):
                target = field.remote_field.model._meta.db_table
                wanted = f"FOREIGN KEY (tenant_id, {field.column}) REFERENCES {target}(tenant_id, id)"
                if not any(owner == table and text.startswith(wanted) for owner, text in links):
                    yield Error(f"{field.name} has no composite foreign key.", obj=model, id="registry.E013")


def _unique_messages(
    unique: list[tuple[str, str, str]], models: dict[str, type[TenantModel]]
) -> Iterable[CheckMessage]:
    for table, index, column in unique:
        if table in models and column != "tenant_id":
            yield Error(
                f"The unique index {index} does not lead with the tenant.", obj=models[table], id="registry.E014"
            )


@register(Tags.database)
def check_role(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to serve as a role that passes the policies: superuser, BYPASSRLS, or the owner of the tables."""
    if not databases or "default" not in databases:
        return []
    connection = connections["default"]
    if connection.settings_dict["USER"] != settings.DATABASE_APP_ROLE:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        passes = cursor.fetchone()[0]
    return [Error("The app role must be neither superuser nor BYPASSRLS.", id="registry.E015")] if passes else []
