# The front door. Two commands are all one needs: `make demo` and `make test`.
.DEFAULT_GOAL := help
.PHONY: help setup build demo test check bench sample install

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing: Chromium, its headless shell, chromedriver, a Chinese font
	@scripts/setup.sh

build: setup ## Build the program
	cargo build --locked

demo: build ## Walk the embedded demo portal and write the report under reports/runs/
	target/debug/zoutong demo

test: setup ## Run every test, those in a real browser included
	cargo test --locked

check: setup ## What CI runs: formatting, lints, every test
	cargo fmt --check
	cargo clippy --all-targets --locked -- -D warnings
	$(MAKE) test

bench: setup ## Measure guide pages per second, with peers beside it
	benches/guides.sh

sample: build ## Make the small sample report again that the README shows
	scripts/sample.sh

install: setup ## Build the optimised program and install it for this user
	cargo install --locked --profile dist --path .
