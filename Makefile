# Every task of this project by name; `make` alone lists them. Cargo needs none of this: it only saves typing.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
TOOLS := target/tools

# Options for `make demo` and `make run`, for example: make demo ARGS="--port 8090"
ARGS :=
# The number that `make contract-run` starts from: the same one, so that a check says the same twice. Try others.
SEED := 20261122

.PHONY: help demo run test test-sqlite check openapi fmt
help: ## Lists these targets.
	@sed --quiet --regexp-extended 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand --tabs=26

demo: ## Fills a fresh database with a made-up region, plays the whole chain, and stays up.
	cargo run --locked --bin kokemusvayla -- demo $(ARGS)

run: ## Serves an installation, empty or existing: DATABASE_URL names it, `make run ARGS=--help` the rest.
	cargo run --locked --bin kokemusvayla -- serve $(ARGS)

test: ## Runs every test on SQLite and on a throw-away PostgreSQL.
	tests/with-postgres cargo test --locked --workspace

test-sqlite: ## Runs the tests that need no PostgreSQL.
	cargo test --locked --workspace -- --skip ::postgres

openapi: ## Rewrites openapi.yaml and the golden tables from the code.
	UPDATE_EXPECT=1 tests/with-postgres cargo test --locked --workspace

fmt: ## Formats the code.
	cargo fmt --all

# What must hold before anything is merged, quickest first. Each stage can be run alone as `make check-NAME`.
STAGES := format dependencies lint documentation test contract
.PHONY: $(STAGES:%=check-%)

check: ## Does what CI does, stage by stage, and says how long each took.
	@table=""; \
	for stage in $(STAGES); do \
		printf '\n== %s ==\n' "$$stage"; start=$$SECONDS; \
		$(MAKE) "check-$$stage" || { printf '\n%s: make check-%s failed\n' "check" "$$stage"; exit 1; }; \
		table+=$$(printf '  %-14s %4d s' "$$stage" "$$((SECONDS - start))")$$'\n'; \
	done; \
	printf '\nEvery check passed:\n%s' "$$table"

check-format:
	cargo fmt --all --check

check-lint:
	cargo clippy --locked --workspace --all-targets -- --deny warnings

check-documentation:
	RUSTDOCFLAGS="--deny warnings --allow rustdoc::private_intra_doc_links" cargo doc --locked --workspace --no-deps --document-private-items

check-test: test

check-dependencies: $(TOOLS)/bin/cargo-deny
	$(TOOLS)/bin/cargo-deny --locked check licenses bans sources

check-contract: contract-lint contract-run

.PHONY: contract-lint contract-run
contract-lint: $(TOOLS)/python.installed $(TOOLS)/node.installed ## Checks openapi.yaml with three validators.
	$(TOOLS)/python/bin/openapi-spec-validator openapi.yaml
	REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true tests/contract/node_modules/.bin/redocly \
		lint --config tests/contract/redocly.yaml openapi.yaml
	tests/contract/node_modules/.bin/spectral lint --fail-severity warn \
		--ruleset tests/contract/spectral.yaml openapi.yaml

contract-run: $(TOOLS)/python.installed ## Sends a demo server what openapi.yaml allows, and what it does not.
	cargo build --locked --bin kokemusvayla
	tests/contract/run $(SEED)

# Checkers written in other languages: they go into target/ and come again when their lists of versions change.
$(TOOLS)/python.installed: tests/contract/requirements.txt
	mkdir -p $(TOOLS)
	python3 -m venv --clear $(TOOLS)/python
	$(TOOLS)/python/bin/pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

$(TOOLS)/node.installed: tests/contract/package-lock.json
	mkdir -p $(TOOLS)
	npm ci --prefix tests/contract --ignore-scripts --no-audit --no-fund
	touch $@

$(TOOLS)/bin/cargo-deny: Makefile
	cargo install cargo-deny --debug --locked --version 0.20.2 --root $(TOOLS)
	touch $@
