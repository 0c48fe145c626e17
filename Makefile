# PrepVault: `make demo` shows it, `make test` proves it. Each target does its own set-up.
SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-dev
LEAN := $(VENV)/.ready
DEMO := demo-vault

.PHONY: help
help: ## show these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 18

$(VENV)/bin/python:
	@python=$$(for name in python3.13 python3.12 python3.11 python3; do \
	   command -v $$name >/dev/null 2>&1 \
	   && $$name -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null \
	   && { echo $$name; break; }; done); \
	 if [ -z "$$python" ]; then echo "error: Python 3.11 or newer is needed, none was found" >&2; exit 1; fi; \
	 $$python -m venv $(VENV) || { rm -rf $(VENV); \
	   echo "hint: on Debian and Ubuntu run: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade 'pip>=25.1'

$(LEAN): pyproject.toml $(VENV)/bin/python
	@echo "once: fetching what PrepVault needs into $(VENV)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(READY): pyproject.toml $(LEAN)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --group dev
	@touch $@

.PHONY: demo
demo: $(LEAN) ## make a filled example vault in ./demo-vault, coach it, build its calendar and dashboard
	@$(BIN)/prepvault demo $(DEMO)

.PHONY: test
test: lint ## lint, types, floors, and every test that this machine can run
	@$(BIN)/python -m pytest -n 2 --dist worksteal

.PHONY: promises
promises: $(READY) ## only the tests that docs/promises.md names
	@$(BIN)/python -m pytest -n 2 --dist worksteal $$($(BIN)/python -m tests.promises)

.PHONY: quick
quick: $(READY) ## only the fast tests
	@$(BIN)/python -m pytest -m "not slow"

.PHONY: lint
lint: $(READY) ## ruff, mypy and the floors
	@$(BIN)/ruff format --check -q . || { echo "hint: run make format" >&2; exit 1; }
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo >/dev/null || $(BIN)/lint-imports --no-logo

.PHONY: format
format: $(READY) ## write the code in its one form
	@$(BIN)/ruff format -q .
	@$(BIN)/ruff check -q --fix .

.PHONY: cover
cover: $(READY) ## branch coverage of the pure floors, with what is missing
	@$(BIN)/python -m pytest -m "not slow" --cov=prepvault --cov-branch --cov-report= >/dev/null
	@$(BIN)/python -m coverage report --include='*/model/*,*/parse/*,*/rules/*,*/render/*' --skip-covered --show-missing

.PHONY: bench
bench: $(READY) ## measure PrepVault against its goals (docs/benchmarks.md); BENCH="cold --sizes 1000" for a part
	@$(BIN)/python -m benchmarks.run $(BENCH)

.PHONY: bench-peers
bench-peers: $(READY) ## the same beside other programs, found in PATH and in PEERS=FOLDER:FOLDER
	@$(BIN)/python -m benchmarks.run --peers "$(PEERS)" $(BENCH)

.PHONY: browser-tools
browser-tools: ## fetch what tests need beside Chromium, Java and Node (npm)
	@npm install --silent --no-audit --no-fund --prefix tests/browser

.PHONY: golden
golden: $(READY) ## write the expected results of tests anew; read the diff before you commit it
	@PREPVAULT_UPDATE_GOLDEN=1 $(BIN)/python -m pytest -m "not browser" || true
	@git --no-pager diff --stat -- tests

.PHONY: screens
screens: $(READY) ## take the pictures of the documentation anew (needs Chromium)
	@$(BIN)/python -m tests.browser.screens

.PHONY: foreign
foreign: $(READY) ## every command over vaults of other programs, or over copies of FOLDERS="one two"
	@$(BIN)/python -m benchmarks.foreign $(FOLDERS)

.PHONY: soak
soak: $(READY) ## a simulated day beside the daemon, with real editors: nothing lost, nothing goes round
	@$(BIN)/python -m benchmarks.soak

AUDITED := $(VENV)/audited

.PHONY: audit
audit: $(VENV)/bin/python ## look for known faults in every library that comes with PrepVault (needs the network)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --group audit
	@$(BIN)/python -m venv --clear $(AUDITED)
	@$(AUDITED)/bin/python -m pip install -q --disable-pip-version-check '.[serve,mcp]'
	@$(AUDITED)/bin/python -m pip freeze --disable-pip-version-check --exclude prepvault > $(AUDITED)/installed.txt
	@# strict: a library that the service does not know is a fault, else a look that saw nothing would be a good one
	@$(BIN)/pip-audit --strict --disable-pip --no-deps --progress-spinner off -r $(AUDITED)/installed.txt

.PHONY: faults
faults: $(READY) ## kills, errors, full disks and races over the real commands; FAULTS="kill --command coach" for a part
	@$(BIN)/python -m benchmarks.faults $(FAULTS)

.PHONY: life
life: $(READY) ## the long life of a vault, by chance: people, sync tools, crashes, odd clocks; RUNS=200 STEPS=50
	@PREPVAULT_LIFE_RUNS=$(or $(RUNS),200) PREPVAULT_LIFE_STEPS=$(or $(STEPS),50) \
	 $(BIN)/python -m pytest -p no:randomly tests/properties/test_life.py

.PHONY: fuzz
fuzz: $(READY) ## fuzz what reads foreign bytes, guided by coverage; FUZZ="heads busy --minutes 10" for a part
	@$(BIN)/python -m pip install -q --disable-pip-version-check --only-binary atheris --group fuzz || true
	@$(BIN)/python -m benchmarks.fuzz $(FUZZ)

.PHONY: hostile
hostile: $(READY) ## run the program over files made to hurt, within bounds of memory, stack and time (Linux, macOS)
	@$(BIN)/python -m benchmarks.hostile $(HOSTILE)

.PHONY: dist
dist: $(READY) ## the wheel and the sdist in ./dist, the same bytes from the same commit
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo "$${SOURCE_DATE_EPOCH:-1580601600}") \
	   $(BIN)/python -m build --no-isolation --outdir dist . >/dev/null
	@cd dist && sha256sum *

.PHONY: release-check
release-check: $(READY) ## build twice, install everywhere, take the first steps there (minutes); RELEASE="matrix --python 3.13"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --group release
	@$(BIN)/python -m benchmarks.release $(RELEASE)

.PHONY: clean
clean: ## remove the environment and the demo
	@rm -rf $(VENV) $(DEMO) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
