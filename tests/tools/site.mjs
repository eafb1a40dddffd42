// A built site as the checks see it: its files, what a visit of one weighs, and a host that serves it under a sub-path as
// GitHub Pages would.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** Where the host puts the site: never the root, so that a link from the root is found out. */
export const PREFIX = "/some/repo/";

/** What a careful host sends: nothing inline, nothing from elsewhere. */
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".ics": "text/calendar; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

/** Every file below `root`, as sorted addresses with `/`. */
export function files(root) {
  const found = [];
  const walk = (folder, address) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) walk(join(folder, entry.name), `${address}${entry.name}/`);
      else found.push(`${address}${entry.name}`);
    }
  };
  walk(root, "");
  return found.sort();
}

/** Bytes over the wire: gzipped, as every host does it with text. */
export function weight(path) {
  return gzipSync(readFileSync(path), { level: 6 }).length;
}

/** Serves `root` under PREFIX on a free port of the loopback. */
export async function serve(root) {
  const server = createServer((request, response) => answer(root, request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(root, request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
  const address = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : undefined;
  const file = address === undefined || address.includes("..") ? undefined : lookUp(root, address);
  const headers = { "Content-Security-Policy": POLICY, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
  if (file) return send(response, 200, headers, file);
  const missing = lookUp(root, "404.html");
  if (address !== undefined && missing) return send(response, 404, headers, missing);
  response.writeHead(404, headers).end();
}

/** What a host says a file is. */
export function media(file) {
  return TYPES[extname(file)] ?? "application/octet-stream";
}

function send(response, status, headers, file) {
  response.writeHead(status, { ...headers, "Content-Type": media(file) }).end(readFileSync(file));
}

/** The file behind an address: itself, a folder's index, or a page without its ending. */
function lookUp(root, address) {
  const forms = address === "" || address.endsWith("/") ? [`${address}index.html`] : [address, `${address}.html`];
  return forms.map((form) => join(root, form)).find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}
