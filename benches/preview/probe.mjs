// The two ways of looking at a page after an edit: over HTTP, and in a Chromium tab.

import { appendFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const POLL = 2;
let count = 0;

/** Markers are one word that occurs nowhere else, whatever a Markdown dialect does to the sentence around it. */
const PREFIX = `preview${Date.now().toString(36)}x`;

/** Appends a sentence to the file, as an editor's save would, and gives the new word in it. */
function edit(file) {
  count += 1;
  const marker = `${PREFIX}${count}z`;
  const sentence = `\nA sentence with ${marker} in it.\n`;
  return { marker, save: () => appendFileSync(file, sentence) };
}

/** Asks for one page again and again on one connection. */
export class Poller {
  constructor(port, path) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    Object.assign(this, { agent, options: { host: "127.0.0.1", port, path, agent, headers: { Accept: "text/html" } } });
  }

  /** Milliseconds from just before the write until the text is in a response; nothing where that takes longer than `limit`. */
  async time(file, limit) {
    const { marker, save } = edit(file);
    await this.get(limit); // Opens the connection, if the server closed it meanwhile.
    const begin = performance.now();
    save();
    while (performance.now() - begin < limit) {
      if ((await this.get(limit))?.includes(marker)) return performance.now() - begin;
      await sleep(POLL);
    }
    return undefined;
  }

  /** The body, or nothing where the server does not answer. */
  get(timeout) {
    return new Promise((done) => {
      const asked = request({ ...this.options, timeout }, (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("end", () => done(Buffer.concat(parts)));
        response.on("error", () => done(undefined));
      });
      asked.on("timeout", () => asked.destroy());
      asked.on("error", () => done(undefined));
      asked.end();
    });
  }

  close() {
    this.agent.destroy();
  }
}

/** A tab that shows one page and notes when a marker first stands in its document. */
export class Tab {
  static async open(browser, port, path) {
    const tab = new Tab();
    tab.seen = new Map();
    tab.page = await browser.newPage();
    await tab.page.exposeFunction("markerSeen", (marker, time) => {
      if (!tab.seen.has(marker)) tab.seen.set(marker, time);
      tab.tell?.();
    });
    await tab.page.addInitScript(watch, PREFIX);
    await tab.page.goto(`http://127.0.0.1:${port}${path}`);
    return tab;
  }

  /** Like `Poller.time`, and until the text is in the document. */
  async time(file, limit) {
    const { marker, save } = edit(file);
    const shown = new Promise((done) => {
      this.tell = () => this.seen.has(marker) && done(true);
    });
    // One clock for both sides, the machine's, read here and in the page to a millisecond.
    const begin = Date.now();
    save();
    const waited = new AbortController();
    await Promise.race([shown, sleep(limit, undefined, { signal: waited.signal }).catch(() => {})]);
    waited.abort();
    return this.seen.has(marker) ? this.seen.get(marker) - begin : undefined;
  }

  close() {
    return this.page.close();
  }
}

/** Runs in every document of the tab before anything else, so that it sees changes in place and reloads alike. */
function watch(prefix) {
  if (window !== window.top) return;
  const markers = new RegExp(`${prefix}\\d+z`, "g");
  const known = new Set();
  const look = () => {
    const now = Date.now();
    for (const [marker] of document.body?.textContent.matchAll(markers) ?? []) {
      if (!known.has(marker)) window.markerSeen(marker, now);
      known.add(marker);
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}
