"""Vendors in a process of their own, whose answers lie ready as bytes: what is measured is who asks them.

    python -m tests.benchmarks.vendor_process FOLDER

prints its port. An answer is the file that is named after its path and the part of the query that tells pages apart.
"""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

TELLING = ("day", "start_date", "page")


def file_of(folder: Path, path: str, query: str = "") -> Path:
    """Where the answer to a request lies."""
    told = parse_qs(query)
    parts = [path.strip("/").replace("/", "_"), *(told[name][0][:10] for name in TELLING if name in told)]
    return folder / " ".join(parts)


def _handler(folder: Path) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            split = urlsplit(self.path)
            file = file_of(folder, split.path, split.query)
            body = file.read_bytes() if file.exists() else b""
            self.send_response_only(200 if body else 204)
            self.send_header("Content-Type", "application/json")
            if body:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    return Handler


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(Path(sys.argv[1])))
    print(server.server_address[1], flush=True)
    server.serve_forever()
