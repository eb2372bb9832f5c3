# The commands of the project. Only Python 3.11 or newer has to be there; all else goes into .venv.
#   make demo     the sample organisation in a page that stands in for Slack (in a pipe: three answers, then the end)
#   make test     the tests                  (PYTEST_ARGS="-k periods" to choose)
#   make check    linter, formatter, types, import rules
#   make bench    the slow measurements
#   make screenshots  the pictures of the README, by Debian's Chromium
#   make clean    what these made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Compiling every file of every package at install time takes longer than compiling what is used when it is.
INSTALL := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-compile
# pip says on every run that root should not install; inside a venv that is no concern.
export PIP_ROOT_USER_ACTION = ignore
PYTEST_ARGS ?=

.PHONY: demo test check bench screenshots clean
.DEFAULT_GOAL := test

demo: $(VENV)/.runtime
	@$(BIN)/fulcrum demo

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -q -n auto $(PYTEST_ARGS)

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict
	@$(BIN)/lint-imports

bench: $(VENV)/.dev
	@$(BIN)/python -m pytest -q -s tests/benchmarks -o python_files="bench_*.py" $(PYTEST_ARGS)

screenshots: $(VENV)/.dev
	@$(BIN)/python -m tests.preview.screenshots

clean:
	rm -rf $(VENV) .demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info
	find bot storage tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Fulcrum needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>/dev/null || echo not there)." >&2; \
		echo "Name another one:  make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV) (once)…"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Fulcrum runs on…"
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@echo "Installing what its tests and checks run on…"
	@$(INSTALL) --editable '.[dev]'
	@touch $@
