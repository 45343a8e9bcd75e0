"""Does to Banter's files what disks, signals and other programs do, and counts what doesn't hold.

usage: torture.py BANTER [RUNS]        (make torture calls it; RUNS: how often a turn is killed, 1000)
"""

import os
import shutil
import sys
import tempfile
import time

import disks
import faults
import kills
from home import Home
from server import Server


class Context:
    def __init__(self, banter, root):
        self.banter = os.path.abspath(banter)
        self.root = root
        self.server = Server()

    def directory(self, name):
        path = f"{self.root}/{name}"
        os.makedirs(path, mode=0o700, exist_ok=True)
        return path


def swept(kinds):
    def run(context):
        if not shutil.which("cc"):
            raise disks.Skipped("there is no C compiler")
        return faults.sweep(context, kinds)
    return run


def linted(context):
    if not shutil.which("strace"):
        raise disks.Skipped("there is no strace")
    count, longest, problems = faults.lint(context)
    print(f"  (the journal was synchronized {count} times; nothing waited longer than {longest * 1000:.0f} ms)")
    return 1, problems


def killed(runs):
    def run(context):
        counts, problems = kills.loop(context, runs, jobs=2)
        print(f"  (in {counts['reached']} runs the request had reached the server, in {counts['printed']} words were printed)")
        return counts["runs"], problems
    return run


def large(context):
    """D22: a turn in a session of 100 MB."""
    home = Home(context.directory("large") + "/banter", context.banter, context.server.url)
    home.ask("one?")
    path = home.files(".json")[0]
    with open(path) as file:
        text = file.read()
    filler = '    {\n      "role": "user",\n      "content": "' + "x" * 9900 + '"\n    },\n'
    with open(path, "w") as file:
        file.write(text.replace('"messages": [\n', '"messages": [\n' + filler * 10_000))
    size = os.path.getsize(path)
    start = time.monotonic()
    process = home.start(["-m", "short", "-c", "-p", "two?"])
    process.stdout.read()
    errors = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    print(f"  ({size / 1e6:.0f} MB: the turn, with reading it and two saves, took {seconds:.2f} s and {usage.ru_maxrss * 1024 / size:.1f} times its size)")
    problems = [] if status == 0 else [f"exit {os.waitstatus_to_exitcode(status)}: {errors}"]
    if home.files(".bak"):
        problems.append("an original was kept of a file that Banter wrote")
    if os.path.getsize(path) <= size:
        problems.append("the turn isn't in the file")
    return 1, problems


def many(context):
    """J12: ten thousand sessions."""
    home = Home(context.directory("many") + "/banter", context.banter, context.server.url)
    home.ask("one?")
    path = home.files(".json")[0]
    with open(path) as file:
        text = file.read()
    for number in range(9999):
        with open(f"{home.sessions}/20260101-00{number // 100:04}-00{number % 100:02}.json", "w") as file:
            file.write(text)
    start = time.monotonic()
    code, output, errors = home.run("sessions", "list")
    print(f"  (listed in {time.monotonic() - start:.2f} s)")
    return 1, [] if code == 0 and len(output.splitlines()) == 10_000 else [f"exit {code}, {len(output.splitlines())} lines: {errors[:300]}"]


def main():
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    rows = [
        ("D01: every call fails once", swept(faults.ERRORS)),
        ("D02: every call is the last one", swept(faults.ENDS)),
        ("D03: kill -9 at random moments", killed(runs)),
        ("D04, D18: the order of calls", linted),
        ("D05: a power cut", disks.power_cut),
        ("D06: a full disk", disks.full),
        ("D07: a limit of file sizes", disks.limited),
        ("D08: no home, or a read-only one", disks.read_only),
        ("D09: a foreign directory", disks.foreign),
        ("D22: a session of 100 MB", large),
        ("J12: ten thousand sessions", many),
    ]
    chosen = sys.argv[3:]
    failures = 0
    with tempfile.TemporaryDirectory() as root:
        context = Context(sys.argv[1], root)
        print(f"{'':<36} {'runs':>6} {'violations':>11} {'seconds':>8}")
        for name, run in rows:
            if chosen and not any(word in name for word in chosen):
                continue
            start = time.monotonic()
            try:
                count, problems = run(context)
            except disks.Skipped as reason:
                print(f"{name:<36} skipped: {reason}", flush=True)
                continue
            print(f"{name:<36} {count:>6} {len(problems):>11} {time.monotonic() - start:>8.1f}", flush=True)
            for problem in problems[:10]:
                print(f"    ✗ {problem.strip()}")
            failures += len(problems)
    sys.exit(1 if failures else 0)


main()
