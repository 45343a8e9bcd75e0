"""A home of Banter's in a directory, how Banter is run in it, and what must hold of its files whatever happened."""

import glob
import json
import os
import stat
import subprocess


class Home:
    def __init__(self, path, banter, url):
        self.path = path
        self.banter = banter
        self.sessions = path + "/sessions"
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": path, "BANTER_HOME": path, "LANG": "C.UTF-8", "TERM": "xterm",
                            "OPENAI_BASE_URL": url, "OPENAI_API_KEY": "torture"}

    def start(self, arguments, prefix=(), **options):
        return subprocess.Popen([*prefix, self.banter, *arguments], env=self.environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def run(self, *arguments, prefix=(), **options):
        process = self.start(arguments, prefix, **options)
        output, errors = process.communicate(timeout=60)
        return process.returncode, output.decode(errors="replace"), errors.decode(errors="replace")

    def ask(self, text, *arguments, model="short", **options):
        return self.run("-m", model, *arguments, "-p", text, **options)

    def files(self, ending):
        return sorted(glob.glob(f"{self.sessions}/*{ending}"))

    def temporaries(self):
        return glob.glob(f"{self.sessions}/.*.tmp")

    def load(self):
        """The sessions by their paths; raises ValueError for a torn one."""
        loaded = {}
        for path in self.files(".json"):
            with open(path, "rb") as file:
                loaded[path] = json.loads(file.read())
        return loaded

    def journal(self):
        """What the journals hold: the texts of their whole lines."""
        text = ""
        for path in self.files(".partial"):
            with open(path, "rb") as file:
                for line in file.read().split(b"\n"):
                    try:
                        text += json.loads(line).get("content", "")
                    except ValueError:
                        pass  # half a line, or none
        return text

    def privacy(self):
        """The files that others could read."""
        return [path for path in glob.glob(self.sessions + "/*") + self.temporaries() if stat.S_IMODE(os.lstat(path).st_mode) != 0o600]


def said(session):
    return [message.get("content") for message in session["messages"]]
