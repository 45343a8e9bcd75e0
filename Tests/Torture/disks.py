"""Disks that are full, limited, read-only or cut off from power: what can be done only with a mount namespace of one's own is skipped
where that isn't allowed."""

import os
import pty
import re
import resource
import select
import shutil
import subprocess
import sys
import time

from home import Home, said

IN_NAMESPACE = ["unshare", "--mount", "--propagation", "private", "sh", "-c"]


class Skipped(Exception):
    pass


def in_namespace(context, mount, *arguments):
    """A prefix that runs a command with something mounted that nobody else sees."""
    if subprocess.run([*IN_NAMESPACE, mount, "sh", *arguments], stderr=subprocess.DEVNULL).returncode != 0:
        raise Skipped("nothing can be mounted here")
    return [*IN_NAMESPACE, f'{mount} && shift {len(arguments)} && exec "$@"', "sh", *arguments]


def expect_unsaved(result, reason, problems, what):
    code, output, errors = result
    complaints = [line for line in errors.splitlines() if "✗" in line or "Not saved" in line]
    if code != 73 or output != "one two \n":
        problems.append(f"{what}: exit {code}, printed {output!r}: {errors}")
    if len(complaints) != 1 or not re.search(reason, errors):
        problems.append(f"{what}: said {errors!r}")


def full(context):
    """D06: turns until a tmpfs of 64 kB is full: the file is the last one that was saved, and a copy elsewhere works."""
    problems, directory = [], context.directory("full")
    prefix = in_namespace(context, 'mount -t tmpfs -o size=64k,mode=700 none "$1"', directory)
    # Everything within one namespace, as the tmpfs goes with it.
    script = [sys.executable, os.path.abspath(__file__), "fill", directory, context.banter, context.server.url, context.directory("copies")]
    result = subprocess.run([*prefix, *script], capture_output=True, text=True)
    problems += result.stdout.splitlines()
    if result.returncode and not problems:
        problems.append(result.stderr)
    return 1, problems


def fill(directory, banter, url, copies):
    home = Home(directory + "/banter", banter, url)
    saved = None
    for number in range(100):
        code, output, errors = home.ask(f"{number} " + "x" * 3000, *(["-c"] if saved else []))
        texts = [said(session) for session in home.load().values()]
        if code == 0:
            saved = texts
            continue
        if code != 73 or "No space left" not in errors or output != "one two \n":
            print(f"exit {code}, printed {output!r}, said {errors!r}")
        if texts != saved and [text[:-2] for text in texts] != saved and [text[:-1] for text in texts] != saved:
            print("the file is neither the old one nor a new one")
        break
    else:
        print("the disk is never full")
    if home.temporaries():
        print(f"left {home.temporaries()} behind")
    print(on_terminal(home, copies + "/copy.json"), end="")


def on_terminal(home, copy):
    """What is wrong with the prompt on a full disk: it goes on, says so once, and /save PATH works."""
    process, terminal = pty.fork()
    if process == 0:
        os.execve(home.banter, [home.banter, "-m", "short", "-c"], home.environment)
    seen = b""

    def wait_for(text, keys):
        nonlocal seen
        if keys:
            os.write(terminal, keys)
            seen = b""
        start = time.monotonic()
        while text not in seen and time.monotonic() - start < 20:
            if select.select([terminal], [], [], 0.2)[0]:
                try:
                    seen += os.read(terminal, 65536)
                except OSError:
                    break
        return text in seen

    problems = ""
    for keys, text in [
        (b"", b"/help"), (b"y" * 3000 + b"\r", b"Not saved."), (b"", b"one two"), (b"again\r", b"one two"),
        (f"/save {copy}\r".encode(), b"Wrote this session"), (b"/quit\r", b"no such text"),
    ]:
        if not wait_for(text, keys) and text != b"no such text":
            problems += f"the prompt doesn't say {text}: {seen[-300:]}\n"
    _, status = os.waitpid(process, 0)
    os.close(terminal)
    if os.waitstatus_to_exitcode(status) != 0:
        problems += f"after /save PATH the prompt ends with {os.waitstatus_to_exitcode(status)}\n"
    if not os.path.exists(copy) or '"again"' not in open(copy).read():
        problems += "the copy doesn't hold what was said\n"
    return problems


