# The commands of the project; `make` lists them. Each makes the environment .venv first if it is not there.
PORT ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check format clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

demo: ## load the sample documents and serve them; PORT=8080 for another port
	@sh scripts/setup.sh
	@exec .venv/bin/reelgraph demo --store build/demo $(if $(PORT),--port $(PORT))

test: ## everything CI runs: tests, linter, formatter, types
	@sh scripts/setup.sh dev
	@.venv/bin/python -m pytest -n auto

check: ## the quick checks alone: linter, formatter, types
	@sh scripts/setup.sh dev
	@.venv/bin/ruff check && .venv/bin/ruff format --check && .venv/bin/mypy

format: ## lay out the code
	@sh scripts/setup.sh dev
	@.venv/bin/ruff check --fix && .venv/bin/ruff format

clean: ## remove the environment, the demo's store and caches
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
