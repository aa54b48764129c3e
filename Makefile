# Two commands do everything: `make run` and `make test`. Both set up `.venv` first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test install check lock format eval screenshots clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

# figures are answerable at once; the page makes the vectors while it serves
run: install
	$(BIN)/wenbao ingest examples --no-vectors
	$(BIN)/wenbao serve

# files on all cores; a file's tests stay together, because they share what they have read
test: install
	$(BIN)/python -m pytest -n auto --dist loadfile

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# the one command that renews the lock: names, versions and hashes, no addresses
lock:
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
		--quiet -o requirements.lock

eval: install
	rm -rf .eval-store && $(BIN)/wenbao ingest examples --data .eval-store
	$(BIN)/wenbao eval eval/sets/examples.jsonl --data .eval-store

screenshots: install
	WENBAO_SCREENSHOTS=1 $(BIN)/python -m pytest tests/web/test_browser.py

clean:
	rm -rf $(VENV) .eval-store .pytest_cache .mypy_cache .ruff_cache
