# One word runs everything. Paths stay relative, so that the checkout may lie in a folder with spaces in its name.

# This checkout's own Python; before there is one, the first of these that is new enough. Or: make setup PYTHON=...
PYTHON ?= $(shell for python in .venv/bin/python python3.13 python3.12 python3.11 python3; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
BIN := .venv/bin

.PHONY: help setup notebook demo test bench gpu redteam devcontainer-test build lock clean

help:  ## print this list (also: make)
	@sed -n 's/^\([a-z-]*\):.*## /make \1|/p' Makefile | while IFS='|' read -r target text; do \
		printf '%-22s %s\n' "$$target" "$$text"; done

# Finds a Python, or says what to install.
INSTALL = python="$(PYTHON)"; if [ -z "$$python" ]; then \
		echo "make: no Python 3.11 or newer was found (looked for python3.13, python3.12, python3.11, python3)." \
		"Install one (Debian, Ubuntu: sudo apt install python3 python3-venv; macOS: brew install python@3.13)," \
		"or name it: make setup PYTHON=/where/it/is/python3.12" >&2; exit 1; fi; \
	exec "$$python" requirements/install.py

setup:  ## install everything into .venv; at once where nothing has changed
	@$(INSTALL)

notebook:  ## the exercises in JupyterLab, in an environment of its own (.venv-notebook)
	@$(INSTALL) notebook --venv .venv-notebook
	@.venv-notebook/bin/jupyter labextension disable @jupyterlab/apputils-extension:announcements  # it asks a question
	@.venv-notebook/bin/jupyter lab exercises

demo: setup  ## grade the sample class in tests/submissions; the pages go to demo/
	@$(BIN)/autograder grade tests/submissions --out demo --timeout 10

# What only computes may share the processors; what measures deadlines and limits has them for itself.
AT_ONCE := tests/dlfb_lab -n 2 --dist loadfile
ALONE := tests --ignore=tests/dlfb_lab

test: setup  ## lint, types and all tests; on a second Python too, where the machine has one
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(AT_ONCE)
	$(BIN)/python -m pytest $(ALONE)
	$(BIN)/python requirements/second.py $(AT_ONCE)
	$(BIN)/python requirements/second.py $(ALONE)

bench: setup  ## measure speed, side by side with nbgrader (see tests/bench/README.md)
	@$(BIN)/python tests/bench/run.py

gpu:  ## every lab and check on this machine's GPU, and its speed beside the CPU's (.venv-cuda, 5 GB)
	@command -v nvidia-smi > /dev/null || { echo "make: no NVIDIA driver is seen here (nvidia-smi)." \
		"On the CPU alone: $(BIN)/python tests/bench/gpu.py" >&2; exit 1; }
	@$(INSTALL) instructor --venv .venv-cuda
	@$(INSTALL) cuda13 --venv .venv-cuda
	@.venv-cuda/bin/python tests/bench/gpu.py

redteam: setup  ## try the 71 threats, here and on nbgrader; the table goes to tests/redteam/README.md
	@$(BIN)/python tests/redteam/table.py

devcontainer-test: setup  ## build, start and enter the dev container; grade the sample class in the grader image
	@$(BIN)/python tests/devcontainer/run.py

build: setup  ## rebuild exercises/ and dlfb_lab/catalog.json from solutions/
	@$(BIN)/autograder build

lock: setup  ## compile requirements/*.txt anew; UPGRADE=1 for the newest versions
	@$(BIN)/python requirements/lock.py $(if $(UPGRADE),--upgrade)

clean:  ## remove what the other words made: environments, demo, caches
	rm -rf .venv .venv-3.* .venv-notebook .venv-cuda demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find dlfb_lab autograder solutions tests requirements -name __pycache__ -type d -prune -exec rm -rf {} +
