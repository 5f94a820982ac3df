# make demo: set up, and assess the example.   make test: set up, and pass every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
DEMO := $(VENV)/demo
PLUGINS := $(sort $(patsubst %/pyproject.toml,%,$(wildcard plugins/*/pyproject.toml)))
SOURCES := src plugins tests bench conftest.py

.PHONY: demo test deep servers bench docs constraints clean

demo: $(DEMO)
	@$(BIN)/airplan assess examples/qinyang --as-of 2025-01-01 || test $$? -eq 1

test: $(STAMP)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/python -m pytest -q --numprocesses 2 --dist loadgroup

# the property tests at length, by hand
deep: $(STAMP)
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -q

bench: $(STAMP)
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet \
		--disable-pip-version-check --editable ".[bench]"
	$(BIN)/python -m bench.run

# what the tests of PostgreSQL and Spark run on, from Debian's packages, where it is not there
servers:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null \
		|| (apt-get update -q && apt-get install -qy postgresql)
	@command -v java >/dev/null || (apt-get update -q && apt-get install -qy openjdk-17-jre-headless)

# the generated pages: one for every rule, ledger and clause
docs: $(STAMP)
	$(BIN)/airplan pages docs

$(STAMP): WANTED = .[dev]
$(DEMO): WANTED = .

$(STAMP) $(DEMO): pyproject.toml constraints.txt $(addsuffix /pyproject.toml,$(PLUGINS))
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "airplan needs Python 3.11 or later; say which: make PYTHON=python3.12 …")'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "this Python lacks venv; install it (Debian: python3-venv)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--editable "$(WANTED)" $(addprefix --editable ./,$(PLUGINS))
	@touch $@

# pin anew what a clean resolve gives; names and versions only
constraints:
	rm -rf build/pins && $(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip install --quiet "setuptools>=77" ".[bench,dev]" $(addprefix ./,$(PLUGINS))
	build/pins/bin/python -m pip freeze --all --exclude pip | grep -E '^[A-Za-z0-9_.-]+==' \
		| grep -v '^airplan' > constraints.txt
	rm -rf build/pins

clean:
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .hypothesis
