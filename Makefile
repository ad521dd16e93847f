# What one does here. A newcomer needs the first two: make run, make test.

PORT ?= 8000
export DEBUG ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

VENV := .venv
PYTHON := $(VENV)/bin/python
MANAGE := $(PYTHON) manage.py
PIP := $(PYTHON) -m pip install --quiet --require-hashes --requirement
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
# The embedded PostgreSQL is for those who name no other.
INSTALLED := $(VENV)/base $(if $(DATABASE_URL),,$(VENV)/embedded)
PRODUCTION := DEBUG=0 SECRET_KEY=$$(printf 'not-a-secret-%.0s' 1 2 3 4 5 6) \
    ALLOWED_HOSTS=direktori.example.id DATABASE_URL=postgres://user@localhost/name \
    SITE_URL=https://direktori.example.id EMAIL_URL=smtp://localhost \
    DEFAULT_FROM_EMAIL=direktori@example.id

.PHONY: run install test browser check fix messages
.PHONY: bench bench-ready bench-memory bench-writing bench-editors bench-plot
.DELETE_ON_ERROR:

run: install
	$(MANAGE) migrate
	$(MANAGE) load_reference_data
	$(MANAGE) load_demo
	$(MANAGE) serve $(PORT)

install: $(INSTALLED) $(CATALOGUES)

test: install $(VENV)/dev browser
	$(PYTHON) -m pytest $(ARGS)

# Finds a Chromium for the tests, or installs one, or says loudly that it cannot.
browser: $(VENV)/dev
	$(PYTHON) -m tests.browser.chromium

check: install $(VENV)/dev
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	find templates -name '*.html' -exec $(VENV)/bin/djade --target-version 5.2 --check {} +
	$(PYTHON) -m djhtml --tabwidth 2 --check templates
	$(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING
	$(PYTHON) -m pytest -n 0 --quiet tests/test_messages.py

fix: $(VENV)/dev
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .
	-find templates -name '*.html' -exec $(VENV)/bin/djade --target-version 5.2 {} +
	-$(PYTHON) -m djhtml --tabwidth 2 templates

# LISTINGS="demo 200000 1000000" measures one size after the other (docs/benchmarks/README.md).
bench: bench-ready $(VENV)/bench
	LISTINGS=demo $(PYTHON) -m benchmarks.golden
	@for listings in $(or $(LISTINGS),demo); do \
	    LISTINGS=$$listings $(PYTHON) -m benchmarks.pages && \
	    LISTINGS=$$listings $(PYTHON) -m benchmarks.search || exit 1; \
	done

bench-memory bench-writing: bench-%: bench-ready
	@for listings in $(or $(LISTINGS),demo); do \
	    LISTINGS=$$listings $(PYTHON) -m benchmarks.$* || exit 1; \
	done

# Are changes lost when many edit the same? EDITORS=100 ROUNDS=20 asks for more.
bench-editors: install
	$(PRODUCTION) $(MANAGE) collectstatic --noinput --verbosity 0
	$(PYTHON) -m benchmarks.editors

bench-plot: install
	$(PYTHON) -m benchmarks.plot

bench-ready: install
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) load_reference_data --verbosity 0
	$(MANAGE) load_demo --verbosity 0
	$(PRODUCTION) $(MANAGE) collectstatic --noinput --verbosity 0

# Brings the catalogues up to the sources; translate what is new, then `make check`.
messages: install
	@command -v xgettext >/dev/null || \
	    { echo "GNU gettext is needed here, for example: apt-get install gettext" >&2; exit 1; }
	$(MANAGE) makemessages --locale id --no-location --no-obsolete --no-wrap \
	    --ignore .venv --ignore .data --ignore tests
	$(MAKE) --no-print-directory install

%.mo: %.po $(VENV)/base
	$(PYTHON) -c 'import polib; polib.pofile("$<").save_as_mofile("$@")'

$(PYTHON):
	@for python in python3.11 python3.12 python3.13 python3.14 python3; do \
	    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        exec $$python -m venv --clear $(VENV); \
	    fi; \
	done; \
	echo "Python 3.11 or newer is needed; this machine has $$(python3 --version 2>&1)." >&2; exit 1

$(VENV)/base $(VENV)/dev $(VENV)/bench: $(VENV)/%: requirements/%.txt | $(PYTHON)
	@echo "Installing $<"
	@$(PIP) $<
	@touch $@

# A platform without a wheel is no reason to stop: the settings say what to do instead.
$(VENV)/embedded: requirements/embedded.txt | $(PYTHON)
	@echo "Installing $<"
	-@$(PIP) $< --only-binary :all: && touch $@
