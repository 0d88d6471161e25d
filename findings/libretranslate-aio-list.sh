#!/usr/bin/env bash
# One would guess: libretranslate-aio sends a list of texts as LibreTranslate takes one, as a JSON
# list in `q`, and gives back as many translations.
# Behaviour: it sends a form in which `q` stands once for each text. LibreTranslate (Flask's
# request.values.get) takes the first in silence, so all other texts are lost without an error.
# Version: libretranslate-aio 0.1.3 (PyPI), LibreTranslate 1.9.6 by its source.
# For a translation server: refuse a field that comes twice and name the form of a list; taking the
# first would lose text that a user believes to be translated.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check libretranslate-aio==0.1.3
cat >"$work/try.py" <<'PY'
import inspect, json, threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl
import libretranslate_aio

class Recorder(BaseHTTPRequestHandler):
    seen = []
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        Recorder.seen.append((self.headers["Content-Type"].split(";")[0], parse_qsl(body)))
        answer = json.dumps({"translatedText": "Good morning!"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
    def log_message(self, *_):
        pass

server = HTTPServer(("127.0.0.1", 0), Recorder)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = libretranslate_aio.LibreTranslate(f"http://127.0.0.1:{server.server_port}/")
try:
    client.translate(["Guten Morgen!", "Hallo Welt"], "de", "en")
except Exception as error:  # the recorder's answer has no list
    print("raised:", type(error).__name__)
kind, pairs = Recorder.seen[0]
print(kind, [pair for pair in pairs if pair[0] == "q"])
PY
found=$("$work/venv/bin/python" "$work/try.py")
echo "$found"
grep -qF "application/x-www-form-urlencoded [('q', 'Guten Morgen!'), ('q', 'Hallo Welt')]" <<<"$found"
