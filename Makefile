# The commands of the project. `make run` and `make test` are all that a newcomer needs.
.PHONY: run test test-scale setup check lock messages golden docs shots bench clean
PY := .venv/bin/python

run: setup ## the demonstration county on http://127.0.0.1:8000
	$(PY) -m xiaohao demo --home var

test: setup ## the whole suite
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-scale: setup ## the comparison on a Ray cluster of two nodes (installs 600 MB more)
	@$(PY) -m uv pip install --quiet --python $(PY) --require-hashes -r requirements-scale.txt
	$(PY) -m pytest -q tests/cli/test_corpus_on_ray.py

setup: .venv/.ready ## the environment only

.venv/.ready: requirements.txt requirements-bootstrap.txt pyproject.toml
	@test -x $(PY) || python3 -m venv .venv
	@$(PY) -m uv --version >/dev/null 2>&1 || $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.txt
	@$(PY) -m uv pip install --quiet --python $(PY) --require-hashes -r requirements.txt
	@$(PY) -m uv pip install --quiet --python $(PY) --no-deps --no-build-isolation -e .
	@touch $@

check: setup ## style, types, arrows between rooms, migrations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/mypy
	XIAOHAO_HOME=$$(mktemp -d) .venv/bin/django-admin makemigrations --check --dry-run --settings xiaohao.web.settings

lock: setup ## hashed requirements from pyproject.toml (the lock file of uv itself names a registry on every line and is not kept)
	$(PY) -m uv export --quiet --no-emit-project --all-groups --no-group bench --no-group scale --no-header -o requirements.txt
	$(PY) -m uv export --quiet --no-emit-project --only-group bench --no-header -o requirements-bench.txt
	$(PY) -m uv export --quiet --no-emit-project --only-group scale --no-header -o requirements-scale.txt
	rm -f uv.lock

messages: setup ## collect the Chinese messages and compile the English catalogue (needs gettext)
	XIAOHAO_HOME=$$(mktemp -d) .venv/bin/django-admin collect_messages --settings xiaohao.web.settings

golden: setup ## write the golden files anew; read the difference like code
	$(PY) -m tests.procedure.regenerate
	$(PY) -m tests.journal.golden
	XIAOHAO_GOLDEN=write $(PY) -m pytest tests/documents tests/publicity

docs: setup ## the pages made from the code: the procedure, how often the checks are right
	$(PY) docs/build_procedure.py
	$(PY) -m tests.fakes.measure --write

shots: setup ## the documentation's screenshots (needs Chromium)
	$(PY) -m tests.journeys.shots

bench: setup ## every benchmark in its quick form, beside its peers
	@$(PY) -m uv pip install --quiet --python $(PY) --require-hashes -r requirements-bench.txt
	for each in bench/*.py; do $(PY) $$each --quick; done

clean:
	rm -rf .venv var build dist
