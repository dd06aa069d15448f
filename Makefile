SHELL := /bin/bash
.DEFAULT_GOAL := help
export PYTHONPATH := layers/shared:functions
IN_VENV := .venv/bin/

.PHONY: help setup run token format schemas lock test

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:  ## Install everything into .venv*, from the lock files
	@tools/setup

run: setup  ## Run the whole stack on http://127.0.0.1:3000
	@$(IN_VENV)python -m tools.local

token: setup  ## Print a token: make token TENANT=acme SCOPE="newstore:configuration:read"
	@$(IN_VENV)python -m tools.local.issuer "$(or $(TENANT),acme)" "$(SCOPE)"

format: setup  ## Format the code
	@$(IN_VENV)ruff format . && $(IN_VENV)ruff check --fix .

schemas: setup  ## Write documents/*.json from the models
	@$(IN_VENV)python -m tools.schemas

lock: setup  ## Write the lock files anew from the *.in files
	@for in in layers/*/requirements.in tools/requirements/*.in; do \
		.venv/bin/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
			--python-version 3.13 "$$in" -o "$${in%.in}.txt"; done
