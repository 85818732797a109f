"""The three roles of the database and the database itself, as an administrator would make them by hand.

The statements for a server of one's own stand in `deploy/roles.sql`; a test compares the outcome. Here the owner may
also create databases, for tests, and drop them while another role's connection is still ending.
"""

from collections.abc import Mapping

import psycopg
from psycopg import sql

OWNER, APP, BACKUP = "registry_owner", "registry_app", "registry_backup"
ATTRIBUTES = {
    OWNER: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE CREATEDB",
    APP: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB",
    BACKUP: "LOGIN NOSUPERUSER BYPASSRLS NOCREATEROLE NOCREATEDB",
}


def provide_roles(connection: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """Create the roles that are missing, and set attributes and passwords of all three."""
    for role, attributes in ATTRIBUTES.items():
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        # Hashed here, so that no password stands in a statement that a server may log.
        hashed = connection.pgconn.encrypt_password(passwords[role].encode(), role.encode(), b"scram-sha-256").decode()
        connection.execute(
            sql.SQL("{} ROLE {} {} PASSWORD {}").format(
                sql.SQL("ALTER" if known else "CREATE"), sql.Identifier(role), sql.SQL(attributes), sql.Literal(hashed)
            )
        )
    connection.execute(sql.SQL("GRANT pg_signal_backend TO {}").format(sql.Identifier(OWNER)))
    connection.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(BACKUP)))
    connection.execute(sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(sql.Identifier(BACKUP)))


def provide_database(connection: psycopg.Connection, name: str) -> bool:
    """Create the database, owned by the owner role and closed to strangers; say whether it was missing.

    The connection must be in autocommit mode, as CREATE DATABASE demands.
    """
    missing = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None
    database = sql.Identifier(name)
    if missing:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(database, sql.Identifier(OWNER))
        )
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, sql.Identifier(APP)))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(BACKUP)))
    return missing
