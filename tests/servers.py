"""The databases that the tests start themselves; a machine without one says so.

With AIRPLAN_READERS=all in the environment, a reader that is not to be had is a failure.
"""

import contextlib
import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from airplan_core.engines import available


def lacking(what):
    """Skip, saying what is not here; or fail where every reader must be tried."""
    if os.environ.get("AIRPLAN_READERS") == "all":
        pytest.fail(what)
    pytest.skip(what)


def binary(name):
    """A program of PostgreSQL's, on the path or where Debian has it."""
    found = shutil.which(name)
    places = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))
    return found or (places[-1] if places else None)


@contextlib.contextmanager
def postgres():
    """The URL of a server of the tests' own, on a socket in a folder of its own.

    It sorts as Chinese does, as a county's would: by the sound of the characters. PostgreSQL 15.
    """
    initdb, server = binary("initdb"), binary("postgres")
    if initdb is None or server is None:
        lacking("no PostgreSQL server is installed (Debian: postgresql)")
    # the server refuses to run as root
    user = None
    if os.geteuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = "postgres" if "postgres" in names else "nobody"
    folder = tempfile.mkdtemp(prefix="airplan-pg-", dir="/tmp")
    if user is not None:
        shutil.chown(folder, user)
    data, quiet = f"{folder}/data", {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(
        [initdb, "-D", data, "-A", "trust", "-U", "airplan", "-E", "UTF8", "--locale=C",
         "--locale-provider=icu", "--icu-locale=zh", "--no-sync"],
        check=True, user=user, cwd=folder, env={"PATH": os.environ["PATH"], "HOME": folder}, **quiet,
    )  # fmt: skip
    options = ["-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
    process = subprocess.Popen([server, "-D", data, *options], user=user, cwd=folder, **quiet)
    url = f"host={folder} user=airplan dbname=postgres"
    try:
        import psycopg

        for _ in range(200):
            try:
                psycopg.connect(url).close()
                break
            except psycopg.OperationalError:
                if process.poll() is not None:
                    raise
                time.sleep(0.05)
        yield url
    finally:
        process.send_signal(signal.SIGINT)  # at once, whoever is still connected
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def java():
    """Where Java is; Spark runs on it."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java") or (home and Path(home, "bin/java").is_file())
    if not found:
        lacking("no Java is installed (Debian: openjdk-17-jre-headless)")


#: Many small queries are over before it pays to compile them well.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


@contextlib.contextmanager
def opened(name, url=None):
    """An engine for the tests."""
    if name == "spark":
        os.environ.setdefault("JAVA_TOOL_OPTIONS", QUICK)
    options = {"duckdb": {"threads": 2}, "postgres": {"url": url}, "spark": {"threads": 2}}[name]
    engine = available.connect(name, **options)
    try:
        yield engine
    finally:
        engine.close()
