"""Says before the first migration what the database lacks."""

from django.core.checks import Error, Tags, register
from django.db import connections

EXTENSIONS = ["pg_trgm", "unaccent"]
OLDEST_POSTGRES = 15


@register(Tags.database)
def check_database(databases, **kwargs):
    """Name a server that is too old, and every missing extension or right."""
    return [error for alias in databases or [] for error in _errors(connections[alias])]


def _errors(connection):
    with connection.cursor() as cursor:
        yield from _version_errors(cursor)
        yield from _right_errors(cursor)


def _version_errors(cursor):
    version = cursor.connection.info.server_version // 10_000
    if version < OLDEST_POSTGRES:
        yield Error(
            f"PostgreSQL {OLDEST_POSTGRES} or newer is needed, this is {version}.", id="iccn.E001"
        )


def _right_errors(cursor):
    cursor.execute(
        "SELECT has_schema_privilege(current_schema(), 'CREATE'),"
        " has_database_privilege(current_database(), 'CREATE'), current_user"
    )
    may_create_tables, may_create_extensions, user = cursor.fetchone()
    if not may_create_tables:
        yield Error(
            f"The database user {user} may not create tables here.",
            hint=f"As a superuser, in this database: GRANT CREATE ON SCHEMA public TO {user};",
            id="iccn.E002",
        )
    for name in EXTENSIONS:
        yield from _extension_errors(cursor, name, user, may_create_extensions)


def _extension_errors(cursor, name, user, may_create):
    cursor.execute("SELECT installed_version FROM pg_available_extensions WHERE name = %s", [name])
    row = cursor.fetchone()
    if row is None:
        yield Error(
            f"The PostgreSQL extension {name} is not available on the server.",
            hint="Install the contrib package of your PostgreSQL, for example postgresql-contrib.",
            id="iccn.E003",
        )
    elif row[0] is None and not may_create:
        yield Error(
            f"The database user {user} may not create the extension {name}.",
            hint=f"As a superuser, in this database: CREATE EXTENSION {name};",
            id="iccn.E004",
        )
