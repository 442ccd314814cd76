# `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo docs test test-rust test-c test-vectors test-surfaces test-corpus test-python test-node test-php test-cli test-edge test-checkout test-demo test-scale lint audit generate bench bench-python bench-node bench-php bench-edge bench-inbox test-inbox dist-python dist-php release-check fuzz dudect clean

BUILD := $(CURDIR)/build
# What runs beside others is not given make's job server, and would look for it.
ALONE := env -u MAKEFLAGS -u MFLAGS

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## in Rust, Python, Node and PHP: each provider's genuine delivery verified, what forgeries get, and the inbox
	@tools/setup demo
	@cargo run --quiet --package hookseal --example demo
	@cargo run --quiet --package hookseal-sqlx --example demo
	@bindings-python/run-tests build
	@$(BUILD)/python/installed/bin/python bindings-python/examples/demo.py
	@bindings-node/run-tests build
	@node bindings-node/examples/demo.mjs
	@bindings-php/build-extension
	@php -n -d extension=pdo -d extension=pdo_sqlite -d extension=$(CURDIR)/bindings-php/modules/hookseal.so bindings-php/examples/demo.php

# The languages' tests run two at a time, each one's output at its end: most of them keep one core busy.
test: ## every test in every language, with all set-up
	@tools/setup test
	@$(MAKE) --no-print-directory test-vectors test-surfaces test-corpus
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target test-rust test-c test-python test-node test-php
	@$(MAKE) --no-print-directory test-scale test-cli
	@if tools/has-wasm; then $(MAKE) --no-print-directory test-edge; fi
	@$(MAKE) --no-print-directory test-checkout test-demo
	@tools/has-wasm || echo "make test: WebAssembly was NOT tested: Rust's standard library for it is missing (tools/setup test says why)" >&2

test-vectors: ## the conformance cases against a second implementation
	@[ -x $(BUILD)/venv-vectors/bin/python ] || python3 -m venv $(BUILD)/venv-vectors
	@$(BUILD)/venv-vectors/bin/python -m pip install --quiet --requirement tests/vectors/requirements.txt
	@$(BUILD)/venv-vectors/bin/python tests/vectors/check.py

test-surfaces: ## that every language offers the same
	@tests/surfaces/check

test-corpus: ## that the corpus of broken deliveries is what real programs make of genuine ones
	@tests/explain/make --check

test-rust: ## the core, the command, the generator, and the tests against what others wrote
	@$(ALONE) cargo test --workspace --exclude hookseal-bench --features hookseal-sqlx/mysql,hookseal-sqlx/postgres,hookseal-tower/axum,hookseal-tower/sqlx

test-c: ## the installed C library: vectors, API, sanitizers, valgrind
	@$(ALONE) tests/c/run

test-python: ## the Python package: wheel and sdist in fresh environments, types, frameworks
	@$(ALONE) bindings-python/run-tests

test-php: ## the PHP extension: phpt, vectors, valgrind, opcache, adapters, php-fpm behind nginx
	@$(ALONE) bindings-php/run-tests

test-node: ## the Node package: four versions of Node, the adapters, package managers and bundlers
	@$(ALONE) bindings-node/run-tests

test-cli: ## the command against the other languages' examples, as their tests left them, and its pages in a real Chromium
	@cli/tests/endpoints
	@cli/tests/openmetrics/run
	@cli/tests/browser/run

test-edge: ## the WebAssembly modules in workerd, Deno, Bun, Node and Chromium, and without JavaScript
	@$(ALONE) bindings-node/run-tests edge
	@[ -x $(BUILD)/venv-wasm/bin/python ] || python3 -m venv $(BUILD)/venv-wasm
	@$(BUILD)/venv-wasm/bin/python -m pip install --quiet --requirement tests/wasm/requirements.txt
	@$(BUILD)/venv-wasm/bin/python tests/wasm/check.py bindings-node/edge/built/hookseal.wasm

test-scale: ## four languages' workers on one inbox, killed at random moments: each event has one effect
	@$(ALONE) tests/inbox/scale/run 300 20

test-checkout: ## that each language installs from a checkout as its README says, into an empty project
	@$(ALONE) tests/install/from-checkout

