"""A demo server of one's own, and signing in to it, for checks that are written in Python."""

import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVER = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "kokemusvayla"


class Server:
    """A demo server on a port and in a folder of its own."""

    def __init__(self, folder):
        self.lines = []
        self.ended = None
        self.arrived = threading.Condition()
        self.process = subprocess.Popen(
            [SERVER, "demo", "--listen", "127.0.0.1:0", "--folder", f"{folder}/demo"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self.listen, daemon=True).start()

    def begin(self):
        """Waits until the demo has been played."""
        # The address of the documentation is the last thing that the demo says.
        self.url = self.wait(r"(http://127\.0\.0\.1:\d+)/docs", 300)

    def listen(self):
        """Keeps what the server says. It says the codes that people sign in with."""
        for line in self.process.stdout:
            with self.arrived:
                self.lines.append(line.rstrip("\n"))
                self.arrived.notify_all()
        code = self.process.wait()
        with self.arrived:
            self.ended = code
            self.arrived.notify_all()

    def wait(self, pattern, seconds, since=0, needed=True):
        """The first group of what fits first, or nothing if nothing comes and nothing is needed."""
        end = time.monotonic() + seconds
        with self.arrived:
            while True:
                if found := re.search(pattern, "\n".join(self.lines[since:])):
                    return found[1]
                if self.ended is not None or not self.arrived.wait(end - time.monotonic()):
                    if not needed:
                        return None
                    how = "in time" if self.ended is None else f"before it ended with {self.ended}"
                    sys.exit("\n".join([*self.lines[-40:], f"docs: a demo server did not say {pattern} {how}"]))

    def post(self, path, body):
        """The answer to a POST."""
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def sign_in(self, email):
        """An access token."""
        code = None
        while not code:
            since = len(self.lines)
            self.post("/v1/sign-in/codes", {"email": email})
            # The demo may have been about to speak.
            code = self.wait(rf"✉ {re.escape(email)}[^✉]*?\b(\d{{8}})\b", 3, since, needed=False)
        return self.post("/v1/sign-in/tokens", {"email": email, "code": code})["access_token"]

    def stop(self):
        """Asks the server to stop, and sees to it."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
