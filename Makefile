# The tasks of a maintainer; the same `check` runs in CI.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup check test bench run messages docs pictures shades lock

setup:
	$(PYTHON) -m venv .venv && $(BIN)/pip install -q -e '.[dev]'

check:
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports

test:
	$(BIN)/python -m pytest

bench:
	$(BIN)/python tests/bench

run:
	$(BIN)/zg demo

messages:
	$(BIN)/python tests/tools/messages.py

docs:
	PYTHONPATH=. $(BIN)/python tests/tools/reference.py

pictures:
	$(BIN)/python tests/tools/pictures.py

shades:
	PYTHONPATH=. $(BIN)/python tests/tools/shades.py && $(BIN)/ruff format -q tui/terminal/shades.py

lock:
	uv pip compile -q pyproject.toml --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --python-version 3.11 -o requirements.txt
