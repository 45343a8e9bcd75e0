"""The fault sweep: every system call of a real turn that touches Banter's files fails or is the last one (fault.c)."""

import errno
import os
import re
import shutil
import subprocess

from home import Home, said

CALLS = ["open", "write", "fsync", "fdatasync", "close", "rename", "unlink", "mkdir", "ftruncate", "sync_file_range"]
ERRORS = {name: getattr(errno, name) for name in ["ENOSPC", "EIO", "EROFS", "EDQUOT", "EINTR"]}
ENDS = {"SIGKILL before": 0, "SIGKILL after": -1}


def old_session(directory, banter, url):
    """A home with a session of one exchange, large enough to be written in parts."""
    home = Home(directory, banter, url)
    code, _, errors = home.ask("one?")
    assert code == 0, errors
    path = home.files(".json")[0]
    with open(path) as file:
        text = file.read()
    with open(path, "w") as file:
        file.write(text.replace('\n  "messages":', '\n  "padding": "' + (3 << 20) * "x" + '",\n  "messages":'))
    return home, path


def sweep(context, kinds):
    """Has each kind of fault happen at each call, one call a run.

    returns: how many faults there were, and what went wrong
    """
    library = context.directory("logs") + "/fault.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, os.path.dirname(os.path.abspath(__file__)) + "/fault.c", "-ldl"], check=True)
    hits, problems = {}, []
    template, path = old_session(context.directory("template"), context.banter, context.server.url)
    for kind, error in kinds.items():
        for call in CALLS:
            # How often the journal is synchronized depends on the moment; so one number without a hit isn't the end.
            misses, number = 0, 0
            while misses < 2:
                number += 1
                found, problem = one(context, template, os.path.basename(path), library, call, kind, error, number)
                misses = 0 if found else misses + 1
                hits[call] = hits.get(call, 0) + found
                if problem:
                    problems.append(f"{call} {kind} at {number}: {problem}")
    print("  (" + ", ".join(f"{call} {count}" for call, count in hits.items() if count) + ")")
    return sum(hits.values()), problems


def one(context, template, name, library, call, kind, error, number):
    """A turn with a fault in it; returns (whether it happened, problem)."""
    directory = context.directory("faulty")
    log = context.directory("logs") + "/hits"
    shutil.rmtree(directory)
    # A first turn in a new home, where directories are to be made; else one more in an old session.
    if call == "mkdir":
        directory += "/new/home"
    else:
        shutil.copytree(template.path, directory)
    if os.path.exists(log):
        os.unlink(log)
    home = Home(directory, context.banter, context.server.url)
    home.environment |= {"LD_PRELOAD": library, "FAULT_UNDER": context.directory("faulty") if call != "mkdir" else context.root,
                         "FAULT_CALL": call, "FAULT_NUMBER": str(number), "FAULT_ERROR": str(error), "FAULT_LOG": log}
    question = f"two? {call} {kind} {number}"
    resumes = [] if call == "mkdir" else ["-r", name[:-5]]
    code, output, errors = home.ask(question, *resumes)
    for variable in ["LD_PRELOAD", "FAULT_CALL"]:
        del home.environment[variable]
    if not os.path.exists(log):
        return False, None
    return True, check(context, home, name if resumes else None, question, code, output, kind)


