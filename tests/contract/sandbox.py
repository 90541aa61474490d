"""A sandbox of one's own, and signing in to it, for checks that are written in Python."""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVER = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "kokemusvayla"


def call(url, body=None, headers=None):
    """What is answered to a GET, or to a POST of `body`."""
    request = urllib.request.Request(url, body, headers or {})
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read()
        return json.loads(text) if text else None


def post(url, body):
    """What is answered to a POST of JSON."""
    return call(url, json.dumps(body).encode(), {"Content-Type": "application/json"})


class Sandbox:
    """A sandbox on ports of its own, with the chain played in it; on a database of its own unless one is named."""

    def __init__(self, database=None):
        self.log = collections.deque(maxlen=100_000)
        command = [SERVER, "sandbox", "--played", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0"]
        # Codes are asked for by the hundred, and by nobody who should be kept from them.
        command += ["--codes-per-email", "1000000/1", "--codes-per-address", "1000000/1"]
        if database:
            command += ["--database-url", database]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.controls = self.wait("controls are on port ")
        self.url = self.wait("listening on port ")
        threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True).start()

    def wait(self, what):
        """The address whose port the server says."""
        for line in self.process.stderr:
            self.log.append(line)
            if found := re.search(re.escape(what) + r"(\d+)", line):
                return f"http://127.0.0.1:{found[1]}"
        sys.exit("".join(self.log) + "the sandbox did not start")

    def sign_in(self, email):
        """An access token."""
        post(f"{self.url}/v1/sign-in/codes", {"email": email})
        letters = f"{self.controls}/letters?{urllib.parse.urlencode({'to': email})}"
        end = time.monotonic() + 30
        while time.monotonic() < end:
            # Reads are quick, and the letter is on its way; whoever asked before has used up the code before. Notices come
            # in between.
            if letter := next((letter for letter in call(letters)["items"] if letter["code"]), None):
                try:
                    return post(f"{self.url}/v1/sign-in/tokens", {"email": email, "code": letter["code"]})["access_token"]
                except urllib.error.HTTPError as error:
                    if error.code != 400 and error.code != 401:
                        raise
            time.sleep(0.05)
        sys.exit(f"{email} got no code")

    def machine(self, name):
        """The access token of a machine client."""
        client = next(client for client in call(f"{self.controls}/clients")["items"] if client["name"] == name)
        form = {"grant_type": "client_credentials", "client_id": client["client_id"], "client_secret": client["client_secret"]}
        return call(f"{self.url}/v1/oauth/token", urllib.parse.urlencode(form).encode())["access_token"]

    def stop(self):
        """Asks the server to stop, and sees to it."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
