# Two commands: `make demo` runs Alongside here, `make test` proves it. The first run also installs what they need.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/
JOBS ?= 2

RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
TEST_PACKAGES := chromium poppler-utils qpdf
BENCH_PACKAGES := wrk

# What a deployment would set: for checks that read the settings and touch no server.
DEPLOYED := SECRET_KEY=checked-not-used-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF ALLOWED_HOSTS=mentoring.example.org \
	SEAL_KEY=checked-not-used-either-0123456789-abcdefghij \
	BASE_URL=https://mentoring.example.org DATABASE_URL=postgres://mentoring_app@localhost/mentoring CACHE_URL=locmem:// \
	BROKER_URL=memory:// EMAIL_URL=submission://mail.example.org DEFAULT_FROM_EMAIL=alongside@example.org \
	CONTENT_KEYS=checked:Y2hlY2tlZC1ub3QtdXNlZC0wMTIzNDU2Nzg5LWFiY2Q=

.PHONY: help demo test check check-style check-order check-types check-django check-files check-tree fix lock bench soak venv packages test-packages bench-packages

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 14

demo: packages venv ## run Alongside with sample data; PORT (8000) and STATE (.state/demo) may be set
	@$(RUN)python -m mentoring.demo

test: packages test-packages venv ## every test, with its own servers
	$(RUN)python -m pytest -n $(JOBS) --dist loadfile $(ARGS)

check: check-style check-order check-types check-django check-files check-tree ## style, types, import order, templates, migrations, deployment settings; -k goes on

check-style: venv
	$(RUN)ruff check .
	$(RUN)ruff format --check --quiet .
	$(RUN)djlint --lint --quiet templates

check-order: venv
	$(RUN)lint-imports --no-cache

check-types: venv
	$(DEPLOYED) $(RUN)mypy

check-django: packages venv
	$(DEPLOYED) $(RUN)python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(DEPLOYED) $(RUN)python manage.py check --deploy --fail-level WARNING

check-files: venv
	$(RUN)check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(RUN)check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml

check-tree: packages venv
	$(RUN)python -m pytest -q -p no:xdist tests/test_repository.py

fix: venv ## put the code in its usual form
	$(RUN)ruff check --fix .
	$(RUN)ruff format .

lock: venv ## resolve the dependencies of pyproject.toml again
	$(RUN)uv pip compile -q pyproject.toml --group embedded --group dev --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header -o requirements.lock

bench: packages bench-packages venv ## every benchmark; each ends with one line, NAME ratio=R bar=B holds or falls short
	$(RUN)python -m bench

soak: packages venv ## crashes, doubled forms and crowds, for SECONDS (600); AGREEMENTS (300) signed at once, signers killed, contracts damaged; then KILLS (40) of everything that runs
	$(RUN)python -m bench.soak
	$(RUN)python -m bench.soak.kills

# The environment holds what the lock says, which is complete; its copy inside tells whether it still does. Python
# compiles what is used when it is used: compiling everything would double the time of the first run.
venv:
	@test -x $(RUN)python || $(PYTHON) -m venv $(VENV)
	@cmp -s requirements.lock $(VENV)/installed.lock || { \
		echo "Installing the packages of requirements.lock"; \
		$(RUN)python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: --no-deps --no-compile \
			-r requirements.lock \
		&& cp requirements.lock $(VENV)/installed.lock; }

packages:
	@.ci/packages $(RUN_PACKAGES)

test-packages:
	@.ci/packages $(TEST_PACKAGES)

bench-packages:
	@.ci/packages $(BENCH_PACKAGES)
