"""The comparison of benches/compare.sh in Python: equality, then NFKC without punctuation and blanks, then difflib on what differs."""
import difflib
import json
import sys
import time
import unicodedata

FOLDED = str.maketrans({mark: None for mark in " \t\n\u3000，,。.；;：:、（）()《》“”\"—-…"})


def normal(text):
    return unicodedata.normalize("NFKC", text).translate(FOLDED).lower()


def main():
    rows = [json.loads(line) for line in sys.stdin]
    began = time.process_time()
    same = formal = differs = 0
    for _, said in rows:
        first = said[0]
        for other in said[1:]:
            if first == other:
                same += 1
            elif normal(first) == normal(other):
                formal += 1
            else:
                differs += 1
                difflib.SequenceMatcher(None, first, other, autojunk=False).get_opcodes()
    print(f"{time.process_time() - began:.3f} {same} {formal} {differs}")


main()
