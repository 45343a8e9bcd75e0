"""How long keys and pastes take at a prompt, from the write to the terminal to what is seen on it."""

import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import termios
import time

LIMIT = 60  # seconds that anything may take


class Prompt:
    """A program on a terminal of 80 by 24."""

    def __init__(self, command, environment, ready):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.execve(command[0], command, environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.set_blocking(self.terminal, False)
        self.exchange(b"", ready)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        os.kill(self.process, 9)
        os.waitpid(self.process, 0)
        os.close(self.terminal)

    def exchange(self, keys, marker):
        """Types keys and takes what is written until the marker is in it; the seconds that took."""
        start = time.monotonic()
        rest, seen = memoryview(keys), b""
        while rest or marker not in seen:
            if time.monotonic() - start > LIMIT:
                sys.exit(f"bench: {marker!r} didn't come; what came ends in {seen[-500:]!r}")
            readable, writable, _ = select.select([self.terminal], [self.terminal] if rest else [], [], 1)
            if readable:
                seen = seen[-100:] + os.read(self.terminal, 65536)
            if writable:
                try:
                    rest = rest[os.write(self.terminal, rest[:4096]):]
                except BlockingIOError:
                    pass
        return time.monotonic() - start

    def settle(self):
        """Takes what is written until nothing more comes for a while."""
        while select.select([self.terminal], [], [], 0.3)[0]:
            os.read(self.terminal, 65536)

    def key(self, key):
        """Types a key; the seconds to the first that is written for it."""
        start = time.monotonic()
        os.write(self.terminal, key)
        if not select.select([self.terminal], [], [], LIMIT)[0]:
            sys.exit("bench: a key wasn't answered")
        elapsed = time.monotonic() - start
        # The rest of what belongs to it.
        while select.select([self.terminal], [], [], 0.002)[0]:
            os.read(self.terminal, 65536)
        return elapsed


def pastes(command, environment, sent):
    """Prints how long large pastes take to be ready, and to be at the server byte for byte."""
    megabyte = "".join(f"line {number} of a large paste, with an é and a 世\n" for number in range(30_000))[:1_000_000].rstrip("\n")
    lines = "\n".join(f"{number} short line" for number in range(10_000))
    for text, what in [(megabyte, "a paste of 1 MB"), (lines, "a paste of 10 000 lines")]:
        with Prompt(command, environment, "› ".encode()) as prompt:
            prompt.settle()
            ready = prompt.exchange(b"\x1b[200~" + text.encode() + b"\x1b[201~", b"[pasted ")
            answered = prompt.exchange(b"\r", b"to first token")
            if sent.get(timeout=LIMIT) != text:
                sys.exit(f"bench: {what} didn't arrive as it was pasted")
            print(f"{what + ':':<34} {ready * 1000:9.2f} ms until it can be sent; sent byte for byte and answered in {answered * 1000:.2f} ms")


def keys(command, environment, yardstick):
    """Prints how long a key takes in a line of 10 000 characters."""
    for where, motion in [("at the end", b""), ("in the middle", b"\x1bb" * 1000)]:
        row = f"{'a key ' + where + ' of 10 000 characters:':<43}"
        # In the middle the yardstick shows nothing of what is typed: its line is higher than the screen.
        for program, ready in [(command, "› ".encode()), (yardstick, b"> ")][: 1 if motion else 2]:
            with Prompt(program, environment, ready) as prompt:
                prompt.settle()
                prompt.exchange(b"abcd " * 2000 + b"#", b"#")
                prompt.settle()
                # Seen, so that all motions before it are done.
                prompt.exchange(motion + b"M", b"M")
                prompt.settle()
                times = [prompt.key(b"x") * 1000 for _ in range(200)]
            row += f" {statistics.median(times):7.2f} ms, at most {max(times):.2f}"
        print(row)
