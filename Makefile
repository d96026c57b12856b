# Two commands do everything: `make chat` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# A question may hold quotes and $$: it reaches the program through the environment, untouched.
override export Q := $(value Q)

.DEFAULT_GOAL := help
.PHONY: help chat ask index test try-cards evaluation browser schema screenshots figures bench clean

help: ## Show what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

chat: index ## Start the chat at http://127.0.0.1:7860
	@$(BIN)/python app.py

ask: index ## Answer one question: make ask Q="why's it back?"
	@$(BIN)/python -m bot ask --env Q

index: $(VENV)/run ## Build the index unless it is fresh
	@$(BIN)/python -m index build

test: $(VENV)/dev browser index ## Install what the tests need and run them all
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m corpus check
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

try-cards: $(VENV)/run index ## Show what changed cards do to the golden questions, beside the last try
	@rm -rf var/runs/cards-before
	@if [ -d var/runs/cards-now ]; then mv var/runs/cards-now var/runs/cards-before; fi
	@$(BIN)/python -m eval run --out var/runs/cards-now
	@if [ -d var/runs/cards-before ]; then $(BIN)/python -m eval compare var/runs/cards-before var/runs/cards-now; fi

evaluation: $(VENV)/run index ## Write docs/evaluation.md from new runs; TEST=DIR adds a run of test
	@rm -rf var/runs/card
	@for system in ours bm25 minilm hybrid; do $(BIN)/python -m eval run --system $$system --out var/runs/card/$$system > /dev/null || exit 1; done
	@$(BIN)/python -m eval card var/runs/card/ours var/runs/card/bm25 var/runs/card/minilm var/runs/card/hybrid $(if $(TEST),--test $(TEST))

schema: $(VENV)/run ## Write the JSON schema of an answer to docs/
	@$(BIN)/python -m bot schema > docs/answer.schema.json

screenshots: $(VENV)/dev browser index ## Take the pictures of the page in docs/ again
	@$(BIN)/python -m tests.page.screenshots

figures: $(VENV)/dev browser index ## Measure how fast and how heavy the page is in the browser
	@$(BIN)/python -m tests.page.figures

bench: $(VENV)/run index ## Measure beside the peer: make bench PEER=... PEER_PYTHON=...
	@$(BIN)/python -m eval bench --peer "$(PEER)" --peer-python "$(PEER_PYTHON)"

clean: ## Remove the environment and everything that was built
	rm -rf $(VENV) var

# Chromium, where this machine lets us install it; the browser tests say loudly when it is missing.
browser:
	@sh tests/install_browser.sh

$(VENV)/run: requirements.txt constraints.txt
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "This needs Python 3.11 or newer: make PYTHON=python3.12 chat" >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
	@echo "Installing what the chatbot needs (the first time: some minutes) ..." >&2
	@$(BIN)/pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/dev: $(VENV)/run requirements-dev.txt
	@$(BIN)/pip install --quiet -r requirements-dev.txt
	@touch $@
