# make play    the game; without a terminal a demo of it
# make test    the default suite         make check     ruff, mypy, import contracts
# make validate  all statistics (CRMSIM_SEEDS=20)       make slow   the tests that take long (CRMSIM_PART=3: a third)
# make faults  plant the faults of this commit's tenth (ARGS=all: every one), each of which its test must notice
# make validity  docs/validity.md from 20 seeds
# make grading   docs/grading.md from 20 seeds (ARGS=5: from five)
# make chances   docs/chances.md: shares won by the chance shown, over 200 games (ARGS=--fit: fit it anew first)
# make bench   how fast                  make locale    compile the catalogues, list what is not translated
# make lock    write requirements/ anew    make pictures  those of the docs, the demo too
# make goldens  the screens as text, as they are now
# make clean     remove what all of these made
# ARGS go to the program: make test ARGS="-k orders", make play ARGS="first_month --seat sales-1".

PYTHON ?= python3
BIN := .venv/bin
RUN := .venv/.run
DEV := .venv/.dev
CRMSIM_SEEDS ?= 20
export PYTHON CRMSIM_SEEDS

.PHONY: pictures demo goldens play test check validate faults grading validity chances slow bench locale lock clean dev reference

play: $(RUN)
	@$(BIN)/python tools/compile_locale.py --quiet
	@if [ -t 0 ] && [ -t 1 ]; then exec $(BIN)/crmsim play $(ARGS); else exec $(BIN)/crmsim demo $(ARGS); fi

test: $(DEV)
	$(BIN)/python -m pytest -n 2 $(ARGS)

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict crmsim
	$(BIN)/lint-imports --no-logo

# Until there is a statistic to test, there is nothing to run; from then on, running none is a failure.
validate: $(DEV)
	@if grep -rqs 'mark\.validation' tests --include='test_*.py'; then \
	    exec $(BIN)/python -m pytest -n 2 -m validation $(ARGS); \
	else echo 'No test is marked validation yet.'; fi

validity: $(DEV)
	$(BIN)/python -m tools.validity

faults: $(DEV)
	@$(BIN)/python -m tools.faults $(ARGS)

grading: $(DEV)
	$(BIN)/python -m tools.grading $(ARGS)

chances: $(DEV)
	$(BIN)/python -m tools.chances $(ARGS)

slow: $(DEV)
	$(BIN)/python -m pytest -n 2 -m slow $(ARGS)

reference: $(DEV)
	$(BIN)/python -m tools.reference

bench: $(DEV)
	$(BIN)/python -m benchmarks $(ARGS)

locale: $(DEV)
	$(BIN)/python tools/extract_locale.py --update
	$(BIN)/python tools/compile_locale.py --strict

lock:
	tools/lock.sh $(ARGS)

# The screens as text: tests/tui/golden. See what changed before keeping it.
goldens: $(DEV)
	CRMSIM_UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q -n 0 -m "slow or not slow" tests/tui/test_goldens.py

pictures: $(DEV)
	$(BIN)/python tools/pictures.py

demo: $(DEV)
	$(BIN)/python tools/pictures.py demo

dev: $(DEV)

$(RUN): requirements/run.txt pyproject.toml
	@tools/venv.sh run
	@touch $@

# The developers' lock holds the players' as well, in the same versions.
$(DEV): requirements/dev.txt requirements/run.txt pyproject.toml
	@tools/venv.sh dev
	@touch $(RUN) $@

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .cache build dist
	rm -rf crmsim/locale/*/LC_MESSAGES
	find crmsim tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
