"""kill -9 at random moments of real turns: nothing is torn, and no acknowledged word is lost."""

import os
import random
import shutil
import threading
import time

from home import Home, said


def one(context, home, number, span):
    """A turn that is killed somewhere; returns (whether the request had reached the server, whether words were printed, problem)."""
    question = f"question {number} of {home.path}"
    resumes = bool(home.files(".json")) and number % 4 != 0
    process = home.start(["-m", "quick", *(["-c"] if resumes else []), "-p", question])
    if number % 2:
        # In every other run the request gets there.
        start = time.monotonic()
        while question not in context.server.reached and process.poll() is None and time.monotonic() - start < 10:
            time.sleep(0.0005)
        time.sleep(random.random() * span / 2)
    else:
        time.sleep(random.random() * span)
    process.kill()
    printed = process.stdout.read().decode()
    process.stderr.read()
    process.wait()
    # A word that is cut off was written in the middle of a line of the journal, if at all.
    words = printed[: printed.rfind(" ") + 1]
    reached = question in context.server.reached
    try:
        sessions = home.load()
    except (ValueError, OSError) as error:
        return reached, bool(words), f"torn: {error}"
    texts = [text or "" for session in sessions.values() for text in said(session)]
    if reached and question not in texts:
        return reached, bool(words), f"{question} reached the server, but isn't on the disk"
    if words and not any(text.startswith(words) for text in texts + [home.journal()]) and words not in home.journal():
        return reached, bool(words), f"{words!r} was printed, but isn't on the disk"
    if home.privacy():
        return reached, bool(words), f"others can read {home.privacy()}"
    return reached, bool(words), recover(context, home, number, words)


def recover(context, home, number, words):
    """The session opens again, with what was printed of the answer in it."""
    if not home.files(".json"):
        return None
    path = max(home.files(".json"), key=lambda name: os.stat(name).st_mtime_ns)
    text = f"go on, r{number} of {home.path}"
    code, _, errors = home.ask(text, "-r", os.path.basename(path)[:-5])
    if code != 0:
        return f"recovery ends with {code}: {errors}"
    sent = context.server.reached.get(text, [])
    if words and not any((message or "").startswith(words) for message in sent):
        return f"{words!r} was printed, but isn't sent when the session goes on"
    if home.temporaries():
        return f"{home.temporaries()} is left behind"
    return None


def loop(context, runs, jobs):
    """returns: counts of the runs, and the problems"""
    # How long a turn takes here, so that the kills fall everywhere in it.
    probe = Home(context.directory("probe"), context.banter, context.server.url)
    start = time.monotonic()
    probe.ask("How long?", model="quick")
    span = (time.monotonic() - start) * 1.1
    counts = {"runs": 0, "reached": 0, "printed": 0}
    problems, lock, numbers = [], threading.Lock(), iter(range(runs))

    def work(worker):
        home = None
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            if home is None or number % 25 < jobs:
                directory = context.directory(f"killed{worker}")
                shutil.rmtree(directory)
                home = Home(f"{directory}/{number}", context.banter, context.server.url)
            reached, printed, problem = one(context, home, number, span)
            with lock:
                counts["runs"] += 1
                counts["reached"] += reached
                counts["printed"] += printed
                if problem:
                    problems.append(f"run {number}: {problem}")

    workers = [threading.Thread(target=work, args=(worker,)) for worker in range(jobs)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return counts, problems
