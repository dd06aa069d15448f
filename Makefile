SHELL := /bin/bash
.DEFAULT_GOAL := help
export PYTHONPATH := layers/shared:functions
IN_VENV := .venv/bin/

.PHONY: help setup run deploy token format schemas lock test sam-local smoke bench scale openapi

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:  ## Install everything into .venv*, from the lock files
	@tools/setup

run: setup  ## Run the whole stack on http://127.0.0.1:3000
	@$(IN_VENV)python -m tools.local

deploy: setup  ## Deploy to AWS: make deploy ENVIRONMENT=dev (or prod) [ARCHITECTURE=arm64]; see docs/deploy.md
	@$(if $(filter dev prod,$(ENVIRONMENT)),,$(error ENVIRONMENT=dev or ENVIRONMENT=prod is missing))\
	export PATH="$(CURDIR)/.venv/bin:$$PATH" ARCHITECTURE="$(or $(ARCHITECTURE),x86_64)"; \
	.venv-sam/bin/sam build --parameter-overrides "Architecture=$$ARCHITECTURE" && \
	parameters=$$(python -m tools.samconfig $(ENVIRONMENT) "Architecture=$$ARCHITECTURE") && \
	.venv-sam/bin/sam deploy --config-env $(ENVIRONMENT) --parameter-overrides $$parameters

token: setup  ## Print a token: make token TENANT=acme SCOPE="newstore:configuration:read"
	@$(IN_VENV)python -m tools.local.issuer "$(or $(TENANT),acme)" "$(SCOPE)"

format: setup  ## Format the code
	@$(IN_VENV)ruff format . && $(IN_VENV)ruff check --fix .

schemas: setup  ## Write documents/*.json from the models
	@$(IN_VENV)python -m tools.schemas

openapi: setup  ## Write docs/openapi.json from the models
	@$(IN_VENV)python -m tools.openapi

lock: setup  ## Write the lock files anew from the *.in files
	@for in in layers/*/requirements.in {tools,benchmarks}/requirements/*.in; do \
		.venv/bin/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
			--python-version 3.13 "$$in" -o "$${in%.in}.txt"; done

test: setup  ## Check format, lint, types and template; run all tests
	@$(IN_VENV)ruff format --check .
	@$(IN_VENV)ruff check .
	@$(IN_VENV)mypy
	@SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=us-east-1 .venv-sam/bin/sam validate --lint
	@$(IN_VENV)pytest

sam-local: setup  ## Compare sam local with the deployed stack, event by event; needs Docker
	@$(IN_VENV)python -m tools.sam_local

smoke: setup  ## Test a deployed stack: BASE_URL=… ISSUER=…/auth/realms/{tenant} TENANT=… CLIENT_ID=… CLIENT_SECRET=…
	@$(foreach name,BASE_URL ISSUER TENANT CLIENT_ID CLIENT_SECRET,$(if $($(name)),,$(error $(name)=… is missing: see make help)))\
	SMOKE_BASE_URL="$(BASE_URL)" SMOKE_ISSUER="$(ISSUER)" SMOKE_TENANT="$(TENANT)" \
	SMOKE_CLIENT_ID="$(CLIENT_ID)" SMOKE_CLIENT_SECRET="$(CLIENT_SECRET)" ALLOW_PERMANENT="$(ALLOW_PERMANENT)" \
	$(IN_VENV)pytest tests/e2e -m smoke

bench: setup  ## Time the functions beside their peers, some minutes; write docs/performance.md
	@$(IN_VENV)python -m benchmarks

scale: setup  ## Load a local stack for a minute; write docs/scale.md
	@$(IN_VENV)python -m benchmarks.scale