def check(context, home, name, question, code, output, kind):
    """What doesn't hold of the files after a fault."""
    try:
        loaded = home.load()
    except (ValueError, OSError) as error:
        return f"torn: {error}"
    if name:
        if f"{home.sessions}/{name}" not in loaded:
            return "the old session is gone"
        texts = said(loaded[f"{home.sessions}/{name}"])
        if texts[:2] != ["one?", "one two "]:
            return f"the old exchange is lost: {texts}"
    # What couldn't be told from somebody else's file is in a copy: then the words are there.
    everything = [text or "" for session in loaded.values() for text in said(session)]
    new = everything[everything.index(question):] if question in everything else []
    if code == 0 and new[:2] != [question, "one two "]:
        return f"claims to be done, but the files have {everything}"
    # What can't be read is said, and nothing is sent.
    if code not in (0, 73, -9) and not (code in (65, 78) and not output and question not in context.server.reached):
        return f"exit {code}"
    if kind in ENDS:
        if question in context.server.reached and not new:
            return "the message reached the server, but isn't on the disk"
        words = output.rstrip("\n")
        if words and not any(text.startswith(words) for text in new + [home.journal()]):
            return f"{words!r} was printed, but isn't on the disk"
    elif home.temporaries():
        return f"left {home.temporaries()} behind"
    if home.privacy():
        return f"others can read {home.privacy()}"
    # The next start finds everything in order.
    resumes = ["-r", name[:-5]] if name else ["-c"] if loaded else []
    code, _, errors = home.ask("three?", *resumes)
    if code != 0:
        return f"the next turn ends with {code}: {errors}"
    if home.temporaries() or home.files(".partial"):
        return f"after the next turn there still is {home.temporaries() + home.files('.partial')}"
    if not any("three?" in said(session) for session in home.load().values()):
        return "the next turn isn't in a file"
    return None


def whole_lines(log):
    """The lines of strace(1), with those put together that another thread's call has cut in two, where the call ended."""
    begun = {}
    with open(log, errors="replace") as file:
        for line in file:
            process = line.split(" ", 1)[0]
            if line.rstrip().endswith("<unfinished ...>"):
                begun[process] = re.sub(r"^\d+ +[\d.]+ |<unfinished \.\.\.>\s*$", "", line)
            elif "resumed>" in line and process in begun:
                head, rest = re.match(r"(\d+ +[\d.]+ )<\.\.\. \w+ resumed>(.*)", line, re.S).groups()
                yield head + begun.pop(process) + rest
            else:
                yield line


def lint(context):
    """D04, D18, and how long what was written to the journal waits for its synchronization: the order of calls in a first turn."""
    directory = context.directory("lint") + "/new/banter"
    home = Home(directory, context.banter, context.server.url)
    log = context.directory("logs") + "/lint"
    code, output, errors = home.ask(
        "first?", model="pausing",
        prefix=["strace", "-f", "-qq", "-ttt", "-y", "-s", "64", "-o", log, "-e", "trace=openat,write,fsync,fdatasync,rename,mkdir"])
    problems = [] if code == 0 else [f"exit {code}: {errors}"]
    modes, synced, made, renamed, waits = {}, set(), set(), set(), []
    unsynced, oldest = 0, None
    for line in whole_lines(log):
        match = re.match(r"(\d+) +([\d.]+) (\w+)\((.*)", line)
        if not match or "= -1" in line:
            continue
        time, call, rest = float(match[2]), match[3], match[4]
        if call == "openat" and ".tmp" in rest:
            path = re.search(r'"([^"]+)"', rest)[1]
            if not ("O_EXCL" in rest and "O_NOFOLLOW" in rest and "0600" in rest):
                problems.append(f"a temporary is opened by {rest.strip()}")
            modes[path] = True
        elif call == "mkdir":
            made.add(re.search(r'"([^"]+)"', rest)[1])
        elif call == "rename":
            source, target = re.findall(r'"([^"]+)"', rest)
            if source not in synced:
                problems.append(f"{source} is renamed before it is synchronized")
            renamed.add(os.path.dirname(target))
        elif call in ("fsync", "fdatasync"):
            path = re.search(r"<([^>]+)>", rest)[1]
            synced.add(path)
            renamed.discard(path)
            made -= {name for name in made if os.path.dirname(name) == path}
            if path.endswith(".partial") and oldest:
                waits.append((time - oldest, unsynced))
                unsynced, oldest = 0, None
        elif call == "write" and ".partial>" in rest:
            unsynced += int(line.rsplit("=", 1)[1])
            oldest = oldest or time
    if not modes or not waits:
        problems.append("nothing was saved, or nothing was journaled")
    problems += [f"the directory {name} isn't synchronized after a renaming" for name in renamed]
    problems += [f"the parent of {name} isn't synchronized" for name in made]
    longest = max((wait for wait, _ in waits), default=0)
    if longest > 1:
        problems.append(f"the journal waits {longest:.2f} s for the disk")
    return len(waits), longest, problems
