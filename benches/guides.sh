#!/usr/bin/env bash
# Reading guides, with peers beside it, in one run: benches/guides.sh [-r ROUNDS] [GROUP…]
# Groups: http, browser1, browser2, memory, check (the three speeds against each other); all of them when none is named.
#
# Installs into a folder outside the repository (ZOUTONG_PEERS, by default ~/.cache/zoutong-peers): Scrapy from PyPI into a
# virtual environment; playwright-core, puppeteer-core and ws from npm. It needs python3, node and the browser that
# scripts/setup.sh installs (chromium-headless-shell, chromium-driver); all contenders use that browser.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=5
if [ "${1:-}" = "-r" ]; then rounds=$2; shift 2; fi
peers=${ZOUTONG_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/zoutong-peers}
mkdir -p "$peers"
[ -x "$peers/venv/bin/scrapy" ] || { python3 -m venv "$peers/venv"; "$peers/venv/bin/pip" install --quiet scrapy; }
if ! [ -d "$peers/node_modules/ws" ]; then
    (cd "$peers" && npm init -y >/dev/null && npm install --silent --ignore-scripts playwright-core puppeteer-core ws)
fi
# Modules are sought from where the script lies.
cp benches/guides/*.mjs "$peers/"
cargo build --quiet --locked --profile dist --example guide_site --example guide_reader
exec python3 benches/guides/measure.py "$peers" "$rounds" "$@"
