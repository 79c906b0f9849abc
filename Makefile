# Thin on purpose: bootstrap.py does the work, and serves Windows as well. `make test ARGS=...` passes ARGS on.
PYTHON ?= python3
ARGS ?=

.PHONY: run class test check soak bench lab lock wheel wheelhouse screenshots clean

run class test check soak bench lab lock wheel wheelhouse screenshots:
	@$(PYTHON) bootstrap.py $@ $(ARGS)

clean: # what the other targets made; nobody's answers are here
	rm -rf .venv .venv-peers .venv-groups dist build widgets/static/vega.js .hypothesis .mypy_cache .pytest_cache .ruff_cache
