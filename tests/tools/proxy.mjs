// A proxy that decrypts TLS in front of the preview, as Caddy, Codespaces and a container's host do.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A key and a certificate of its own making for a name. */
function certificate(name) {
  const folder = mkdtempSync(join(tmpdir(), "roadbook-tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const options = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${name}`, "-keyout", key, "-out", cert];
  const made = spawnSync("openssl", ["req", "-x509", ...options], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`openssl: ${made.error ?? made.stderr}`);
  const read = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return read;
}

/**
 * Serves what is at `port` as https, web sockets too. `host` is the name that it asks for; by default, as most proxies do it, the one that
 * the browser asked for.
 */
export async function proxy(name, port, host) {
  const headers = (asked) => ({ ...asked.headers, host: host ?? asked.headers.host, "x-forwarded-proto": "https", "x-forwarded-host": asked.headers.host });
  const server = createServer(certificate(name), (asked, answer) => {
    const onward = request({ host: "127.0.0.1", port, method: asked.method, path: asked.url, headers: headers(asked) }, (given) => {
      answer.writeHead(given.statusCode, given.headers);
      given.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  const sockets = new Set();
  server.on("secureConnection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).once("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (asked, socket, head) => {
    const onward = connect(port, "127.0.0.1", () => {
      const lines = Object.entries(headers(asked)).map(([name, value]) => `${name}: ${value}\r\n`);
      onward.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${lines.join("")}\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    port: server.address().port,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => server.close(done));
    },
  };
}
