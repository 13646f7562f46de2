# Two commands: `make run` serves the assistant, `make test` checks it. Both install what they need.
SHELL := /bin/bash
PYTHON := .venv/bin/python
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: run test test-long lint clean

run: .venv/.run-installed
	@exec $(PYTHON) -m bot.serve

test: .venv/.test-installed
	@bash tests/support/browser.sh
	@bash tests/support/servers.sh
	@exec $(PYTHON) -m pytest

test-long: .venv/.test-installed
	@exec $(PYTHON) -m pytest -m long

lint: .venv/.test-installed
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

.venv/.uv-installed: requirements/uv.txt .python-version
	@command -v python3.10 >/dev/null || { echo "Handrail needs Python 3.10: install it so that 'python3.10' can be found, then run this again." >&2; exit 1; }
	@python3.10 -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python 3.10 cannot make virtual environments: install its venv package (Debian: python3.10-venv), then run this again." >&2; exit 1; }
	@echo "Making a virtual environment in .venv."
	@python3.10 -m venv .venv
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt || { echo "The download failed: check the connection to the internet, then run this again." >&2; exit 1; }
	@touch $@

.venv/.run-installed: requirements/run.txt .venv/.uv-installed
	@echo "Installing what Handrail needs (about 3 GB with its libraries; a few minutes the first time)."
	@.venv/bin/uv pip install --python $(PYTHON) --require-hashes -r $< || { echo "The download failed: check the connection to the internet, then run this again." >&2; exit 1; }
	@touch $@

.venv/.test-installed: requirements/test.txt .venv/.run-installed
	@echo "Installing what the tests need."
	@.venv/bin/uv pip install --quiet --python $(PYTHON) --require-hashes -r $< || { echo "The download failed: check the connection to the internet, then run this again." >&2; exit 1; }
	@touch $@

clean:
	@rm -rf .venv .cache models .rasa .pytest_cache .mypy_cache .ruff_cache .hypothesis
