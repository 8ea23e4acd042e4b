#!/usr/bin/env bash
# Comparing 10,000 items on four channels with forty elements each, beside Python's difflib on the first 200 of the same
# items. Both run on one core, three rounds in turn. Needs python3; nothing is installed.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --quiet --locked --release --example compare_speed
ours=target/release/examples/compare_speed
values=$(mktemp)
trap 'rm -f "$values"' EXIT
"$ours" 200 --values >"$values"
printf '%-7s %12s %22s %8s\n' round "zoutong (s)" "difflib x 50 (s)" ratio
for round in 1 2 3; do
    mine=$(taskset -c 0 "$ours" 10000 | cut -d' ' -f1)
    theirs=$(taskset -c 0 python3 benches/compare.py <"$values" | cut -d' ' -f1)
    awk -v round="$round" -v mine="$mine" -v theirs="$theirs" \
        'BEGIN { printf "%-7s %12.2f %22.1f %8.1f\n", round, mine, theirs * 50, theirs * 50 / mine }'
done
for items in 1000 10000; do
    /usr/bin/env python3 - "$ours" "$items" <<'PY'
import resource, subprocess, sys
subprocess.run([sys.argv[1], sys.argv[2]], check=True, stdout=subprocess.DEVNULL)
print(f"{sys.argv[2]:>6} items: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.1f} MB at most")
PY
done
