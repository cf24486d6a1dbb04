# Everything starts here. `make help` lists the targets.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
PYTEST := PYTHONWARNDEFAULTENCODING=1 $(BIN)/python -m pytest --numprocesses auto --dist worksteal

.PHONY: help demo test check lint format coverage bench docs screenshots clean

help:  ## Say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.installed  ## Install pdtool here and look for copies in the sample corpus
	$(BIN)/pdtool dedupe seeds

test: $(VENV)/.installed-dev  ## Install what the tests need and run them all
	$(PYTEST)

check: lint  ## Check in a minute what a change usually breaks: style, types, all tests that are quick
	$(PYTEST) --quiet -m "not slow"

coverage: $(VENV)/.installed-dev  ## Tell which branches of the code the tests reach (htmlcov/index.html)
	$(PYTEST) --cov --cov-report=html --cov-report=term

lint: $(VENV)/.installed-dev  ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev  ## Lay out the code as `make lint` wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-bench  ## Measure speed and quality; the figures go to benchmarks/
	$(BIN)/python -m benchmarks

docs: $(VENV)/.installed-docs  ## Make the site of the documentation, in two languages: build/site/index.html
	$(BIN)/python docs/make_site.py

screenshots: $(VENV)/.installed-dev  ## Make the pictures of docs/images from the real page (needs chromium)
	$(BIN)/python -m tests.report.screenshots

clean:  ## Remove what the other targets made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage* htmlcov

# Python 3.11 or newer, or a sentence that says so.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "pdtool needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; try: make PYTHON=python3.12 demo")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,bench]'
	@touch $@ $(VENV)/.installed-dev $(VENV)/.installed

$(VENV)/.installed-docs: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[docs]'
	@touch $@ $(VENV)/.installed
