"""Servers are started once for all the tests that need them."""

import pytest

from tests import servers

ENGINES = ("duckdb", "postgres", "spark")


@pytest.fixture(autouse=True)
def _page(monkeypatch):
    """A page is as wide as one that nobody watches, whoever runs the tests."""
    for name in ("COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def postgres_url():
    with servers.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def duckdb_engine():
    with servers.opened("duckdb") as engine:
        yield engine


@pytest.fixture(scope="session")
def postgres_engine(postgres_url):
    with servers.opened("postgres", postgres_url) as engine:
        yield engine


@pytest.fixture(scope="session")
def spark_engine():
    servers.java()
    with servers.opened("spark") as engine:
        yield engine


@pytest.fixture(scope="module", params=ENGINES)
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


def pytest_configure(config):
    config.addinivalue_line("markers", "not_on(engine, why): what is not tried on one of `engine`")
    # of two workers, one is not to begin with the engines when the other has nothing left: modules
    # are handed out in the order below, not by their number of tests
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items):
    """A test that leaves an engine out says so, and why; what starts servers comes first."""
    for item in items:
        for mark in item.iter_markers("not_on"):
            name, why = mark.args
            assert name in ENGINES
            if item.callspec.params["engine"] == name:
                item.add_marker(pytest.mark.skip(reason=f"not on {name}: {why}"))
    longest = {item.path for item in items if "engine" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in longest)
