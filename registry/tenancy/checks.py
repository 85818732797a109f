"""System checks: the models keep the rules of tenancy, and the database agrees with the models.

`registry.E001`-`E003` look at the models alone; `registry.E010`-`E021` ask the database and run with
`manage.py check --database default`, after each migration, and in the test suite. What policy, rights and triggers a
table has is written in the migrations, so they are what the database is compared with.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 Django's class has this name
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.utils import OperationalError

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.history_checks import FUNCTIONS_SQL, history_messages
from registry.tenancy.models import TenantManager, TenantModel
from registry.tenancy.operations import CONCEALED, ProtectTenantTable, TableOperation, policies
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
LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
WHERE (x.indisunique OR x.indisexclusion) AND t.relnamespace = 'public'::regnamespace
"""
# A superuser, BYPASSRLS, or an owner (or a member of the owner) of any table of ours passes the policies.
_ROLE_SQL: Final = """
SELECT rolsuper OR rolbypassrls OR EXISTS (
    SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    AND pg_has_role(current_user, c.relowner, 'member'))
FROM pg_roles WHERE rolname = current_user
"""
_POLICIES_SQL: Final = """
SELECT tablename, policyname, cmd, permissive, coalesce(qual, ''), coalesce(with_check, '')
FROM pg_policies WHERE schemaname = 'public'
"""
# Given to the app role itself, to a role that it is a member of, or to everybody (grantee 0).
_GRANTS_SQL: Final = """
SELECT c.relname, g.privilege_type, g.attname
FROM pg_class c JOIN (
    SELECT oid, NULL AS attname, (aclexplode(relacl)).* FROM pg_class
    UNION ALL SELECT attrelid, attname, (aclexplode(attacl)).* FROM pg_attribute
) g ON g.oid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
AND (g.grantee = 0 OR g.grantee IN (SELECT oid FROM pg_roles WHERE pg_has_role(%(role)s, oid, 'member')))
"""
_TRIGGERS_SQL: Final = """
SELECT c.relname, t.tgname, t.tgenabled IN ('O', 'A')
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
"""
_OTHER_RELATIONS_SQL: Final = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('m', 'v', 'f')
AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')
"""
# How PostgreSQL writes the conditions of `registry.tenancy.operations.policies`.
_WRITTEN: Final = {
    "tenant_id = app_tenant()": "(tenant_id = app_tenant())",
    "tenant_id = app_tenant() AND app_in_scope(scope_code)": (
        "((tenant_id = app_tenant()) AND app_in_scope((scope_code)::text))"
    ),
    "tenant_id = app_tenant() AND app_reads_audit()": "((tenant_id = app_tenant()) AND app_reads_audit())",
    "tenant_id = app_tenant() AND (app_in_scope(scope_code) OR app_empties_details())": (
        "((tenant_id = app_tenant()) AND (app_in_scope((scope_code)::text) OR app_empties_details()))"
    ),
    CONCEALED: (
        "((tenant_id = app_tenant()) AND (app_in_scope((scope_code)::text) OR (((reach)::text = 'above'::text) AND "
        "(app_reads_audit() OR (app_actor() IS NULL)))) AND COALESCE((app_actor() <> ALL (hidden_from)), true))"
    ),
    "": "",
}


def tenant_models() -> list[type[TenantModel]]:
    """Give every model whose rows belong to a tenant."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


