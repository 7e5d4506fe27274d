# make demo   analyse the bundled sample: tables, figures and a PDF in framing-demo/
# make test   everything that a change must pass
# Both make an environment in .venv first; PYTHON=python3.12 chooses the interpreter.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test clean

demo: $(VENV)/.installed
	$(BIN)/framing demo -o framing-demo

test: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest

$(VENV)/.created:
	@echo "making an environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.created setup.cfg pyproject.toml
	@echo "installing framing; the first time this takes a minute or two"
	@$(PIP) install -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.created setup.cfg pyproject.toml
	@echo "installing framing and what its tests need; the first time this takes a minute or two"
	@$(PIP) install -e ".[dev]"
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist framing-demo *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
