"""The examples of the reference, executed: what each sends is written down, and then sent to a server."""

import http.server
import json
import os
import pathlib
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request

import programs

# The example of an operation is followed by one of the next one: what is asked for between says which comes.
MARK = "/_/"
# What is sent in a header of each request: for whom it is, of what kind, and what must be as it was.
TOLD = ("authorization", "content-type", "if-match", "if-none-match", "accept")
# An example names things that are not there, and some of its days are over: that is not what it is looked at for.
NOT_THERE = {"unknown_reference", "unknown_code", "in_past", "in_future"}
# How a server refuses what it cannot take at all, whoever sends it.
FORM = {405, 406, 411, 413, 414, 415, 422, 428, 431}
# Whoever does this is signed in no longer, and does it after everything else.
LAST = ("sign_out", "sign_out_everywhere")


class Recorder(http.server.ThreadingHTTPServer):
    """A place that answers everything, and writes down what it was asked."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Listener)
        self.asked, self.now = {}, None
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Listener(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith(MARK):
            self.server.now = self.path.removeprefix(MARK)
        else:
            request = {"method": self.command, "path": self.path, "headers": self.headers, "body": body}
            self.server.asked.setdefault(self.server.now, []).append(request)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, *_):
        """Nothing is written of each request."""


def of_operations(pages, contract):
    """The examples of each language: (operation, text)."""
    names = {one["operationId"] for path in contract["paths"].values() for one in path.values() if "operationId" in one}
    found = {language: [] for language in programs.LANGUAGES}
    for page in pages.values():
        for section, language, text in page.examples:
            if section in names:
                found[language].append((section, text))
    missing = {language: sorted(names - {name for name, _ in texts}) for language, texts in found.items()}
    assert not any(missing.values()), f"there is no example of {missing}"
    return found


def beginning(pages, language):
    """What every program begins with, up to its first request."""
    start = {"curl": "contract=", "typescript": "const contract", "python": "contract ="}[language]
    return pages[""].program(language).split(f"\n{start}")[0]


def program(pages, language, examples):
    """A program that does what each example shows, one after the other. Where one goes wrong, it says so and goes on."""
    parts = [beginning(pages, language)]
    if language == "curl":
        parts.append("TOKEN=token\nprintf '%%PDF-1.7\\n' > kuitti.pdf\nset +e")
        parts += [f'curl --silent "$URL{MARK}{name}"\n{text}' for name, text in examples]
    elif language == "python":
        parts.append('token = "token"\n')
        parts += [f'call("GET", "{MARK}{name}")\n{text}' for name, text in examples]
    else:
        parts.append('const token = "token";\n')
        parts += [f'await call("GET", "{MARK}{name}");\n{{\n{text}}}' for name, text in examples]
    return "\n".join(parts)


def sent(request):
    """What a request says, however it is written down."""
    headers = request["headers"]
    told = {name: headers[name] for name in TOLD if name in headers}
    kind = told["content-type"] = told.get("content-type", "").split(";")[0]
    # What a tool takes as an answer if it is not told is no part of the example.
    if told.get("accept") in ("*/*", "application/json"):
        del told["accept"]
    body = request["body"]
    if kind in ("application/json", "application/merge-patch+json"):
        body = json.loads(body)
    elif kind == "application/x-www-form-urlencoded":
        body = urllib.parse.parse_qs(body.decode())
    elif not body:
        told.pop("content-type")
    return request["method"], request["path"], "idempotency-key" in headers, told, body


def execute(command, recorder, folder):
    """Runs the program of a language against the recorder. Gives what it said if it fails."""
    environment = {**os.environ, "URL": recorder.url, "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
    return done.stdout[-2000:] + done.stderr[-2000:] if done.returncode else None


def compare(recorders):
    """What the examples of an operation say differently in two languages."""
    faults = []
    first = recorders["curl"].asked
    for name, asked in first.items():
        if len(asked) != 1:
            faults.append(f"{name} in curl makes {len(asked)} requests")
            continue
        for language, recorder in recorders.items():
            others = [sent(request) for request in recorder.asked.get(name, [])]
            if others != [sent(asked[0])]:
                faults.append(f"{name} in {language}: {others}\n  in curl: {sent(asked[0])}")
    return faults


def deliver(asked, url, sign_in):
    """Sends what the examples send to a server, signed in by `sign_in`. Gives what that refuses for its form."""
    faults, token = [], sign_in()
    for name, requests in sorted(asked.items(), key=lambda pair: pair[0] in LAST):
        request = requests[0]
        if name in LAST:
            token = sign_in()
        headers = {name: request["headers"][name] for name in ("content-type", "idempotency-key", "if-match", "if-none-match", "accept") if name in request["headers"]}
        if "authorization" in request["headers"]:
            headers["Authorization"] = f"Bearer {token}"
        there = urllib.request.Request(url + request["path"], request["body"] or None, headers, method=request["method"])
        try:
            with urllib.request.urlopen(there, timeout=30) as answer:
                answer.read()
        except urllib.error.HTTPError as refused:
            fault = is_of_form(refused, "Authorization" in headers)
            if fault:
                faults.append(f"{name}: {request['method']} {request['path']} {fault}")
    return faults


def is_of_form(refused, signed_in):
    """What a refusal says, if it is one of the form of the request."""
    with refused:
        text = refused.read().decode(errors="replace")
    if refused.code in FORM or refused.code >= 500 or (refused.code == 401 and signed_in):
        return f"{refused.code} {text}"
    if refused.code == 400:
        problem = json.loads(text)
        wrong = {error["code"] for error in problem.get("errors", [])}
        if problem.get("code") == "invalid" and (not wrong or wrong - NOT_THERE):
            return text
    return None


def write(pages, contract, folder, suffixes):
    """Writes the programs down, and gives how many examples each has."""
    found = of_operations(pages, contract)
    for language, examples in found.items():
        text = program(pages, language, examples)
        (pathlib.Path(folder) / f"examples.{suffixes[language]}").write_text(text)
    return len(found["curl"])