def limited(context):
    """D07: RLIMIT_FSIZE."""
    problems, home = [], Home(context.directory("limited") + "/banter", context.banter, context.server.url)
    home.ask("one?")
    before = home.load()
    result = home.ask("x" * 9000, "-c", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
    expect_unsaved(result, "File too large", problems, "RLIMIT_FSIZE")
    if home.load() != before or home.temporaries():
        problems.append("the old file isn't as it was")
    return 1, problems


def read_only(context):
    """D08: a home that can't be written, that can't be made, and none at all."""
    problems, directory = [], context.directory("readonly")
    home = Home(directory + "/home", context.banter, context.server.url)
    os.makedirs(home.path)
    runs = 0
    for path, reason in [("/proc/nonexistent/banter", "No such file"), ("/dev/null/banter", "Not a directory")]:
        away = Home(path, context.banter, context.server.url)
        expect_unsaved(away.ask("one?"), reason, problems, path)
        runs += 1
    none = Home(directory, context.banter, context.server.url)
    del none.environment["HOME"], none.environment["BANTER_HOME"]
    code, output, errors = none.ask("one?")
    if code != 0 or output != "one two \n" or "there is no home" not in errors or len(errors.splitlines()) != 1:
        problems.append(f"no home: exit {code}, printed {output!r}, said {errors!r}")
    try:
        prefix = in_namespace(context, 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"', home.path)
        expect_unsaved(home.ask("one?", prefix=prefix), "Read-only file system", problems, "read-only")
        runs += 1
    except Skipped as reason:
        print(f"  (a read-only mount is skipped: {reason})")
    if os.listdir(home.path):
        problems.append("something is written")
    return runs + 1, problems


def foreign(context):
    """D09: a directory of sessions that isn't ours, as nobody."""
    problems, directory = [], context.directory("foreign")
    banter = shutil.copy(context.banter, directory + "/program")
    for path in [context.root, directory, banter]:
        os.chmod(path, 0o755)
    home = Home(directory + "/banter", banter, context.server.url)
    home.ask("one?")
    before = home.load()
    os.chmod(home.path, 0o755)
    os.chmod(home.sessions, 0o555)
    prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
    expect_unsaved(home.ask("two?", prefix=prefix), re.escape(home.sessions) + ".*Permission denied", problems, "0555")
    os.chmod(home.sessions, 0o700)
    if home.load() != before or home.temporaries():
        problems.append("something is written")
    return 1, problems


def power_cut(context):
    """D05: the image of a file system is copied while it is mounted, and the copy is what the machine wakes up with."""
    runs, problems = 0, []
    for options in ["loop", "loop,noauto_da_alloc"]:
        for moment in ["saved", "answering"]:
            directory = context.directory("power")
            shutil.rmtree(directory)
            os.makedirs(directory + "/mounted")
            image = directory + "/image"
            with open(image, "wb") as file:
                file.truncate(32 << 20)
            if subprocess.run(["mkfs.ext4", "-q", "-F", image], stderr=subprocess.DEVNULL).returncode != 0:
                raise Skipped("there is no mkfs.ext4")
            prefix = in_namespace(context, f'mount -o {options} "$1" "$2"', image, directory + "/mounted")
            script = [sys.executable, os.path.abspath(__file__), "cut", directory, context.banter, context.server.url, moment]
            result = subprocess.run([*prefix, *script], capture_output=True, text=True)
            runs += 1
            if result.returncode or result.stdout:
                problems.append(f"{options}, {moment}: {result.stdout}{result.stderr}")
    return runs, problems


def cut(directory, banter, url, moment):
    home = Home(directory + "/mounted/banter", banter, url)
    home.ask("one?")
    if moment == "saved":
        code, _, errors = home.ask("two?", "-c")
        if code:
            print(errors)
    else:
        process = home.start(["-m", "pausing", "-c", "-p", "two?"])
        printed, start = b"", time.monotonic()
        while b"p1-4" not in printed and time.monotonic() - start < 20:
            printed += os.read(process.stdout.fileno(), 65536)
        # A second after it was printed, the current fails.
        time.sleep(1)
    shutil.copy(directory + "/image", directory + "/copy")
    os.mkdir(directory + "/after")
    subprocess.run(["mount", "-o", "loop", directory + "/copy", directory + "/after"], check=True)
    after = Home(directory + "/after/banter", banter, url)
    texts = [text for session in after.load().values() for text in said(session)]
    expected = ["one?", "one two ", "two?"] + (["one two "] if moment == "saved" else [])
    if texts != expected:
        print(f"the session is {texts}")
    if moment == "answering":
        if printed.decode() not in after.journal():
            print(f"{printed!r} was printed a second before, but isn't in {after.journal()!r}")
        process.kill()
        process.communicate()
    subprocess.run(["umount", directory + "/after"])


if __name__ == "__main__":
    {"fill": fill, "cut": cut}[sys.argv[1]](*sys.argv[2:])
