"""Servers are started once for all the tests that need them."""

import pytest

from tests import servers


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


@pytest.fixture(params=["duckdb", "postgres", "spark"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")
