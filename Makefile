# The same as `python3 tasks.py demo` and `python3 tasks.py test`; PYTHON=python3.12 chooses the interpreter.
PYTHON ?= python3

.PHONY: demo test clean

demo test:
	$(PYTHON) tasks.py $@

clean:
	rm -rf .venv build dist framing-demo *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
