# The seam between people, CI and hooks: one definition of each command.
# On a fresh machine: Debian or Ubuntu with Python 3.11 and make.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PYTHON ?= $(firstword $(foreach name,python3.11 python3 python,$(shell $(name) -c 'import sys; sys.version_info[:2] == (3, 11) and print("$(name)")' 2>/dev/null)) python3)
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export VIRTUAL_ENV := $(CURDIR)/.venv
export DATA_DIR ?= data
export SAMPLE ?= small
export DASHBOARD_PORT ?= 8501
export AIRFLOW_PORT ?= 8080
INSTALL := $(BIN)/uv pip install --quiet --require-hashes -r
CURRENT := $(DATA_DIR)/published/CURRENT.json

.PHONY: help run load rebuild dashboard sql check test test-long bench clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: .venv/.runtime  ## Airflow and the dashboard, with the sample when nothing was ever loaded; Ctrl-C stops both
	@exec $(BIN)/python -m ops.run

load: .venv/.runtime  ## once: what is in the inbox, a build when one is due, a release
	@exec $(BIN)/python -m ops.load

rebuild: .venv/.runtime  ## the warehouse again from the archive alone
	@exec $(BIN)/python -m ops.load --rebuild

dashboard: .venv/.runtime  ## the dashboard alone on the current release
	@test -e $(CURRENT) || $(MAKE) --no-print-directory load
	@exec $(BIN)/python -m ops.dashboard

sql: .venv/.sql  ## a DuckDB prompt on the current release
	@test -e $(CURRENT) || $(MAKE) --no-print-directory load >&2
	@exec $(BIN)/python -m ops.sql

check: .venv/.dev  ## format, lint, types, SQL lint, import rules
	ruff format --check .
	ruff check .
	mypy
	sqlfluff lint dbt_project/models dbt_project/tests --processes 2 --disable-progress-bar
	pytest tests/test_architecture.py

test: .venv/.dev  ## every test; the browser that they need is installed where we may
	@ops/need_chromium.sh
	pytest -m "not long" --numprocesses 2 --dist loadfile

test-long: .venv/.dev  ## the same tests with full counts, and those on the largest warehouses
	@ops/need_chromium.sh
	pytest

bench: .venv/.dev  ## the intake against bare reading, as a table and as build/bench.json; SIZE=full for the sizes of the limits, SIZE=national for the build of a country
	@$(BIN)/python -m tools.bench --size $(or $(SIZE),quick)

clean:  ## the environment and what tools left behind; never the data
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis dbt_project/target dbt_project/logs
	find . -name __pycache__ -type d -not -path './$(DATA_DIR)/*' -prune -exec rm -rf {} +

$(BIN)/uv: requirements/uv.txt
	@test -x $(BIN)/pip || { echo "Making the environment in .venv …"; ops/make_venv.sh $(PYTHON); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/.runtime: requirements/runtime.txt $(BIN)/uv
	@test -e .venv/.dev -a .venv/.dev -nt requirements/runtime.txt || { echo "Installing what it runs on …"; $(INSTALL) $<; }
	@touch $@

.venv/.dev: requirements/dev.txt $(BIN)/uv
	@echo "Installing what checks and tests need …"
	@$(INSTALL) $<
	@touch $@ .venv/.runtime

.venv/.sql: requirements/sql.txt .venv/.runtime
	@$(INSTALL) $<
	@touch $@
