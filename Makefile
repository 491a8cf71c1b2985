# Chairside: every target works from nothing on Debian 12 with Python 3.11. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
OUT ?=
STORY ?= ordinary
MINUTES ?= 60
SEED ?= 1
VISITS ?= 1000
BIN := .venv/bin
READY := .venv/.ready

# Qt's own libraries, then what a real X11 window needs besides (QT 6.11, minimal Debian 12).
RUN_PACKAGES := python3-venv libgl1 libegl1 libx11-6 libdbus-1-3 libfontconfig1 libfreetype6 \
  libglib2.0-0 libxkbcommon0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 \
  libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 \
  libxcb-xkb1 libxkbcommon-x11-0
# Outside voices of the tests: pdftotext and pdfsig, qpdf, certutil for pdfsig's trust, a compiler
# for the write recorder, a screen without a screen.
TEST_PACKAGES := $(RUN_PACKAGES) poppler-utils qpdf libnss3-tools gcc libc6-dev xvfb xauth

# What Qt's speech library links to, then an engine and its voices.
SPEECH_PACKAGES := libpulse0 libspeechd2 speech-dispatcher espeak-ng

.PHONY: help demo test bench looks speech monkey naughty soak trace lock clean run-packages test-packages

help:
	@echo "make demo    play the demo clinic (with OUT=DIR, or without a display: into a folder)"
	@echo "make test    everything CI runs"
	@echo "make looks   every page at every size as a picture (OUT=DIR); FREEZE=1: the golden pictures anew"
	@echo "make bench   the table of measured times, each beside its floor or peer"
	@echo "make monkey  patients left alone with the tablet for an hour (MINUTES=60 SEED=1)"
	@echo "make naughty every naughty string in every field of a record, a million random labels (minutes)"
	@echo "make soak    a thousand visits in one process, and what they leave behind (VISITS=1000)"
	@echo "make trace   every requirement, the tests that prove it, and what is not built"
	@echo "make speech  let pages be read aloud: 440 MB, an engine and its voices"
	@echo "make lock    pin every dependency again"
	@echo "make clean   remove what make made"

demo: run-packages $(READY)
	@if [ -n "$(OUT)" ] || [ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	  exec $(BIN)/chairside demo --headless --story $(STORY) --out "$(if $(OUT),$(OUT),demo-out)"; \
	else exec $(BIN)/chairside demo; fi

# One process a core; where one dies the run ends, as xdist's next would wait for ever. Bytecode is kept:
# the tests start hundreds of processes, and each would compile anew.
test: test-packages $(READY)
	@env -u PYTHONDONTWRITEBYTECODE QT_QPA_PLATFORM=offscreen \
	  $(BIN)/python -m pytest -q -n auto --maxprocesses 8 --max-worker-restart 0

bench: test-packages $(READY)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench $(if $(OUT),--out "$(OUT)")

looks: test-packages $(READY)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.looks $(if $(FREEZE),--freeze,--out "$(if $(OUT),$(OUT),build/looks)")

monkey: test-packages $(READY)
	@$(BIN)/python -m tests.monkey --minutes $(MINUTES) --seed $(SEED)

naughty: test-packages $(READY)
	@$(BIN)/python -m tests.naughty

soak: test-packages $(READY)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.soak --visits $(VISITS)

trace: $(READY)
	@$(BIN)/python -m tests.requirements

$(READY): requirements.lock pyproject.toml | run-packages
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo "Chairside needs Python 3.11, 3.12 or 3.13: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 1; }
	@echo "Preparing .venv (about a minute) ..."
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Reading aloud. The lock names the library under a marker no other target meets: it is 440 MB.
speech: $(READY)
	@$(call system,$(SPEECH_PACKAGES))
	@sed "s/ ; extra == 'speech'//" requirements.lock > .venv/speech.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r .venv/speech.lock

run-packages:
	@$(call system,$(RUN_PACKAGES))

test-packages:
	@$(call system,$(TEST_PACKAGES))

# Installs what is missing when root, prints the line to run when not; leaves other systems alone.
define system
command -v dpkg-query >/dev/null || exit 0; missing=""; \
for package in $(1); do \
  dpkg-query -W -f='$${Status}' "$$package" 2>/dev/null | grep -q 'ok installed' || missing+=" $$package"; \
done; \
[ -n "$$missing" ] || exit 0; \
if [ "$$(id -u)" = 0 ]; then \
  echo "Installing system packages:$$missing"; export DEBIAN_FRONTEND=noninteractive; \
  apt-get -qq update && apt-get -qq install -y --no-install-recommends $$missing >/dev/null; \
else \
  echo "System packages are missing. Run this once, then try again:"; \
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends$$missing"; exit 1; \
fi
endef

# Resolves for every system and Python at once; uv lives in a folder of its own, not in .venv.
lock:
	@[ -x build/lock/bin/uv ] || { $(PYTHON) -m venv build/lock && build/lock/bin/python -m pip install --quiet uv; }
	@build/lock/bin/uv pip compile --quiet pyproject.toml --all-extras --universal --generate-hashes \
	  --upgrade --no-header --no-emit-index-url --output-file requirements.lock
	@sed -i "s/^\(pyside6-addons==[^ ]*\) /\1 ; extra == 'speech' /" requirements.lock
	@echo "requirements.lock is new; run make test before you commit it."

clean:
	@rm -rf .venv build dist demo-out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
