# The commands of the project. `make run` and `make test` are all that a newcomer needs.
.PHONY: setup run test check lock messages docs shots bench clean
SHELL := /bin/bash
PY := .venv/bin/python

setup: .venv/.ready

.venv/.ready: requirements.txt pyproject.toml
	@test -x $(PY) || python3 -m venv .venv
	@$(PY) -m uv --version >/dev/null 2>&1 || $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.txt
	@$(PY) -m uv pip install --quiet --python $(PY) --require-hashes -r requirements.txt
	@$(PY) -m uv pip install --quiet --python $(PY) --no-deps --no-build-isolation -e .
	@touch $@

lock: .venv/bin/python
	$(PY) -m uv export --quiet --no-emit-project --all-groups --no-header -o requirements.txt
	rm -f uv.lock

check: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/mypy

test: setup
	$(PY) -m pytest
