# Two commands: `make demo` and `make test`. Each does all its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

.PHONY: demo test faults lint bench run clean

demo: $(VENV)/.app  ## the example partnership in a workspace of its own, in the browser; ARGS=--fresh starts over
	@$(BIN)/jagbot demo $(ARGS)

test: $(VENV)/.dev  ## every test, on SQLite and on a real PostgreSQL
	$(PYTEST)

faults: $(VENV)/.dev  ## delivery while everything goes wrong, 2,000 times; FAULT_RUNS=… for another number
	FAULT_RUNS=$${FAULT_RUNS:-2000} $(PYTEST) tests/test_faults.py

lint: $(VENV)/.dev  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev  ## speed and memory, as ratios against baselines run at the same time
	$(BIN)/python -m bench

run: $(VENV)/.app  ## answer in Slack, as .env says
	$(BIN)/jagbot run

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("jagbot needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 demo" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Setting up (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Setting up (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.app

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/node/node_modules demo.db* demo-workspace.db*
