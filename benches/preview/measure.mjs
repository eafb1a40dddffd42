// One tool with one plan: starts its dev server, edits one item over and over, and looks how soon the item's page shows it.

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Poller, Tab } from "./probe.mjs";
import { Server, freePort } from "./server.mjs";
import { say } from "./table.mjs";

/** Edits in a row that may not show before the rest is given up. */
const PATIENCE = 2;

/** Multiples of the golden ratio, without their whole part, spread evenly however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The figures of one tool, or the reason why there are none. */
export async function measure(tool, program, plan, site, { edits, limit }) {
  tool.write(plan, site);
  // An item in the middle: with some before it that it may wait for, and some after it that may wait for it.
  const item = plan.items[plan.items.length >> 1];
  const port = await freePort();
  const server = new Server(tool.start({ program, port: String(port) }), site, port, `${site}.log`);
  try {
    const start = await server.ready(tool.page(item), limit);
    if (server.over) return { reason: `did not start: it ${server.over}` };
    if (start === undefined) return { reason: `over ${seconds(limit)} to the first page; said last: ${server.lastWords() || "nothing"}` };
    await server.idle(limit);
    const file = join(site, tool.source(item));
    const others = server.others();
    const response = await series(server, new Poller(port, tool.page(item)), file, { edits, limit });
    const disturbed = others();
    const { version, ...document } = await inBrowser(server, tool.page(item), file, { edits, limit });
    return { start, disturbed, response, document, cpu: document.cpu, memory: server.memory(), chromium: version };
  } finally {
    await server.stop();
  }
}

async function inBrowser(server, page, file, limits) {
  const { launch } = await chromium();
  const browser = await launch(server.port);
  const version = browser.version();
  try {
    return { version, ...(await series(server, await Tab.open(browser, server.port, page), file, limits)) };
  } catch (error) {
    return { version, times: [], reason: `the tab failed: ${error.message.split("\n")[0]}` };
  } finally {
    await browser.close();
  }
}

/** Several edits, each once the server has come to rest after the one before. */
async function series(server, probe, file, { edits, limit }) {
  const times = [];
  let [missed, inARow, cpu] = [0, 0, 0];
  let rests = await server.idle(limit);
  while (rests && times.length + missed < edits && inARow < PATIENCE) {
    // A page that was loaded anew has to connect anew. Then anything up to a second, spread evenly: some servers look at the disk in
    // a beat of their own, and edits that keep to it would meet it always early or always late.
    await sleep(500 + (((times.length + missed) * GOLDEN) % 1) * 1000);
    const before = server.cpu();
    const time = await probe.time(file, limit);
    rests = !server.over && (await server.idle(limit));
    cpu += server.cpu() - before;
    if (time === undefined) missed += 1;
    else times.push(time);
    inARow = time === undefined ? inARow + 1 : 0;
  }
  await probe.close();
  const reasons = [
    ...(missed > 0 ? [`${missed} of ${times.length + missed} edits not shown within ${seconds(limit)}`] : []),
    ...(server.over ? [`the server ${server.over}`] : []),
    ...(!rests && !server.over ? [`the server did not come to rest within ${seconds(limit)}`] : []),
  ];
  for (const reason of reasons) say(reason);
  return { times, reason: reasons.join("; "), cpu: cpu / (times.length + missed) };
}

/** Imported late: without its package the rest should still say what is missing. */
async function chromium() {
  try {
    return await import("../../tests/tools/chromium.mjs");
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Error("the packages of the site checks are missing: run tests/tools/install.sh");
  }
}

function seconds(limit) {
  return `${limit / 1000} s`;
}
