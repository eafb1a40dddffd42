// Whether both ways of looking tell the truth: a server that shows an edit a known time after it was saved, in place or by loading
// the page anew. Run as a program, this file is that server: node known.mjs FILE PORT DELAY place|reload

import { mkdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.mjs";
import { median, say } from "./table.mjs";

const DELAY = 100;
const EDITS = 5;

/** How much later than it should a way of looking may find the text: timers are late, and a page takes time to load. */
const LATE = { response: 10, place: 15, reload: 100 };

/** Medians of both ways, and whether they are what they have to be. */
export async function selfCheck(scratch) {
  say(`self-check: a server that shows an edit after ${DELAY} ms`);
  const program = fileURLToPath(import.meta.url);
  const check = { delay: DELAY, holds: true };
  for (const way of ["place", "reload"]) {
    const tool = {
      write: (_, site) => {
        mkdirSync(site);
        writeFileSync(join(site, "item.txt"), "An item.\n");
      },
      start: ({ port }) => [process.execPath, program, "item.txt", port, String(DELAY), way],
      source: () => "item.txt",
      page: () => "/",
    };
    const seen = await measure(tool, program, { items: [{}] }, join(scratch, way), { edits: EDITS, limit: 5000 });
    if (seen.reason) throw new Error(`self-check: ${seen.reason}`);
    check[way] = { response: median(seen.response.times), document: median(seen.document.times) };
    const fits = (time, late) => time >= DELAY - 1 && time <= DELAY + late;
    check.holds &&= fits(check[way].response, LATE.response) && fits(check[way].document, LATE[way]);
  }
  return check;
}

function serve(file, port, delay, way) {
  let text = readFileSync(file, "utf8");
  const tabs = new Set();
  let timer;
  watch(file, () => {
    // One save is more than one event.
    timer ??= setTimeout(() => {
      timer = undefined;
      text = readFileSync(file, "utf8");
      for (const tab of tabs) tab.write(`data: ${JSON.stringify(text)}\n\n`);
    }, delay);
  });
  const act = way === "place" ? "document.querySelector('pre').textContent = JSON.parse(event.data)" : "location.reload()";
  const script = `<script>new EventSource("/events").onmessage = (event) => { ${act} };</script>`;
  const answer = (request, response) => {
    if (request.url === "/events") {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders();
      tabs.add(response);
      response.on("close", () => tabs.delete(response));
    } else {
      response.writeHead(200, { "Content-Type": "text/html" }).end(`<!DOCTYPE html><body><pre>${text}</pre>${script}`);
    }
  };
  createServer(answer).listen(port, "127.0.0.1");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, port, delay, way] = process.argv.slice(2);
  serve(file, Number(port), Number(delay), way);
}
