#!/usr/bin/env bash
# Guide pages per second: the browser against plain HTTP, on the same demo portal, in one run. Ratios count, not figures.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --quiet --locked --release --example guide_pages
exec target/release/examples/guide_pages "$@"
