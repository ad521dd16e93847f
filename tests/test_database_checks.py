"""What the check says of a real role without rights, and of servers that lack something."""

import os

import pytest
from django.db import connection, connections
from psycopg.sql import SQL, Identifier

from regions.checks import check_database

# They belong to the whole server, which the processes of a run share.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
ROLE = f"hexahelix_stranger_{WORKER}"
DATABASE = f"hexahelix_scratch_{WORKER}"


@pytest.fixture
def superuser_session(django_db_setup, django_db_blocker):
    """A session beside the test's own transaction, in which no database can be created."""
    with django_db_blocker.unblock():
        params = connection.get_connection_params()
        with connection.Database.connect(**params, autocommit=True) as session:
            may_create = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
            if not session.execute(may_create).fetchone()[0]:
                pytest.skip("The user of DATABASE_URL may not create roles and databases.")
            yield session


@pytest.fixture
def scratch(superuser_session):
    """The connection of a role without any right in a database of its own."""
    role, database = Identifier(ROLE), Identifier(DATABASE)
    drop = [SQL("DROP DATABASE IF EXISTS {}").format(database)]
    drop.append(SQL("DROP ROLE IF EXISTS {}").format(role))
    create = [SQL("CREATE ROLE {} LOGIN PASSWORD 'secret'").format(role)]
    create.append(SQL("CREATE DATABASE {}").format(database))
    for statement in drop + create:
        superuser_session.execute(statement)
    stranger = connection.copy("scratch")
    stranger.settings_dict.update(NAME=DATABASE, USER=ROLE, PASSWORD="secret")
    connections["scratch"] = stranger
    yield stranger
    stranger.close()
    del connections["scratch"]
    for statement in drop:
        superuser_session.execute(statement)


def said_of(alias):
    return [(error.id, error.msg, error.hint) for error in check_database([alias])]


def test_our_own_database_lacks_nothing(db):
    assert check_database(["default"]) == []


def test_no_database_is_asked_for_when_none_is_checked():
    assert check_database(None) == []


def test_every_missing_right_is_named_with_its_remedy(scratch):
    assert said_of("scratch") == [
        (
            "iccn.E002",
            f"The database user {ROLE} may not create tables here.",
            f"As a superuser, in this database: GRANT CREATE ON SCHEMA public TO {ROLE};",
        ),
        (
            "iccn.E004",
            f"The database user {ROLE} may not create the extension pg_trgm.",
            "As a superuser, in this database: CREATE EXTENSION pg_trgm;",
        ),
        (
            "iccn.E004",
            f"The database user {ROLE} may not create the extension unaccent.",
            "As a superuser, in this database: CREATE EXTENSION unaccent;",
        ),
    ]


def test_the_remedies_help(scratch, superuser_session):
    params = connection.get_connection_params() | {"dbname": DATABASE}
    with connection.Database.connect(**params, autocommit=True) as session:
        for _, _, hint in said_of("scratch"):
            session.execute(hint.removeprefix("As a superuser, in this database: "))

    assert said_of("scratch") == []


def test_an_extension_that_the_server_does_not_have(db, monkeypatch):
    monkeypatch.setattr("regions.checks.EXTENSIONS", ["no_such_extension"])

    assert [error.msg for error in check_database(["default"])] == [
        "The PostgreSQL extension no_such_extension is not available on the server."
    ]


def test_a_postgresql_that_is_too_old(db, monkeypatch):
    monkeypatch.setattr("regions.checks.OLDEST_POSTGRES", 99)

    [error] = check_database(["default"])

    assert error.msg.startswith("PostgreSQL 99 or newer is needed, this is 1")
