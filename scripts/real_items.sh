#!/usr/bin/env bash
# Puts the rules to a sample of real service items (JSON lines, one item a line) and prints, beside what was counted on the
# whole collection of 2,262 items, what the data of the sample hold and how often our rules fire on it.
#   scripts/real_items.sh ITEMS.jsonl            the table
#   scripts/real_items.sh ITEMS.jsonl R08 20     twenty of the sentences that R08 says
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -ge 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
items=$(realpath "$1"); shift
if [ $# -gt 0 ]; then exec cargo run --quiet --example real_items -- "$items" "$@"; fi
counts=$(cargo run --quiet --example real_items -- "$items")
whole=2262
sample=$(awk '$1 == "items" { print $2 }' <<<"$counts")
fact() { awk -v name="$1" '$1 == "fact" && $2 == name { print $3; found = 1 } END { if (!found) print 0 }' <<<"$counts"; }
rule() { awk -v name="$1" '$1 == "rule" && $2 == name { print $3; found = 1 } END { if (!found) print 0 }' <<<"$counts"; }
# name, count in the collection, out of how many, out of how many in the sample, the sample's data, our rule, remark
row() {
    local expected
    expected=$(awk -v count="$2" -v of="$3" -v here="$4" 'BEGIN { printf "%.1f", count * here / of }')
    printf '%-34s %6s of %-5s %8s %6s %6s  %s\n' "$1" "$2" "$3" "$expected" "$5" "$6" "$7"
}
echo "$sample items; the collection has $whole. “scaled” is the collection's count in the sample's proportion."
printf '%-34s %15s %8s %6s %6s\n' 'what' 'collection' 'scaled' 'data' 'rule'
row 'equal phones (R08)' 183 $whole "$sample" - "$(rule R08)" 'an extension, a missing area code: the same number'
row 'no visit, not online (R04)' 52 $whole "$sample" "$(fact no-visit-and-not-online)" "$(rule R04)" 'the rule asks 办理形式, which this collection lacks'
row 'windowless, with visits (R28)' 6 824 "$(fact windowless)" "$(fact windowless-with-visits)" - ''
row 'windowless, not online (R28)' 4 824 "$(fact windowless)" "$(fact windowless-not-online)" - ''
row 'windowless and either (R28)' 10 824 "$(fact windowless)" - "$(rule R28)" 'items that are both count once'
row 'catch-all materials (R18)' 8 809 "$(fact materials-listed)" - "$(rule R18)" 'the rule counts 等资料, too'
row 'check digit of the code (R14)' 6 $whole "$sample" - "$(rule R14)" ''
row 'condition 无 (R24)' 950 $whole "$sample" "$(fact condition-none)" "$(rule R24:condition)" 'the rule also counts 以…文件为准; the sample keeps items that say more'
row 'consultation 无 (R24)' 80 $whole "$sample" "$(fact consult-none)" "$(rule R24:consult)" ''
row 'complaints 无 (R24)' 116 $whole "$sample" "$(fact complain-none)" "$(rule R24:complain)" ''
row 'promise above the law (R01)' 0 1522 "$(fact both-limits)" - "$(rule R01)" ''
row 'booking without address (R29)' 1864 2196 "$(fact books)" "$(fact books-without-address)" "$(rule R29)" ''
row 'type not in the code (R16)' 0 $whole "$sample" - "$(rule R16)" ''
row 'handling code (R15)' 0 $whole "$sample" - "$(rule R15)" ''
row 'level not in the code (R26)' 0 $whole "$sample" - "$(rule R26)" ''
echo
echo 'Every rule and kind of finding (elements that the collection does not have are missing by nature):'
awk '$1 == "rule" { printf "  %-28s %5d\n", $2, $3 }' <<<"$counts"
