.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help setup demo test check bench format lock generate generated

help: ## show these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(STAMP) ## the virtual environment with the locked dependencies

$(STAMP): requirements.lock pyproject.toml
	@PYTHON="$(PYTHON)" scripts/virtual-environment "$(VENV)"
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	PYTHONWARNINGS="ignore:Editable installation" $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## everything on this machine: database, a PBX that behaves, all services, the portal
	$(BIN)/gespreksrapportage demo

test: setup ## all tests, on TimescaleDB and on plain PostgreSQL
	$(BIN)/pytest $(TESTS)

check: setup ## format, lint, types, and whether generated files are current
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(MAKE) --no-print-directory generated

generate: setup ## write the generated files anew
	$(BIN)/python -m gespreksrapportage.generated

generated: setup ## whether the generated files are current
	@if $(BIN)/python -c 'import sys; from importlib.util import find_spec; sys.exit(find_spec("gespreksrapportage.generated") is None)'; then \
		$(BIN)/python -m gespreksrapportage.generated --check; \
	fi

bench: setup ## the floors of speed, measured on this machine
	$(BIN)/python -m benchmarks

format: setup ## put the sources in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: setup ## the newest dependencies that pyproject.toml allows, with their hashes
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --generate-hashes --all-extras --strip-extras \
		--allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
		--output-file requirements.lock pyproject.toml
