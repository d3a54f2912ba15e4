"""Shows a folder with an index to browsers of this machine, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reportkit.errors import InputError, OutputError
from reportkit.production.site.publish import MANIFEST

_LOOPBACK = "127.0.0.1"
_NAMES = {_LOOPBACK, "localhost"}


class Server:
    """A server on the loopback interface."""

    def __init__(self, root: Path, port: int) -> None:
        handler = partial(_Handler, root=root.resolve())
        self._server = ThreadingHTTPServer((_LOOPBACK, port), handler)

    @property
    def address(self) -> str:
        """Where it can be reached."""
        return f"http://{_LOOPBACK}:{self._server.server_port}/"

    def run(self) -> None:
        """Answer until `stop` or Ctrl-C."""
        with suppress(KeyboardInterrupt):
            self._server.serve_forever()

    def stop(self) -> None:
        """End `run`, from another thread."""
        self._server.shutdown()

    def close(self) -> None:
        """Give the port back."""
        self._server.server_close()


@contextmanager
def serving(root: Path, port: int) -> Iterator[Server]:
    """A server for a folder with an index, until this ends.

    Raises:
        InputError: there is no index in the folder.
        OutputError: the port is not free.
    """
    if not (root / MANIFEST).is_file():
        raise InputError(f"{root}: no index is there; build it with: reportkit site {root}")
    try:
        server = Server(root, port)
    except OSError as error:
        raise OutputError(
            f"port {port}: it cannot be used: {error.strerror or error}; name another with --port, "
            "or 0 for any that is free"
        ) from error
    try:
        yield server
    finally:
        server.close()


class _Handler(SimpleHTTPRequestHandler):
    """Files below the root, read-only; no listings, no hidden files, nothing that a link leads out to."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - as the base class has it
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".md": "text/markdown; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".json": "application/json",
        ".atom": "application/atom+xml",
        ".ipynb": "application/x-ipynb+json",
        ".parquet": "application/vnd.apache.parquet",
    }

    def __init__(self, *args: Any, root: Path, **kwargs: Any) -> None:
        self._root = root
        super().__init__(*args, directory=str(root), **kwargs)

    def send_head(self) -> Any:
        """The file that was asked for, or an error."""
        # A page of another host whose name was made to mean this machine is not answered.
        if _host(self.headers.get("Host", "")) not in _NAMES:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        try:
            inside = Path(self.translate_path(self.path)).resolve().relative_to(self._root)
        except ValueError:  # it is outside, or no name that a file can have
            inside = Path("..")
        if any(part.startswith(".") for part in inside.parts):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        """No listing of folders."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """What goes with every answer: always the file as it is now."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: who reads what is nobody's business."""


def _host(header: str) -> str | None:
    """The name in a Host header, without the port; None where it has none."""
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None
