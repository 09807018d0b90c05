# The bot's everyday jobs. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup demo test chaos bench check format clean

help: ## list the jobs
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with what is pinned (quiet; again only when the pins change)

$(READY): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Jarchy needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

demo: $(READY) ## run the whole bot against a simulated Telegram and 24.kg, in the browser
	@$(BIN)/python -m bot demo $(ARGS)

test: $(READY) ## run all tests
	@$(BIN)/python -m pytest $(ARGS)

chaos: $(READY) ## kill, freeze and cut off everything, at length (a quarter of an hour); prints a table
	@$(BIN)/python -m pytest -n 0 -s $(or $(ARGS),$(wildcard tests/chaos/long_*.py))

bench: $(READY) ## measure matching, stories, search and charts beside their rivals, and a start; writes docs/benchmarks.md (ARGS=--quick, --full)
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["bench"], sep="\n")' > $(VENV)/bench.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(VENV)/bench.txt || echo "measured without those rivals"
	@$(BIN)/python -m benchmarks.matching $(ARGS)
	@$(BIN)/python -m benchmarks.stories
	@$(BIN)/python -m benchmarks.search $(ARGS)
	@$(BIN)/python -m benchmarks.start $(ARGS)
	@$(BIN)/python -m benchmarks.chart
	@$(BIN)/python -m benchmarks.digests

check: $(READY) ## format, lint, types, imports
	@$(BIN)/ruff format --check --quiet . || { echo "run: make format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo > /dev/null || $(BIN)/lint-imports --no-logo

format: $(READY) ## format the code and mend what the linter can
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

clean: ## remove everything that these jobs made
	@rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-output
