# The product's commands. `make help` lists them; README.md explains them.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN = $(VENV)/bin
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

# Of `make demo`. A port 0 means any free one.
DEMO_PORT ?= 8000
DEMO_MAIL_PORT ?= 8025
DEMO_SMTP_PORT ?= 0
DEMO_POSTGRES_PORT ?= 0
DEMO_BROKER_PORT ?= 0
DEMO_DATA ?= var/demo
export DEMO_PORT DEMO_MAIL_PORT DEMO_SMTP_PORT DEMO_POSTGRES_PORT DEMO_BROKER_PORT DEMO_DATA

# Of `make test`: more processes and other choices, for example TEST_ARGUMENTS="-n 4 -x".
TEST_ARGUMENTS ?=
MESSAGES = locale/zh_Hans/LC_MESSAGES/django

.PHONY: help demo demo-clean test fast lint types contracts migrations bench screenshots messages format ci clean
.DEFAULT_GOAL := help

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

demo: $(VENV)/.runtime ## start the whole site with example data, until Ctrl-C
	@exec $(BIN)/python -m registry.embedded demo --end-with-parent

demo-clean: ## delete the data of `make demo`
	rm -rf -- "$(DEMO_DATA)"

test: $(VENV)/.dev ## run all tests
	$(BIN)/python -m pytest -n auto --dist loadscope $(TEST_ARGUMENTS)

fast: $(VENV)/.dev ## run the tests that take no real processes and no browser
	$(BIN)/python -m pytest -n auto --dist loadscope -m "not slow and not flow and not browser" $(TEST_ARGUMENTS)

lint: $(VENV)/.dev ## check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.dev ## bring the format in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.dev ## check types
	$(BIN)/mypy

contracts: $(VENV)/.dev ## check which module may import which
	$(BIN)/lint-imports

migrations: $(VENV)/.dev ## check that no model changed without its migration
	$(BIN)/python -m registry.embedded run -- $(BIN)/python manage.py makemigrations --check --dry-run

bench: $(VENV)/.dev ## measure against a peer and a limit; writes bench/results.json
	$(BIN)/python -m registry.embedded run -- $(BIN)/python -m bench

screenshots: $(VENV)/.dev ## make the pictures of docs/ from a real browser
	$(BIN)/python -m pytest -q -p no:randomly tests/browser --screenshots docs/images

messages: ## sort and compile the Chinese sentences (needs Debian's package gettext)
	msgcat --sort-output $(MESSAGES).po -o $(MESSAGES).po
	msgfmt --check-format --no-hash -o $(MESSAGES).mo $(MESSAGES).po

ci: ## what a build server runs
	.ci/run

clean: ## delete what can be made again, not the data
	rm -rf -- "$(VENV)" .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "No Python from 3.11 to 3.13 was found. Install one, or name it: make demo PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || { echo "$(PYTHON) does not run, or is no Python from 3.11 to 3.13. Name another: make demo PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python's module venv is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Making the virtual environment $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# Marked with a file, so that an unchanged list of packages costs nothing at the next start.
$(VENV)/.runtime: requirements.txt requirements-runtime.txt constraints.txt | $(VENV)/.made
	@echo "Installing packages (half a minute at the first time)"
	@$(PIP_INSTALL) -r requirements-runtime.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-runtime.txt requirements-dev.txt constraints.txt | $(VENV)/.made
	@echo "Installing packages for tests and checks (a minute at the first time)"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime
