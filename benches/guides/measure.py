"""Runs contenders against the local site, several rounds alternating, and prints one table: measure.py PEERS ROUNDS GROUP…

PEERS is the folder that `guides.sh` installed the peers into. A contender prints BEGIN when warm and END when done; the time
between is measured here, with the CPU time of everything that it started (the browser, too) and the memory of its own process.
Absolute figures depend on the machine and on what else it does: the ratios of one run count.
"""
import os
import statistics
import subprocess
import sys
import threading
import time

PEERS, ROUNDS, GROUPS = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
HERE = os.path.dirname(os.path.abspath(__file__))
OURS = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(HERE, "../../target")), "dist/examples/")
TICK = os.sysconf("SC_CLK_TCK")


def node(script, *more):
    return lambda site, pages, sessions: ["node", f"{PEERS}/{script}.mjs", site, str(pages), str(sessions), *more]


def scrapy(way):
    return lambda site, pages, sessions: [f"{PEERS}/venv/bin/python", f"{HERE}/scrapy_spider.py", way, site, str(pages), str(sessions)]


def ours(speed):
    return lambda site, pages, sessions: [f"{OURS}guide_reader", speed, site, str(pages), str(sessions)]


# Group: (path of the site, pages, sessions, the contenders; the last one is what the ratios are held against).
BROWSERS = [("playwright", node("playwright")), ("puppeteer", node("puppeteer")), ("raw CDP", node("raw_cdp")),
            ("raw CDP, our switch", node("raw_cdp", "faster")),
            ("zoutong light", ours("light")), ("zoutong painted", ours("painted"))]
TABLES = {
    "http": ("guide", 2000, 16, [("scrapy, 40 selectors", scrapy("selectors")), ("scrapy, one pass", scrapy("one-pass")), ("zoutong http", ours("http"))]),
    "browser1": ("guide", 100, 1, BROWSERS),
    "browser2": ("guide", 200, 2, BROWSERS),
    "memory": ("guide", 200, 16, [("zoutong http, 20,000 pages", lambda site, _, sessions: ours("http")(site, 20000, sessions)),
                                  ("zoutong http, 2,000 pages", lambda site, _, sessions: ours("http")(site, 2000, sessions)),
                                  ("zoutong http, 200 pages", ours("http"))]),
}


class Meter(threading.Thread):
    """CPU seconds of a client and all that it started (ended ones count as last seen), and the client's peak memory in MB."""

    def __init__(self, leader):
        super().__init__(daemon=True)
        self.leader, self.seconds, self.peak, self.over = leader, {leader: 0}, 0, threading.Event()

    def look(self):
        for entry in sorted((entry for entry in os.listdir("/proc") if entry.isdigit()), key=int):
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    rest = stat.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(entry) == self.leader or int(rest[1]) in self.seconds or int(entry) in self.seconds:
                self.seconds[int(entry)] = (int(rest[11]) + int(rest[12])) / TICK
        try:
            with open(f"/proc/{self.leader}/status") as status:
                self.peak = next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM")), self.peak)
        except OSError:
            pass
        return sum(self.seconds.values())

    def run(self):
        while not self.over.wait(0.1):
            self.look()


def once(command):
    client = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    meter = Meter(client.pid)
    meter.start()
    begun = None
    for line in client.stdout:
        now = time.perf_counter()
        if line.startswith("BEGIN"):
            begun, used = now, meter.look()
        elif line.startswith("END"):
            pages, fields, rows = map(int, line.split()[1:])
            cpu, memory = meter.look() - used, meter.peak
            result = (pages / (now - begun), cpu * 1000 / pages, memory, fields / pages, rows / pages)
    meter.over.set()
    if client.wait() != 0:
        raise SystemExit(f"failed: {' '.join(command)}")
    return result


def table(name, site):
    path, pages, sessions, contenders = TABLES[name]
    results = {label: [] for label, _ in contenders}
    for _ in range(ROUNDS):
        for label, command in contenders:
            results[label].append(once(command(f"{site}/{path}", pages, sessions)))
    ours = statistics.median(rate for rate, *_ in results[contenders[-1][0]])
    print(f"\n{name}: {pages} pages, {sessions} at once, {ROUNDS} rounds alternating\n")
    print("| contender | pages/s, median (min–max) | ours ÷ it | CPU ms/page (best) | client RSS MB | fields, rows a page |\n|---|--:|--:|--:|--:|--:|")
    for label, rounds in results.items():
        rates = [rate for rate, *_ in rounds]
        _, _, memory, fields, rows = rounds[-1]
        cpu = min(round[1] for round in rounds)
        print(f"| {label} | {statistics.median(rates):.1f} ({min(rates):.1f}–{max(rates):.1f}) | {ours / statistics.median(rates):.2f} | {cpu:.2f} | {memory:.0f} | {fields:.0f}, {rows:.0f} |", flush=True)


def main():
    server = subprocess.Popen([f"{OURS}guide_site"], stdout=subprocess.PIPE, text=True)
    try:
        site = server.stdout.readline().strip()
        for name in GROUPS or TABLES:
            if name == "check":
                for kind in ("guide", "spa"):
                    print(f"\nthree speeds, /{kind}:", flush=True)
                    subprocess.run([f"{OURS}guide_reader", "check", f"{site}/{kind}", "40"], check=True)
            else:
                table(name, site)
    finally:
        server.terminate()


main()
