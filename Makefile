# make demo · test · lint · bench · clean — each does its own set-up from python3 (3.11 or newer), git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PYTEST_ARGS ?= -n auto

.DEFAULT_GOAL := help
.PHONY: help demo test coverage mutate lint bench dist clean lock browser servers

help: ## show this
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

# The rules of analysis are compiled beside it, so that the page does not wait; the next start uses them.
demo: $(VENV)/.base ## load the sample newspaper and serve its search page (PORT=8000)
	@nice -n 19 $(BIN)/python tools/build_kernel.py &
	$(BIN)/gisa demo --port $(PORT)

test: $(VENV)/.dev browser servers ## run every test
	tools/with-servers $(BIN)/python -m pytest $(PYTEST_ARGS)

coverage: $(VENV)/.dev browser servers ## run every test and measure coverage; fails below tests/coverage_floor.txt
	tools/with-servers $(BIN)/python -m pytest $(PYTEST_ARGS) --cov --cov-report=
	$(BIN)/python tools/coverage_floor.py

mutate: $(VENV)/.dev ## plant a hundred small bugs, one at a time: do the tests notice?
	$(BIN)/python tools/mutate.py

lint: $(VENV)/.dev ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev kernel ## print the benchmark table (see docs/benchmarks.md)
	$(BIN)/python -m bench

dist: $(VENV)/.base ## build sdist and wheel, and the list of what is installed with them (CycloneDX)
	$(PYTHON) -m venv build/release
	build/release/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/release.txt
	build/release/bin/python -m build --outdir dist
	build/release/bin/cyclonedx-py environment --output-reproducible --output-file dist/gisa.cdx.json $(BIN)/python

clean: ## remove everything that was made here
	rm -rf $(VENV) gisa-demo gisa-data .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* build dist src/gisa/text/compiled

# Without a C compiler, or if anything fails, the same rules run as Python; see docs/kernel.md.
kernel: $(VENV)/.base ## compile the rules of analysis, once for each version of them
	-@$(BIN)/python tools/build_kernel.py

lock: $(VENV)/.dev ## pin dependencies again (needs uv)
	$(BIN)/python tools/lock.py

# Browser tests need Debian's or Ubuntu's chromium and Korean fonts; without the right to install them they skip, saying so.
browser:
	@tools/install-system-packages chromium:chromium fc-list-korean:fonts-noto-cjk nginx:nginx-light openssl:openssl

# Tests on a server start one of their own. Debian's package, Ubuntu's too; OpenSearch itself comes from Maven Central.
servers:
	@tools/install-system-packages pg_ctlcluster:postgresql java:default-jre-headless mvn:maven unzip:unzip curl:curl

$(VENV)/bin/python:
	@tools/check-python "$(PYTHON)"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: $(VENV)/bin/python requirements/base.txt requirements/build.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
