// A dev server under watch: started in a process group of its own, so that it ends with its children, and looked at through `/proc`,
// which only Linux has; elsewhere its processor time and memory stay unknown.

import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, readdirSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** Clock ticks a second in `/proc`, the same on every Linux that Node.js runs on. */
const TICKS = 100;
const running = new Set();

/** A port of the loopback that nobody listens on. */
export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

export class Server {
  /** Starts `command` in `folder`; what it says goes to the file `log`. */
  constructor([program, ...args], folder, port, log) {
    const out = openSync(log, "w");
    this.child = spawn(program, args, { cwd: folder, detached: true, stdio: ["ignore", out, out] });
    closeSync(out);
    Object.assign(this, { port, log });
    running.add(this);
    const over = (word) => {
      this.over = word;
      running.delete(this);
    };
    this.ended = new Promise((done) => {
      this.child.on("error", (error) => done(over(error.message)));
      this.child.on("exit", (code, signal) => done(over(`ended with ${signal ?? code}: ${this.lastWords()}`)));
    });
  }

  /** Milliseconds until `address` is answered with 200; nothing where it is not, in time. */
  async ready(address, limit) {
    const begin = performance.now();
    while (!this.over && performance.now() - begin < limit) {
      if ((await status(this.port, address, limit)) === 200) return performance.now() - begin;
      await sleep(20);
    }
    return undefined;
  }

  /** Waits until the server takes less than a tenth of one processor for half a second, and tells whether it came to that in time. */
  async idle(limit) {
    const begin = performance.now();
    if (this.cpu() === undefined) return sleep(3000, true);
    const samples = [];
    while (!this.over && performance.now() - begin < limit) {
      samples.push(this.cpu());
      if (samples.length > 5 && samples.at(-1) - samples.at(-6) <= 50) return true;
      await sleep(100);
    }
    return false;
  }

  /** Milliseconds of processor time so far, those of ended children included. */
  cpu() {
    return sum(tree(this.child.pid).map((pid) => sum(stat(pid).slice(11, 15)) * (1000 / TICKS)));
  }

  /** Memory resident, in bytes. */
  memory() {
    const resident = (pid) => Number(/^VmRSS:\s*(\d+) kB$/m.exec(text(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
    return sum(tree(this.child.pid).map(resident));
  }

  /** Gives a function that tells the share of all processors, 0 to 1, that neither the server nor this program took since now. */
  others() {
    const measured = () => machine() - this.cpu() - ownCpu();
    const [begin, before] = [performance.now(), measured()];
    return () => Math.max(0, (measured() - before) / (performance.now() - begin) / cpus().length);
  }

  lastWords() {
    // Colours mean nothing in a table.
    return text(this.log).replace(/\x1b\[[\d;]*m/g, "").trim().split(/\s*\n\s*/).slice(-3).join(" / ").slice(0, 300);
  }

  async stop() {
    if (!this.over) {
      kill(this, "SIGTERM");
      const late = setTimeout(() => kill(this, "SIGKILL"), 3000);
      await this.ended;
      clearTimeout(late);
    }
    // Children may outlive the one that was started.
    kill(this, "SIGKILL");
  }
}

/** Ends whatever still runs, at once. */
export function stopAll() {
  for (const server of running) kill(server, "SIGKILL");
}

function kill(server, signal) {
  try {
    process.kill(-server.child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

function status(port, path, timeout) {
  return new Promise((done) => {
    const asked = request({ host: "127.0.0.1", port, path, timeout, headers: { Accept: "text/html" } }, (response) => {
      response.resume();
      response.on("close", () => done(response.statusCode));
    });
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => done(undefined));
    asked.end();
  });
}

/** A process and all below it; none where there is no `/proc`. */
function tree(pid) {
  const threads = list(`/proc/${pid}/task`);
  const children = threads.flatMap((thread) => text(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean));
  return threads.length === 0 ? [] : [pid, ...children.flatMap(tree)];
}

/** The fields of proc(5) after the program's name in brackets, which may hold anything. */
function stat(pid) {
  return text(`/proc/${pid}/stat`).split(") ").pop().split(" ").map(Number);
}

function ownCpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds that the processors were busy: the first line without what it calls idle and waiting. */
function machine() {
  const fields = text("/proc/stat").split("\n")[0].split(/\s+/).slice(1, 9).map(Number);
  return fields.length < 8 ? NaN : (sum(fields) - fields[3] - fields[4]) * (1000 / TICKS);
}

function sum(numbers) {
  return numbers.length === 0 ? undefined : numbers.reduce((total, number) => total + number, 0);
}

function text(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function list(path) {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
