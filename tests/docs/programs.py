"""The programs that the pages of the documentation show, as a reader would put them together."""

import html.parser
import os
import re
import subprocess
import threading
import urllib.request

LANGUAGES = ("curl", "typescript", "python")


class Page(html.parser.HTMLParser):
    """The examples of a page: (section, language, text), in the order in which they stand there."""

    def __init__(self, url, name):
        super().__init__()
        self.examples, self.links = [], []
        self.section = self.language = None
        self.name = name
        address = f"{url}/docs/{name}" if name else f"{url}/docs"
        with urllib.request.urlopen(address, timeout=30) as answer:
            self.feed(answer.read().decode())

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "h2":
            self.section = attributes.get("id")
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        if tag == "pre" and attributes.get("class") in LANGUAGES:
            self.language = attributes["class"]
            self.examples.append((self.section, self.language, ""))

    def handle_endtag(self, tag):
        if tag == "pre":
            self.language = None

    def handle_data(self, data):
        if self.language:
            section, language, text = self.examples[-1]
            self.examples[-1] = (section, language, text + data)

    def program(self, language):
        """What the page shows in one language."""
        return "\n".join(text for _, of, text in self.examples if of == language)


def site(url):
    """Every page that can be reached from the first one."""
    found, waiting = {}, [""]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = Page(url, name)
            links = (link.split("#")[0] for link in found[name].links)
            waiting += [link.removeprefix("/docs").strip("/") for link in links if link.startswith("/docs")]
    return found


def in_small_pages(text):
    """The program that goes through the public bank one card at a time: it has all of them only if it asks for the next page."""
    small, count = re.subn(r"(limit(?:=|: |\": )\"?)200\b", r"\g<1>1", text)
    assert count == 1, "the program says how many cards it asks for"
    return small


def has_every_card(said):
    """Whether a program that asks for one card at a time has shown more than the first page."""
    return said.count("<li>") > 1


def run(command, server, folder, is_whole=lambda said: True):
    """Runs a program against a demo server, and answers when it asks for a code. Gives what it said if it fails or is not whole."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "URL": server.url, "NO_COLOR": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    since = len(server.lines)

    def answer():
        """Each code that the server sends from now on is typed in, once."""
        nonlocal since
        while process.poll() is None:
            with server.arrived:
                lines = server.lines[since:]
                code = None
                for number, line in enumerate(lines):
                    if found := re.search(r"koodisi on (\d{8})|code is (\d{8})|kod är (\d{8})", line):
                        code = next(filter(None, found.groups()))
                        since += number + 1
                        break
                else:
                    server.arrived.wait(0.2)
                    continue
            try:
                process.stdin.write(f"{code}\n")
                process.stdin.flush()
            except BrokenPipeError:
                return

    typist = threading.Thread(target=answer, daemon=True)
    typist.start()
    said = process.stdout.read()
    process.wait()
    typist.join()
    process.stdin.close()
    return said if process.returncode or not is_whole(said) else None
