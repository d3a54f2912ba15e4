"""The server: files of the folder to this machine, and nothing else."""

from __future__ import annotations

import http.client
import socket
import threading

import pytest

from index.conftest import LEE_HOME, NEWEST
from reportkit.errors import InputError, OutputError
from reportkit.production.site.publish import MANIFEST
from reportkit.production.site.serve import serving


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A small folder behind a server: its address's port, and what it says to a request."""
    tmp_path = tmp_path_factory.mktemp("served")
    root = tmp_path / "out"
    for name in ("index.html", "fl/index.html", MANIFEST, ".secret", "fl/.secret", "a b/ñ.csv"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"this is {name}", "utf-8")
    (tmp_path / "outside.txt").write_text("outside")
    (root / "link.txt").symlink_to(tmp_path / "outside.txt")
    (root / "up").symlink_to(tmp_path)
    with serving(root, 0) as server:
        thread = threading.Thread(target=server.run)
        thread.start()
        port = int(server.address.rpartition(":")[2].strip("/"))

        def ask(path, host="localhost", method="GET"):
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            link.putrequest(method, path, skip_host=True)
            if host:
                link.putheader("Host", f"{host}:{port}")
            link.endheaders()
            answer = link.getresponse()
            body = answer.read().decode()
            link.close()
            return answer.status, body, {name.lower(): value for name, value in answer.getheaders()}

        yield server, ask
        server.stop()
        thread.join()


def test_files_are_shown_with_their_types(served):
    server, ask = served
    assert server.address.startswith("http://127.0.0.1:")
    status, body, head = ask("/")
    assert (status, body) == (200, "this is index.html")
    assert head["content-type"] == "text/html; charset=utf-8"
    assert (head["cache-control"], head["x-content-type-options"]) == ("no-cache", "nosniff")
    assert ask("/fl/")[:2] == (200, "this is fl/index.html")
    status, body, head = ask("/a%20b/%C3%B1.csv?x=1")
    assert (status, body, head["content-type"]) == (
        200,
        "this is a b/ñ.csv",
        "text/csv; charset=utf-8",
    )
    assert ask("/index.html", method="HEAD")[:2] == (200, "")


@pytest.mark.parametrize(
    "path",
    [
        *("/../outside.txt", "/%2e%2e/outside.txt", "/fl/../../outside.txt", "//etc/passwd"),
        *("/link.txt", "/up/outside.txt", "/.secret", "/fl/.secret", "/up/", "/site/", "/none"),
        *("/..%2foutside.txt", "/fl/..%5c..%5coutside.txt", "/%00", "/site", "/a b/"),
    ],
)
def test_nothing_else_is(served, path):
    _, ask = served
    status, body, _ = ask(path.replace(" ", "%20"))
    assert status in {301, 404}
    assert "outside" not in body.replace("outside.txt", "")
    assert "this is" not in body


def test_other_names_of_this_machine_are_not_answered(served):
    _, ask = served
    for host in ("evil.example.org", "127.0.0.1.evil.example.org", "", "[", "[::1"):
        assert ask("/", host=host)[0] == 421
    assert ask("/", host="127.0.0.1")[0] == 200


def test_nothing_can_be_written(served):
    _, ask = served
    for method in ("POST", "PUT", "DELETE"):
        assert ask("/index.html", method=method)[0] == 501


def test_a_folder_without_an_index_and_a_port_in_use(tmp_path, site):
    with pytest.raises(InputError, match="build it with: reportkit site"), serving(tmp_path, 0):
        pass
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OutputError, match=f"port {port}"), serving(site, port):
            pass


def test_the_server_listens_on_loopback_alone(served):
    server, _ = served
    assert server._server.server_address[0] == "127.0.0.1"


def test_the_real_index_is_served(site):
    with serving(site, 0) as server:
        thread = threading.Thread(target=server.run)
        thread.start()
        port = int(server.address.rpartition(":")[2].strip("/"))
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        for name in ("", f"{LEE_HOME}/", f"{LEE_HOME}/{NEWEST}/brief.html", "site/site.js"):
            link.request("GET", f"/{name}")
            answer = link.getresponse()
            assert answer.status == 200
            path = site / name if not name.endswith("/") and name else site / name / "index.html"
            assert answer.read() == path.read_bytes()
        link.close()
        server.stop()
        thread.join()
