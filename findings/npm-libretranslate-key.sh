#!/usr/bin/env bash
# One would guess: npm's libretranslate sends a key as LibreTranslate reads it (`api_key`), and tells
# of an answer that is an error.
# Behaviour: it sends `apiKey`, which no LibreTranslate reads, and hands over undefined where the
# server says that a key is needed: with keys on, translations vanish without an error.
# Version: libretranslate 1.0.1 (npm).
# For a translation server: a wrong or missing key must be an HTTP error with a sentence, and such a
# client still shows nothing; its name stands among those with limits in docs/clients.md.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --ignore-scripts --no-audit --no-fund libretranslate@1.0.1
cat >try.mjs <<'JS'
import { createServer } from "node:http";
import { translate } from "libretranslate";
const seen = [];
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    if (request.url.endsWith("/languages")) {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(JSON.stringify([{ code: "de", name: "German", targets: ["de", "en"] }, { code: "en", name: "English", targets: ["en"] }]));
      return;
    }
    seen.push(body);
    response.writeHead(403, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ error: "Invalid API key" }));
  });
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const apiurl = `http://127.0.0.1:${server.address().port}`;
const given = await translate({ query: "Guten Morgen!", source: "de", target: "en", apiurl, apiKey: "k", apikey: "k" });
const names = Object.keys(JSON.parse(seen[0])).filter((name) => /key/i.test(name));
console.log("names of the key:", names.join(" "), "given:", JSON.stringify(given?.translatedText ?? given));
server.close();
JS
found=$(node try.mjs)
echo "$found"
grep -qF 'given: undefined' <<<"$found"
! grep -qw api_key <<<"$found"