test-demo: ## that the demo ends as it must in each of its four languages
	@said=$$($(MAKE) --no-print-directory demo) || { echo "$$said"; exit 1; }; \
		for line in '7 genuine deliveries verified, 37 forgeries refused' \
			'a delivery sent three times, its worker killed in the middle: handled exactly once'; do \
			found=$$(grep -cx "$$line" <<<"$$said"); \
			echo "demo: $$line: in $$found languages of 4"; [ "$$found" = 4 ] || { echo "$$said"; exit 1; }; \
		done

docs: ## the documentation's site, in build/site, with its links checked
	@tools/setup docs
	@PATH=$$PATH:$${CARGO_HOME:-$$HOME/.cargo}/bin mdbook build docs
	@tools/site/check build/site

lint: ## rustfmt, clippy, cargo-deny, that generated files are current, and a linter for each other language and the workflows
	@tools/setup lint
	@cargo fmt --all --check
	@cargo clippy --workspace --all-targets --quiet -- --deny warnings
	@cargo clippy --package hookseal --no-default-features --quiet -- --deny warnings
	@tools/check-wasm
	@cargo clippy --package hookseal-tower --all-features --all-targets --quiet -- --deny warnings
	@cargo deny --log-level error check bans licenses sources
	@tools/check-layers
	@cargo run --quiet --package hookseal-codegen -- --check
	@tools/lint/run

audit: ## known vulnerabilities in the dependencies (fetches the advisory database)
	@tools/setup lint
	@cargo deny check advisories

release-check: ## that VERSION can be released: its packages built, compared with what they should hold, installed and used
	@tools/setup release
	@tools/release/check "$(VERSION)"

generate: ## writes the generated files: payload types, provider table, C header, the site's pages about findings
	@cargo run --quiet --package hookseal-codegen
	@cargo run --quiet --package hookseal-tests --example explain_pages

bench: ## what verifying costs in Rust and C, and against its parts
	@tools/setup bench
	@cargo build --quiet --release --package hookseal-capi
	@mkdir -p $(BUILD)/bench
	@cc -O2 -shared -fPIC -Iinclude tests/bench/c/verify.c -o $(BUILD)/bench/libverify.so \
		-Ltarget/release -lhookseal -Wl,-rpath,$(CURDIR)/target/release
	@cargo bench --package hookseal-bench --bench verify
	@HOOKSEAL_BENCH_C=$(BUILD)/bench/libverify.so cargo bench --quiet --package hookseal-bench --bench ratios

bench-python: ## the Python package against the standard library and the senders' own packages
	@bindings-python/bench/run

dist-python: ## the Python package's wheels and sdist, as they are published
	@bindings-python/dist

bench-php: ## the PHP extension against hash_hmac, hash_equals and json_decode
	@bindings-php/bench/run

dist-php: ## the PHP extension as a prebuilt binary, named as PIE expects it
	@bindings-php/dist

bench-node: ## the Node package beside the usual code and other packages; draws docs/node-speed.svg
	@tools/setup test
	@bindings-node/run-tests build
	@node bindings-node/bench/run.mjs --plot

bench-edge: ## the WebAssembly module in each runtime, beside WebCrypto
	@tools/setup test
	@npm ci --prefix bindings-node --ignore-scripts --no-audit --no-fund --silent
	@node bindings-node/bench/edge.mjs

bench-inbox: ## what the inbox costs on each engine, against the bare INSERT and a queue by hand, at HOOKSEAL_BENCH_ROWS rows too, a million if not given
	@tools/setup test
	@HOOKSEAL_TEST_DURABLE=1 tests/inbox/with-servers cargo bench --quiet --package hookseal-sqlx --all-features

test-inbox: ## every order of events on the inbox that there is, and 10,000 events with workers killed, on each engine
	@tools/setup test
	@HOOKSEAL_TEST_FULL=1 $(ALONE) cargo test --package hookseal-sqlx --all-features
	@$(ALONE) tests/inbox/scale/run 10000 300

fuzz: ## each fuzz target for SECONDS seconds, 600 if not given
	@tools/setup fuzz
	@fuzz/run $(SECONDS)

dudect: ## that refusing takes the same time wherever the digest differs
	@cargo run --release --quiet --package hookseal-tests --example dudect

clean: ## removes what was built
	@cargo clean --quiet
	@rm -rf $(BUILD)
