# Two commands on a fresh machine: `make warehouse` and `make test`. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
DATA ?= ../shared

export DAGSTER_HOME ?= $(CURDIR)/.dagster
export ARTICLES_DIR WAREHOUSE_DIR MANIFEST INCIDENT_REGISTRY SPACY_MODEL MAX_DOCUMENT_BYTES PUBLISH_TEXT BACKEND WORKERS SHARD_WORDS
export KEEP_VERSIONS KEEP_LOGS LOCK_WAIT_SECONDS WORKER_MEMORY_MB ALERT_WEBHOOK ALERT_EMAIL ALERT_SMTP
# No network at run time, whatever a library's default is.
export GX_ANALYTICS_ENABLED := false
export DAGSTER_DISABLE_TELEMETRY := yes
export DO_NOT_TRACK := 1

.DEFAULT_GOAL := help
.PHONY: help warehouse retry-quarantine withdraw test test-all lint ui sql evaluate evaluate-model calibrate train bench clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo "Python 3.11, 3.12 or 3.13 is needed; name one: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): $(VENV)/bin/python requirements/bootstrap.txt requirements/runtime.txt pyproject.toml
	@echo "setting up (first run only, a minute or two) ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements/runtime.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUNTIME) requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements/dev.txt
	@touch $@

$(DAGSTER_HOME)/dagster.yaml: dagster.yaml
	@mkdir -p $(@D) && cp $< $@

warehouse: $(RUNTIME) $(DAGSTER_HOME)/dagster.yaml ## articles in, published warehouse out (ARTICLES_DIR, WAREHOUSE_DIR, MANIFEST, ...)
	@$(BIN)/python -m dagster_project run

retry-quarantine: $(RUNTIME) $(DAGSTER_HOME)/dagster.yaml ## a run that reads again what was refused
	@$(BIN)/python -m dagster_project retry-quarantine

withdraw: $(RUNTIME) $(DAGSTER_HOME)/dagster.yaml ## remove a document for good: DOCUMENT=id REASON="why"
	@$(BIN)/python -m dagster_project withdraw "$(DOCUMENT)" --reason "$(REASON)"

test: $(DEV) $(DAGSTER_HOME)/dagster.yaml lint ## lint, types and the tests
	$(BIN)/python -m pytest -n auto

test-all: $(DEV) $(DAGSTER_HOME)/dagster.yaml lint ## the slow tests as well: crash, concurrency, hostile input, browser
	$(BIN)/python -m pytest -n auto -m ""

lint: $(DEV)
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy --no-error-summary

ui: $(RUNTIME) $(DAGSTER_HOME)/dagster.yaml ## Dagster's pages on http://127.0.0.1:3000
	$(BIN)/dagster dev --workspace workspace.yaml --host 127.0.0.1 --port 3000

sql: $(RUNTIME) ## a prompt on the published warehouse, read-only
	@$(BIN)/python -m dagster_project sql

evaluate: $(DEV) $(DAGSTER_HOME)/dagster.yaml ## readings against the gold of DATA (seeds, own corpus, MUC-4)
	@$(BIN)/python -m evaluation --data $(DATA)

evaluate-model: $(DEV) ## the language model against its test sets in DATA
	@$(BIN)/python -m training.evaluate --data $(DATA)/data

calibrate: $(DEV) $(DAGSTER_HOME)/dagster.yaml ## fit the confidences anew on the own corpus, with the scorer of DATA
	@$(BIN)/python -m evaluation.calibration --data $(DATA) --fit

train: $(DEV) ## train the language model from DATA (hours)
	@$(BIN)/python -m training.joint --data $(DATA)/data

bench: $(RUNTIME) $(DAGSTER_HOME)/dagster.yaml ## speed and memory on generated corpora (BENCH_SIZES)
	@$(BIN)/python -m benchmarks

clean: ## remove what runs left behind (not the virtual environment)
	rm -rf data .dagster .bench
