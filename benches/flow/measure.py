"""Runs the flow with every contender, several rounds alternating, and prints one table: measure.py PEERS FLOWS ROUNDS

A contender prints BEGIN when warm and END with its steps when done. What it costs is told apart by process: its own, and
chromedriver's where it uses one, without the browser's. The ratios of one run count.
"""
import os
import statistics
import subprocess
import sys
import threading
import time

PEERS, FLOWS, ROUNDS = sys.argv[1], sys.argv[2], int(sys.argv[3])
HERE = os.path.dirname(os.path.abspath(__file__))
OURS = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(HERE, "../../target")), "release/examples/")
TICK = os.sysconf("SC_CLK_TCK")
CONTENDERS = [
    ("Playwright", ["node", f"{PEERS}/flow/playwright.mjs"]),
    ("@puppeteer/replay", ["node", f"{PEERS}/flow/replay.mjs"]),
    ("Selenium", [f"{PEERS}/venv/bin/python", f"{HERE}/selenium_flow.py"]),
    ("zoutong", [f"{OURS}flow_walker"]),
]


class Meter(threading.Thread):
    """CPU seconds and peak memory (MB) of a client, of its chromedriver and of its browser."""

    def __init__(self, leader):
        super().__init__(daemon=True)
        self.leader, self.known, self.seconds, self.memory, self.over = leader, {}, {}, {}, threading.Event()

    def look(self):
        for entry in sorted((int(entry) for entry in os.listdir("/proc") if entry.isdigit())):
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    name, rest = stat.read().split("(", 1)[1].rsplit(")", 1)
                with open(f"/proc/{entry}/status") as status:
                    peak = next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM")), 0)
            except OSError:
                continue
            rest = rest.split()
            if entry != self.leader and int(rest[1]) not in self.known and entry not in self.known:
                continue
            kind = "driver" if name == "chromedriver" else "browser" if name.startswith(("chrom", "headless")) else "client"
            self.known[entry] = kind
            self.seconds[entry] = (int(rest[11]) + int(rest[12])) / TICK
            self.memory[entry] = peak
        return {kind: self.total(self.seconds, kind) for kind in ("client", "driver", "browser")}

    def total(self, what, kind):
        return sum(value for entry, value in what.items() if self.known[entry] == kind)

    def run(self):
        while not self.over.wait(0.1):
            self.look()


def once(command, site):
    client = subprocess.Popen([*command, site, FLOWS], stdout=subprocess.PIPE, text=True)
    meter = Meter(client.pid)
    meter.start()
    for line in client.stdout:
        now = time.perf_counter()
        if line.startswith("BEGIN"):
            begun, used = now, meter.look()
        elif line.startswith("END"):
            steps, cost = int(line.split()[1]), meter.look()
            spent = {kind: (cost[kind] - used[kind]) * 1000 / steps for kind in cost}
            memory = {kind: meter.total(meter.memory, kind) for kind in ("client", "driver")}
            result = (steps / (now - begun), spent, memory)
    meter.over.set()
    if client.wait() != 0:
        raise SystemExit(f"failed: {' '.join(command)}")
    return result


def main():
    server = subprocess.Popen(["node", f"{HERE}/site.mjs"], stdout=subprocess.PIPE, text=True)
    try:
        site = server.stdout.readline().strip()
        results = {name: [] for name, _ in CONTENDERS}
        for _ in range(ROUNDS):
            for name, command in CONTENDERS:
                results[name].append(once(command, site))
    finally:
        server.terminate()
    print(f"{FLOWS} flows of 12 steps, {ROUNDS} rounds alternating; CPU in ms a step (best), memory in MB\n")
    print("| contender | steps/s, median (min–max) | ours ÷ it | client CPU | ours ÷ it | + chromedriver | browser CPU | client memory | ours ÷ it | + chromedriver |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")

    def figures(name):
        rounds = results[name]
        best = {kind: min(spent[kind] for _, spent, _ in rounds) for kind in ("client", "driver", "browser")}
        memory = {kind: max(memory[kind] for _, _, memory in rounds) for kind in ("client", "driver")}
        return [rate for rate, _, _ in rounds], best, memory

    rates, ours, room = figures("zoutong")
    ours_rate = statistics.median(rates)
    for name, _ in CONTENDERS:
        rates, cpu, memory = figures(name)
        rate = statistics.median(rates)
        print(f"| {name} | {rate:.1f} ({min(rates):.1f}–{max(rates):.1f}) | {ours_rate / rate:.2f} | {cpu['client']:.2f} | "
              f"{ours['client'] / max(cpu['client'], 0.001):.2f} | {cpu['client'] + cpu['driver']:.2f} | {cpu['browser']:.1f} | {memory['client']:.0f} | "
              f"{room['client'] / memory['client']:.2f} | {memory['client'] + memory['driver']:.0f} |")


main()
