"""Desks for the tests: one in a folder, one in PostgreSQL, or both in turn."""
import pathlib
import shutil
import tempfile

import pytest

import postgres
from desk import SHARED, Desk


@pytest.fixture
def folder():
    """Short of name, because a socket's path may have 107 bytes; gone after the test."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="regulars-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server():
    with postgres.serving() as server:
        yield server


@pytest.fixture
def desk(folder):
    """Set up, in a folder."""
    return Desk(folder / "desk").set_up()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def new_desk(request, folder):
    """Makes a desk that is set up, as often as it is asked, on each engine in turn."""

    def make():
        place = folder / f"desk{len(list(folder.iterdir()))}"
        if request.param == "SQLite":
            return Desk(place).set_up()
        return Desk(place, request.getfixturevalue("postgres_server").database()).set_up()

    return make


@pytest.fixture
def either_desk(new_desk):
    """Set up, on each engine in turn."""
    return new_desk()


@pytest.fixture
def desks(folder, postgres_server):
    """The same desk twice: on SQLite and on PostgreSQL."""
    return Desk(folder / "one").set_up(), Desk(folder / "two", postgres_server.database()).set_up()


@pytest.fixture(scope="session")
def cdnow():
    path = SHARED / "data/cdnow/CDNOW_master.txt"
    if not path.exists():
        pytest.skip(f"CDNOW IS NOT CHECKED: {path} is absent; REGULARS_SHARED says where the shared data is")
    return path
