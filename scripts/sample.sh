#!/usr/bin/env bash
# Makes the small sample report that the README shows: three items of the demo portal, faults included.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
portal=
trap '[ -z "$portal" ] || kill "$portal"; rm -rf "$work"' EXIT
target/debug/zoutong portal --port 18101 >/dev/null &
portal=$!
sleep 2
variables=()
port=18101
for channel in pc app mini kiosk sms; do
    variables+=(--var "$channel=http://127.0.0.1:$port/")
    port=$((port + 1))
done
ZOUTONG_SECRET_DEMO_PASSWORD='Demo@2026' target/debug/zoutong run scenarios/demo "${variables[@]}" \
    -i 居民身份证 -i 食品经营许可 --fail-on 从不 --reports "$work"
run=$(ls -d "$work"/runs/*)
mkdir -p reports/sample
cp "$run/report/index.html" "$run/report/问题清单.xlsx" reports/sample/
