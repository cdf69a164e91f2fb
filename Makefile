# The doors of this repository. `make demo` and `make test` do all their own set-up on a fresh machine.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
SETUP := pyproject.toml constraints.txt scripts/setup $(wildcard scripts/installation/*.py)
PORT ?= 8000
ASSIGNMENTS := $(patsubst course/homework/%/assignment.toml,%,$(wildcard course/homework/*/assignment.toml))
HEAVY := $(filter cv nlp,$(ASSIGNMENTS))
# Those whose work trains are proven one at a time: how long right work takes is part of the proof.
TRAINING := $(filter pytorch-basics,$(ASSIGNMENTS))

# A machine may ask Python to keep no bytecode; then every one of hundreds of processes would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: floors.svg report.schema.json help wheel setup programs demo test fresh check verify prove bench lock clean

help:  ## what each door does
	@awk -F ':.*##' '/^[a-z]+:.*##/ {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.installed  ## everything that the other doors need, installed

$(VENV)/.runs: $(SETUP)
	@scripts/setup run
	@touch $@

$(VENV)/.installed: $(SETUP)
	@scripts/setup develop
	@touch $(VENV)/.runs $@

programs: $(VENV)/.installed  # what tests start; looked for each time, so that what they will skip is said each time
	@scripts/setup programs

demo: $(VENV)/.runs  ## a course with twenty students, a real push on screen, then the running server
	@$(BIN)/kafedra demo --port $(PORT) $(if $(ONCE),--once)

test: programs  ## all tests of the system, the browser's too
	@$(BIN)/pytest --collect-only -qq > /dev/null & \
	$(BIN)/kafedra course check && wait  # both are remembered: looked at and compiled once, not by each of six
	@scripts/suite

fresh:  ## demo and the grading core's tests in an empty environment; PYTHON=… TORCH=… TESTS=… choose, 9 GB meanwhile
	@scripts/fresh

check: $(VENV)/.installed  ## style, types, architecture, the course's files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/kafedra course check

verify: $(VENV)/.installed  ## prove every topic and assignment in full, up to an hour; writes docs/develop/assignments.md
	@$(BIN)/kafedra topic verify --all
	@$(BIN)/kafedra assignment verify --all --write docs/develop/assignments.md

prove: $(VENV)/.installed  ## the same in 40 minutes: all seeds of what is light, fewer of what trains; other right work
	@$(BIN)/kafedra topic verify --all --seeds 1
	@$(BIN)/pytest -n 2 --dist loadfile -m proof tests/course_content
	@$(BIN)/kafedra assignment verify $(filter-out $(HEAVY) $(TRAINING),$(ASSIGNMENTS))
	@$(if $(TRAINING),$(BIN)/kafedra assignment verify $(TRAINING) --seeds 5 --workers 1)
	@$(if $(HEAVY),$(BIN)/kafedra assignment verify $(HEAVY) --seeds 1 --workers 1)

bench: $(VENV)/.installed  ## from push to verdict, and the grading core beside its peers, measured
	@$(BIN)/python -m benchmarks.push_to_verdict
	@$(BIN)/python -m benchmarks.grading

report.schema.json: $(VENV)/.installed
	@$(BIN)/python -c "import json; from kafedra.grading.report import schema; print(json.dumps(schema(), indent=2, ensure_ascii=False))" > docs/develop/$@

floors.svg: $(VENV)/.installed
	@$(BIN)/python -m scripts.floors

wheel:  ## dist/kafedra-….whl, from which a server is installed: docs/use/operator.md
	@rm -f dist/kafedra-*.whl  # of an earlier version: who installs one names whatever is there
	@"$(or $(PYTHON),python3)" -m pip wheel --quiet --no-deps --wheel-dir dist . && ls dist/kafedra-*.whl

lock: $(VENV)/.installed  ## write constraints.txt anew from what is installed
	@scripts/setup lock

clean:  ## forget what was built and the demo's data; keeps the virtual environment
	rm -rf var build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
