#!/usr/bin/env bash
# The same flow of 12 steps with zoutong, Playwright, Selenium and @puppeteer/replay, in one run: benches/flow.sh [FLOWS [ROUNDS]]
#
# Installs into a folder outside the repository (ZOUTONG_PEERS, by default ~/.cache/zoutong-peers): Selenium from PyPI into a
# virtual environment; playwright-core, puppeteer-core and @puppeteer/replay from npm. It needs python3, node and the browser
# that scripts/setup.sh installs; all contenders use that browser.
set -euo pipefail
cd "$(dirname "$0")/.."
peers=${ZOUTONG_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/zoutong-peers}
mkdir -p "$peers/flow"
[ -x "$peers/venv/bin/python" ] || python3 -m venv "$peers/venv"
"$peers/venv/bin/python" -c 'import selenium' 2>/dev/null || "$peers/venv/bin/pip" install --quiet selenium
if ! [ -d "$peers/node_modules/@puppeteer/replay" ]; then
    (cd "$peers" && npm init -y >/dev/null && npm install --silent --ignore-scripts --legacy-peer-deps playwright-core puppeteer-core ws @puppeteer/replay)
fi
# Modules are sought from where the script lies.
cp benches/flow/*.mjs "$peers/flow/"
cargo build --quiet --locked --release --example flow_walker
exec python3 benches/flow/measure.py "$peers" "${1:-20}" "${2:-5}"
