"""Says before the first migration what the database lacks."""

from django.core.checks import Error, Tags, register
from django.db import connections

EXTENSIONS = ["pg_trgm", "unaccent"]
OLDEST_POSTGRES = 15


@register(Tags.database)
def check_database(databases, **kwargs):
    """Name a server that is away or too old, and every missing extension or right."""
    return [error for alias in databases or [] for error in _errors(connections[alias])]


def _errors(connection):
    driver = connection.Database
    try:
        # Not from the pool: that would try for half a minute, and then not say why.
        with driver.connect(**connection.get_connection_params()) as session:
            yield from _version_errors(session)
            yield from _right_errors(session)
    except driver.OperationalError as error:
        yield Error(
            f"PostgreSQL does not answer: {error}", hint="Is DATABASE_URL right?", id="iccn.E001"
        )


def _version_errors(session):
    version = session.info.server_version // 10_000
    if version < OLDEST_POSTGRES:
        yield Error(
            f"PostgreSQL {OLDEST_POSTGRES} or newer is needed, this is {version}.", id="iccn.E002"
        )


def _right_errors(session):
    may_create_tables, may_create_extensions, user = session.execute(
        "SELECT has_schema_privilege(current_schema(), 'CREATE'),"
        " has_database_privilege(current_database(), 'CREATE'), current_user"
    ).fetchone()
    if not may_create_tables:
        yield Error(
            f"The database user {user} may not create tables here.",
            hint=f"As a superuser, in this database: GRANT CREATE ON SCHEMA public TO {user};",
            id="iccn.E003",
        )
    for name in EXTENSIONS:
        yield from _extension_errors(session, name, user, may_create_extensions)


def _extension_errors(session, name, user, may_create):
    row = session.execute(
        "SELECT installed_version FROM pg_available_extensions WHERE name = %s", [name]
    ).fetchone()
    if row is None:
        yield Error(
            f"The PostgreSQL extension {name} is not available on the server.",
            hint="Install the contrib package of your PostgreSQL, for example postgresql-contrib.",
            id="iccn.E004",
        )
    elif row[0] is None and not may_create:
        yield Error(
            f"The database user {user} may not create the extension {name}.",
            hint=f"As a superuser, in this database: CREATE EXTENSION {name};",
            id="iccn.E005",
        )