@register(Tags.models)
def check_models(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check what can be seen in the models alone."""
    return [message for model in tenant_models() for message in model_messages(model)]


def model_messages(model: type[TenantModel]) -> Iterable[CheckMessage]:
    """Check the managers, unique constraints and relations of one model."""
    managers = [*model._meta.managers, model._meta.base_manager]
    if not all(isinstance(manager, TenantManager) for manager in managers):
        yield Error("Every manager of a tenant model is a TenantManager.", obj=model, id="registry.E001")
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
    """Compare the database with models and migrations: keys, policies, links, rights, triggers, platform tables.

    While migrations wait, which are what would make the database agree, nothing is compared: `migrate` asks first.
    """
    if not databases or "default" not in databases:
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute(_TABLES_SQL)
        tables = {row[0]: row[1:] for row in cursor.fetchall()}
        if "registry_tenant" not in tables:
            return []  # before the first migration
        if _migrations_wait():
            message = "Migrations wait: the guards of the database are not checked. Run migrate, then check again."
            return [Warning(message, id="registry.W010")]
        cursor.execute(_LINKS_SQL)
        links = {(table, definition) for table, definition in cursor.fetchall()}
        cursor.execute(_UNIQUE_SQL)
        unique = cursor.fetchall()
        cursor.execute(_POLICIES_SQL)
        policies_found = cursor.fetchall()
        cursor.execute(_GRANTS_SQL, {"role": settings.DATABASE_APP_ROLE})
        grants = cursor.fetchall()
        cursor.execute(_TRIGGERS_SQL)
        triggers = {(table, name): is_on for table, name, is_on in cursor.fetchall()}
        cursor.execute(FUNCTIONS_SQL)
        functions = dict(cursor.fetchall())
        cursor.execute(_OTHER_RELATIONS_SQL)
        others = [name for (name,) in cursor.fetchall()]
    models = {model._meta.db_table: model for model in tenant_models()}
    written = list(written_operations())
    protections = {table: operation for table, operation in written if isinstance(operation, ProtectTenantTable)}
    return [
        *_table_messages(tables, models),
        *_link_messages(links, models),
        *_unique_messages(unique, models),
        *_policy_messages(policies_found, protections, models),
        *_grant_messages(grants, protections),
        *_trigger_messages(triggers, written),
        *history_messages(models, written, functions),
        *[Error(f"{name} is a view: it has no row-level security of its own.", id="registry.E016") for name in others],
    ]


def _migrations_wait() -> bool:
    executor = MigrationExecutor(connections["default"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def written_operations() -> Iterator[tuple[str, TableOperation]]:
    """Give what our migrations did to each table that is still there, as (table, operation) in their order."""
    ours = {(model._meta.app_label, model._meta.model_name): model._meta.db_table for model in apps.get_models()}
    for (app_label, _name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        for operation in migration.operations:
            if isinstance(operation, TableOperation) and (app_label, operation.model.lower()) in ours:
                yield ours[app_label, operation.model.lower()], operation


def _table_messages(tables: dict[str, Any], models: dict[str, type[TenantModel]]) -> Iterable[CheckMessage]:
    for table in tables:
        if table not in models and table not in PLATFORM_TABLES:
            yield Error(f"{table} is neither a tenant table nor a listed platform table.", id="registry.E010")
    for table, model in models.items():
        secured, forced, policies, permissive, key = tables.get(table, (None,) * 5)
        if not (secured and forced and policies and permissive):
            yield Error("The table lacks FORCE row-level security or its policy.", obj=model, id="registry.E011")
        if key != "PRIMARY KEY (tenant_id, id)":
            yield Error("The table's primary key must be (tenant_id, id).", obj=model, id="registry.E012")


def _policy_messages(
    found: list[tuple[str, str, str, str, str, str]],
    protections: dict[str, ProtectTenantTable],
    models: dict[str, type[TenantModel]],
) -> Iterable[CheckMessage]:
    """Find a table whose policies are not, word for word, those that its migration wrote."""
    by_table: dict[str, set[tuple[str, ...]]] = {table: set() for table in models}
    for table, *row in found:
        by_table.setdefault(table, set()).add(tuple(row))
    for table, rows in by_table.items():
        written = policies(protections[table].policy) if table in protections else []
        if rows != {(name, cmd, "PERMISSIVE", _WRITTEN[using], _WRITTEN[check]) for name, cmd, using, check in written}:
            yield Error(f"The policies of {table} are not those of its migration.", id="registry.E017")


def _grant_messages(
    grants: list[tuple[str, str, str | None]], protections: dict[str, ProtectTenantTable]
) -> Iterable[CheckMessage]:
    """Find rights of the app role that differ from those listed for platform tables, or written by a migration."""
    found: dict[str, set[str]] = {}
    for table, right, column in grants:
        found.setdefault(table, set()).add(f"{right} ({column})" if column else right)
    listed = PLATFORM_TABLES | {table: operation.app_rights() for table, operation in protections.items()}
    for table, rights in listed.items():
        if found.get(table, set()) != _listed(rights):
            yield Error(f"The app role's rights on {table} are not those written.", id="registry.E018")


def _trigger_messages(
    found: dict[tuple[str, str], bool], written: list[tuple[str, TableOperation]]
) -> Iterable[CheckMessage]:
    """Find a trigger that is missing or switched off."""
    wanted = {(table, name): False for table, operation in written for name in operation.trigger_names(table)}
    for (table, name), is_on in sorted((wanted | found).items()):
        if not is_on:
            yield Error(f"The trigger {name} of {table} is missing or switched off.", id="registry.E019")


def _listed(rights: str) -> set[str]:
    """Take "SELECT, UPDATE (a, b)" apart into single rights."""
    listed: set[str] = set()
    for right, columns in re.findall(r"(\w+)(?: \(([^)]*)\))?", rights):
        listed |= {f"{right} ({column.strip()})" for column in columns.split(",")} if columns else {right}
    return listed


def _link_messages(links: set[tuple[str, str]], models: dict[str, type[TenantModel]]) -> Iterable[CheckMessage]:
    for table, model in models.items():
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
    """Refuse to serve as a role that passes the policies: superuser, BYPASSRLS, or an owner of tables."""
    serves = settings.DATABASE_ROLE == "app"
    if not databases or "default" not in databases or not serves:
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute(_ROLE_SQL)
        passes = cursor.fetchone()[0]
    message = "The role that serves is a superuser, has BYPASSRLS or owns tables: row-level security would not hold it."
    return [Error(message, id="registry.E015")] if passes else []


def require_plain_role() -> None:
    """Stop a web server or worker that would serve as a role that passes the policies.

    Raises: ImproperlyConfigured. A database that does not answer yet is left to /readyz.
    """
    try:
        messages = check_role(databases=["default"])
    except OperationalError:
        return
    finally:
        connections["default"].close()
    if messages:
        raise ImproperlyConfigured(str(messages[0].msg))
