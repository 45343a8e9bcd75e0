"""How long sessions take: to be resumed and saved, listed, searched; with many of them and large ones."""

import json
import os
import random
import statistics
import subprocess
import sys
import time

from keys import Prompt

WORDS = """the of and to in is you that it he was for on are as with his they be this have from or one had by word but not
what all were we when your can said there use an each which she do how their if will up other about out many then them these so
some her would make like him into time has look two more write go see number no way could people my than first water been
call who its now find long down day did get come made may part session terminal stream server answer function return const value
error string array Größe naïve façade Übung 日本語 世界 Ελλάδα""".split()


class Sessions:
    """Makes sessions as people have them: questions of a line, answers of some paragraphs with lists and code."""

    def __init__(self, directory, seed=6):
        self.random = random.Random(seed)
        self.directory = os.path.join(directory, "sessions")
        os.makedirs(self.directory, mode=0o700)
        # Texts are cut out of one, as to draw every word anew would take minutes for a gigabyte.
        self.text = self.prose(1 << 20)
        self.count = 0

    def prose(self, size):
        lines, length = [], 0
        while length < size:
            kind = self.random.random()
            words = " ".join(self.random.choices(WORDS, k=self.random.randint(4, 40)))
            line = f"- **{words}**" if kind < 0.1 else f"    {words} = \"{words[:9]}\";" if kind < 0.2 else words + "."
            lines.append(line)
            length += len(line) + 1
        return "\n".join(lines)

    def piece(self, length):
        start = self.random.randrange(len(self.text) - length)
        return self.text[start:start + length]

    def write(self, messages, size, needle=None):
        """A session of so many messages and bytes; `needle` is said in one of them."""
        answer = max(2 * size // messages - 500, 20)
        conversation, turns = [], []
        for index in range(0, messages, 2):
            conversation.append({"role": "user", "content": self.piece(self.random.randint(20, 120))})
            conversation.append({"role": "assistant", "content": self.piece(self.random.randint(answer // 2, answer * 3 // 2))})
            turns.append({"message": index + 1, "finishReason": "stop",
                          "usage": {"prompt_tokens": 10 * index, "completion_tokens": 300, "total_tokens": 10 * index + 300},
                          "model": "short", "requestID": f"req_{index}", "secondsToFirstToken": 0.412, "seconds": 3.204})
        if needle:
            message = self.random.choice(conversation)
            message["content"] = message["content"][:50] + f"\n{needle} " + message["content"][50:]
        moment = time.gmtime(1_700_000_000 + self.count * 1000)
        name = time.strftime("%Y%m%d-%H%M%S-", moment) + f"{self.count % 65536:04x}"
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", moment)
        session = {"format": 1, "id": name, "title": " ".join(self.random.choices(WORDS, k=6)), "created": stamp, "updated": stamp,
                   "provider": "openai", "model": "short", "parameters": {}, "messages": conversation, "turns": turns,
                   "branches": [], "forkedFrom": None}
        path = os.path.join(self.directory, name + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(session, file, ensure_ascii=False, indent=2)
            file.write("\n")
        os.chmod(path, 0o600)
        os.utime(path, (time.mktime(moment), time.mktime(moment)))
        self.count += 1
        return path


def peak(process):
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024


def long_session(command, environment, directory, seconds_to, size, messages, runs):
    """Prints how long a session takes to be resumed and saved, and its memory, against the disk and the file."""
    home = os.path.join(directory, f"home-{size}")
    path = Sessions(home).write(messages, size)
    size = os.path.getsize(path)
    environment = dict(environment, BANTER_HOME=home)
    what = f"{messages} messages, {size / 1e6:.0f} MB"
    resume = command + ["--continue"]
    seconds_to("› ".encode(), resume, environment)
    times = [seconds_to("› ".encode(), resume, environment)[0] for _ in range(runs)]
    print(f"{what + ', resumed:':<34} {statistics.median(times) * 1000:9.2f} ms, at least {min(times) * 1000:.2f}")
    with open(path, "rb") as file:
        content = file.read()
    saves, disk = [], []
    with Prompt(resume, environment, "› ".encode()) as prompt:
        prompt.settle()
        print(f"{'  memory at the prompt:':<34} {peak(prompt.process) / 1e6:9.1f} MB at most: {peak(prompt.process) / size:.1f} times the file")
        for index in range(runs):
            # A rename saves as each half of a turn does, and says so when that is done.
            saves.append(prompt.exchange(b"/rename title %d\r" % index, b"is called title %d" % index) * 1000)
            disk.append(write(os.path.join(directory, "yardstick"), content) * 1000)
            prompt.settle()
        print(f"{'  a save, key to words:':<34} {statistics.median(saves):9.2f} ms, at least {min(saves):.2f}; "
              f"the disk alone {statistics.median(disk):.2f}, at least {min(disk):.2f}")
        print(f"{'  memory after the saves:':<34} {peak(prompt.process) / 1e6:9.1f} MB at most: {peak(prompt.process) / size:.1f} times the file")


def write(path, content):
    """Replaces a file as safely as Banter does; the seconds that takes."""
    start = time.monotonic()
    with open(path + ".new", "wb", buffering=0) as file:
        file.write(content)
        os.fsync(file.fileno())
    os.rename(path + ".new", path)
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return time.monotonic() - start


def run(command, environment, codes=(0,)):
    start = time.monotonic()
    result = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    if result.returncode not in codes:
        sys.exit(f"bench: {command} failed: {result.stderr.decode(errors='replace')}")
    return time.monotonic() - start, result.stdout


def many(banter, environment, directory, count, size, runs):
    """Prints how long many sessions take to be listed and searched, against grep on the same files."""
    home = os.path.join(directory, "many")
    sessions = Sessions(home)
    for index in range(count):
        sessions.write(2 * random.Random(index).randint(5, 60), size // count, needle="Xylophon Ωμέγα" if index % 2500 == 7 else None)
    environment = dict(environment, BANTER_HOME=home)
    total = sum(entry.stat().st_size for entry in os.scandir(sessions.directory))
    run(["grep", "-rc", "zzzz", sessions.directory], environment, (0, 1))  # into the page cache
    for arguments, what in [([], f"{count} sessions listed:"), (["--limit", "50"], "  the first 50 of them:"), (["--json"], "  as JSON:")]:
        times = [run([banter, "sessions", "list"] + arguments, environment)[0] * 1000 for _ in range(runs)]
        print(f"{what:<34} {statistics.median(times):9.2f} ms, at least {min(times):.2f}")
    for words, patterns, what in [
        (["xylophon"], ["xylophon"], f"search of {total / 1e9:.2f} GB: a rare word"),
        (["nowhere-at-all"], ["nowhere-at-all"], "  a word that isn't there"),
        (["ΩΜΈΓΑ"], ["ΩΜΈΓΑ"], "  Greek in capitals"),
        (["xylophon", "ωμέγα", "terminal"], ["xylophon"], "  three words"),
        (["stream"], ["stream"], "  a word that all have"),
    ]:
        ours, theirs = [], []
        for _ in range(runs):
            ours.append(run([banter, "sessions", "search"] + words, environment, (0, 1))[0])
            theirs.append(run(["grep", "-ril", patterns[0], sessions.directory], environment, (0, 1))[0])
        a, b = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
        print(f"{what + ' (grep -ril)':<34} {a:9.2f} ms   {b:9.2f} ms   {statistics.median([x / y for x, y in zip(ours, theirs)]):6.2f}×")


def measure(command, environment, directory, seconds_to, runs=9):
    long_session(command, environment, directory, seconds_to, 20_000_000, 10_000, runs)
    long_session(command, environment, directory, seconds_to, 100_000_000, 10_000, 5)
    many(command[0], environment, directory, 10_000, 1_000_000_000, 5)
