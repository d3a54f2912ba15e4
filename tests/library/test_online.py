"""Asking for addresses: a server of this machine stands in for the public web."""

import dataclasses
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from reportkit.library import load_facts
from reportkit.library.online import unreachable

FACT = load_facts()["st-g1"]


class Answers(BaseHTTPRequestHandler):
    asked: ClassVar[list] = []

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        self.asked.append((self.command, self.path))
        code = {"/gone": 404, "/inside": 302, "/moved": 301, "/away": 302, "/loop": 302}.get(
            self.path, 200
        )
        if self.path == "/no-head" and self.command == "HEAD":
            code = 405
        if self.path == "/slow":
            threading.Event().wait(2)
        self.send_response(code)
        to = {
            "/inside": "http://10.0.0.1/a",
            "/away": "file:///etc/passwd",
            "/moved": "/there",
            "/loop": "/loop",
        }
        if self.path in to:
            self.send_header("Location", to[self.path])
        self.end_headers()

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Answers.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as held:
        thread = threading.Thread(target=held.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{held.server_port}"
        held.shutdown()


def facts(*urls):
    return [dataclasses.replace(FACT, id=f"x-{n}", url=url) for n, url in enumerate(urls)]


def told(*urls, **options):
    return [(fact.id, reason) for fact, reason in unreachable(facts(*urls), **options)]


def test_addresses_that_answer_are_not_told(server):
    urls = [f"{server}{path}" for path in ("/a", "/no-head", "/moved", "/a")]
    assert told(*urls, loopback=True) == []
    assert Answers.asked.count(("HEAD", "/a")) == 1  # each address once
    assert ("GET", "/a") not in Answers.asked
    assert ("GET", "/no-head") in Answers.asked
    assert ("GET", "/there") in Answers.asked


def test_addresses_that_do_not_answer_are_told_in_order(server):
    urls = [f"{server}{path}" for path in ("/gone", "/a", "/inside", "/gone", "/away", "/loop")]
    found = told(*urls, loopback=True)
    assert found[0] == ("x-0", "the server answers 404 Not Found")
    assert [identity for identity, _ in found] == ["x-0", "x-2", "x-3", "x-4", "x-5"]
    assert dict(found)["x-2"] == "no answer: it leads to a host that is not on the public web"
    assert "file:///etc/passwd' is not allowed" in dict(found)["x-4"]
    assert dict(found)["x-5"].startswith("the server answers 302")


def test_a_server_that_is_slow_or_not_there_is_told(server):
    found = dict(told(f"{server}/slow", "http://127.0.0.1:1/", timeout=0.2, loopback=True))
    assert found["x-0"] == "no answer: timed out"
    assert found["x-1"].startswith("no answer: ")


def test_servers_of_this_machine_are_not_asked_for_users(server):
    assert told(f"{server}/a", f"http://localhost:{server.rpartition(':')[2]}/") == [
        ("x-0", "its host is not on the public web"),
        ("x-1", "its host is not on the public web"),
    ]
    assert Answers.asked == []
