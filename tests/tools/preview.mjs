// What only a browser can tell of the live preview: that an edit appears in an open page and leaves alone what the reader did.
//
//   node preview.mjs ROADBOOK [WORDS]     WORDS: only the checks whose name holds them
//
// A plan of its own is written into a temporary folder, `ROADBOOK serve` shows it, and the files are edited while Chromium
// looks. Checks that could pass for want of looking are made again with a broken script, and must fail with it.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { launch } from "./chromium.mjs";
import { proxy } from "./proxy.mjs";
import { Report } from "./report.mjs";
import * as visit from "./visit.mjs";

/** How long to wait for what must come, in ms: on a busy machine it comes late. With a broken script it never does, and less will do. */
const PATIENCE = 120_000;
const PATIENCE_WITH_MUTANT = 8_000;
let patience = PATIENCE;
/** An edit in place may take so many times as long as reading the page from its text. */
const MOST_RATIO = 5;

const [binary, words = ""] = process.argv.slice(2);
if (!binary) {
  console.error("usage: node preview.mjs ROADBOOK [WORDS]");
  process.exit(2);
}

// The plan ----------------------------------------------------------------------------------------------------------------

const item = (title, fields, body = "") => `---\ntitle: ${title}\n${fields}\n---\n\n${body}\n`;
const paragraphs = Array.from({ length: 40 }, (_, day) => `On day ${day + 1} the harbour office counted the boats and wrote the number into the log.`);
const rows = Array.from({ length: 1000 }, (_, row) => `| ${row + 1} | [Berth ${row + 1}](../items/berth-map.md) | \`free\` | ${row % 17} m |`);

const PLAN = {
  "roadbook.yml": "title: Harbour\naudience: internal\nscoring: value-effort\n",
  "static/style.css": "h1 { color: rgb(1, 2, 3); }\n",
  "static/map.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1" width="40" height="10"/>',
  "plan/vision.md": "---\ntitle: A quiet harbour\n---\n\nEvery boat finds its berth without a radio call.\n",
  "plan/pages/berths.md": `# Berths\n\n| Berth | Name | State | Length |\n|---|---|---|---|\n${rows.join("\n")}\n`,
  "plan/items/berth-map.md": item("Berth map", "status: planned\nvalue: 13\neffort: 3\nowner: Ana\nx_dock: north", `${paragraphs.join("\n\n")}\n\n![The map](../../static/map.svg)`),
  "plan/items/berth-booking.md": item("Berth booking", "status: planned\nvalue: 8\neffort: 5\nowner: Ana\ndepends_on: [berth-map]"),
  "plan/items/berth-fees.md": item("Berth fees", "status: planned\nvalue: 3\neffort: 5\nowner: Ben"),
  "plan/items/tide-alarm.md": item("Tide alarm", "status: planned\nvalue: 5\neffort: 2\nowner: Ben", "Tells the crew when the water goes."),
  "plan/items/fog-signal.md": item("Fog signal", "status: planned\nvalue: 2\neffort: 3\nowner: Ana"),
  "plan/items/crane-rota.md": item("Crane rota", "status: in progress\nvalue: 5\neffort: 5\nowner: Ben"),
  "plan/items/log-book.md": item("Log book", "status: done\nvalue: 3\neffort: 1\nowner: Ana"),
};

const folder = mkdtempSync(join(tmpdir(), "roadbook-preview-"));
const write = (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const edit = (path, from, to) => {
  const text = readFileSync(join(folder, path), "utf8");
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  write(path, text.replace(from, to));
};
const remove = (path) => rmSync(join(folder, path), { recursive: true });
/** Puts the plan back; folders stay, so that this is no more than an author would do. */
const restore = () => {
  for (const room of ["plan", "static", "templates"]) {
    const here = existsSync(join(folder, room)) ? readdirSync(join(folder, room), { recursive: true, withFileTypes: true }) : [];
    const files = here.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
    for (const path of files) if (!(path in PLAN)) remove(path);
  }
  for (const [path, text] of Object.entries(PLAN)) {
    if (!existsSync(join(folder, path)) || readFileSync(join(folder, path), "utf8") !== text) write(path, text);
  }
};

// The server --------------------------------------------------------------------------------------------------------------

const freePort = () =>
  new Promise((found) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });

/** Starts `roadbook serve` and waits until it says where it is. */
async function start(port, ...options) {
  const child = spawn(binary, ["serve", folder, "--port", String(port), ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((done) => child.once("exit", done));
  // Whatever ends these checks ends it, too.
  process.once("exit", () => child.kill());
  let said = "";
  await new Promise((ready, fail) => {
    const listen = (chunk) => {
      said += chunk;
      if (/http:\/\/127\.0\.0\.1:\d+\//.test(said)) ready();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    ended.then((code) => fail(new Error(`roadbook serve ended with ${code}:\n${said}`)));
  });
  return { stop: () => (child.kill("SIGINT"), ended) };
}

// Looking -----------------------------------------------------------------------------------------------------------------

const port = await freePort();
const home = `http://127.0.0.1:${port}/`;
restore();
let server = await start(port);
const browser = await launch(port);
const report = new Report();

/** Problems that a page's console and errors tell, wherever `open` opened it. */
let heard = [];

async function open(address, { mutant, script, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 700 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && heard.push(message.text()));
  page.on("pageerror", (error) => heard.push(error.message));
  if (mutant) await page.route(`**/${script ?? ".roadbook/live.js"}`, (route) => breakScript(route, mutant));
  await page.goto(home + address);
  if (options.javaScriptEnabled !== false) await page.locator(".pill", { hasText: "Internal" }).waitFor();
  // What is on the page now is known again later by a mark that no markup shows.
  await page.evaluate(() => {
    window.here = true;
    for (const element of document.querySelectorAll("*")) element.mark = true;
  });
  return page;
}

async function breakScript(route, [from, to]) {
  const response = await route.fetch();
  const text = await response.text();
  if (!text.includes(from)) heard.push(`the mutant's place is not there any more: ${from}`);
  await route.fulfill({ response, body: text.replace(from, to) });
}

/** Waits until `test`, run in the page, is true; gives a problem if it never is. */
async function until(page, what, test, argument) {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    if (await page.evaluate(test, argument).catch(() => false)) return [];
    await new Promise((done) => setTimeout(done, 25));
  }
  return [`never: ${what}`];
}

const says = (page, text) => until(page, `the page says "${text}"`, (text) => document.body.textContent.includes(text), text);
const isOpen = (page, selector, open) =>
  until(page, `${selector} is ${open ? "" : "not "}there`, ([selector, open]) => {
    const found = document.querySelector("roadbook-preview").shadowRoot.querySelector(selector);
    return (!!found && !found.hidden) === open;
  }, [selector, open]);
const isSame = (page) => until(page, "the page was not loaded anew", () => window.here === true);
const equal = (what, is, wanted) => (JSON.stringify(is) === JSON.stringify(wanted) ? [] : [`${what}: ${JSON.stringify(is)} in place of ${JSON.stringify(wanted)}`]);
const pause = (time) => new Promise((done) => setTimeout(done, time));

/** One check, on a fresh plan; `may` are words that the console may say. */
async function check(name, where, work, { may } = {}) {
  if (!`${name}: ${where}`.includes(words)) return;
  restore();
  await settled();
  heard = [];
  let problems;
  try {
    problems = (await work()).flat();
  } catch (error) {
    problems = [String(error.stack ?? error)];
  }
  for (const context of browser.contexts()) {
    // A broken script may still be on its way to a page.
    await Promise.all(context.pages().map((page) => page.unrouteAll({ behavior: "ignoreErrors" })));
    await context.close();
  }
  report.add(name, where, [...problems, ...heard.filter((text) => !may?.test(text)).map((text) => `console: ${text}`)]);
}

/** The same work with a broken script, which must be noticed. */
const mustFail = (where, work) =>
  check("a broken script is noticed", where, async () => {
    patience = PATIENCE_WITH_MUTANT;
    try {
      const problems = (await work()).flat();
      return problems.length ? [] : ["nothing was noticed"];
    } finally {
      patience = PATIENCE;
    }
  }, { may: /^(?!the mutant)/ });

/** Waits until the server has seen the last edit. */
async function settled() {
  const page = await open("index.html");
  write("plan/items/mark.md", item(`Mark ${(marks += 1)}`, "status: done"));
  const problems = await until(page, "the server sees an edit", (text) => document.documentElement.outerHTML.includes(text), `Mark ${marks}`);
  if (problems.length) throw new Error(problems[0]);
  await page.context().close();
}
let marks = 0;

// In place ----------------------------------------------------------------------------------------------------------------

/** An edit of one word, while the reader has scrolled, focused, selected and unfolded something. */
async function editsInPlace(options) {
  const page = await open("items/berth-map.html", options);
  await page.evaluate(() => {
    document.querySelector("details").open = true;
    const paragraph = [...document.querySelectorAll(".prose p")].find((p) => p.textContent.includes("day 12 "));
    getSelection().setBaseAndExtent(paragraph.firstChild, 0, paragraph.firstChild, 9);
    document.querySelector(".top nav a").focus();
    scrollTo({ top: 700, behavior: "instant" });
    window.records = [];
    new MutationObserver((list) => window.records.push(...list)).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const before = await page.evaluate(() => [scrollY, document.activeElement.textContent, getSelection().toString()]);
  edit("plan/items/berth-map.md", "On day 12 the harbour office counted", "On day 12 the harbour office weighed");
  const seen = await says(page, "office weighed the boats");
  await pause(200);
  const after = await page.evaluate(() => ({
    reader: [scrollY, document.activeElement.textContent, getSelection().toString()],
    open: document.querySelector("details").open,
    fresh: [...document.querySelectorAll("html, html > :not(roadbook-preview), body *, head *")].filter((element) => !element.mark).map((e) => e.localName),
    changes: (window.records ?? []).map((record) => `${record.type} ${record.target.nodeName}`),
  }));
  return [
    ...seen,
    ...(await isSame(page)),
    ...equal("scroll, focus, selection", after.reader, before),
    ...equal("<details> is open", after.open, true),
    ...equal("elements that are not the ones before", after.fresh, []),
    ...equal("what changed", after.changes, ["characterData #text"]),
  ];
}
await check("an edit appears in place", "a word in a body", () => editsInPlace());
await mustFail("the whole body exchanged", () =>
  editsInPlace({ mutant: ["alter(served.documentElement, now.documentElement);", "document.body.replaceWith(document.importNode(now.body, true));"] }),
);
await mustFail("the page loaded anew", () => editsInPlace({ mutant: ["alter(served.documentElement, now.documentElement);", "return location.reload();"] }));

await check("an edit appears in place", "paragraphs added, moved and removed", async () => {
  const page = await open("items/berth-map.html");
  const swapped = paragraphs.toSpliced(4, 1).toSpliced(20, 0, "A new paragraph.", paragraphs[4]);
  write("plan/items/berth-map.md", item("Berth map", "status: planned\nvalue: 13\neffort: 3\nowner: Ana\nx_dock: north", swapped.join("\n\n")));
  const seen = await says(page, "A new paragraph.");
  const [texts, fresh] = await page.evaluate(() => {
    const all = [...document.querySelectorAll(".prose p")];
    return [all.map((p) => p.textContent), all.filter((p) => !p.mark).map((p) => p.textContent)];
  });
  return [...seen, ...(await isSame(page)), ...equal("paragraphs", texts, swapped), ...equal("new paragraphs", fresh, ["A new paragraph."])];
});

await check("an edit appears in place", "title, headings, facts and drawing", async () => {
  const page = await open("items/berth-booking.html");
  write("plan/items/berth-booking.md", item("Booking a berth", "status: planned\nvalue: 8\neffort: 5\nowner: Ana\ndepends_on: [berth-map, tide-alarm]"));
  const seen = [...(await says(page, "Booking a berth")), ...(await says(page, "Tide alarm"))];
  const [title, drawn, plain] = await page.evaluate(async () => {
    const served = new DOMParser().parseFromString(await (await fetch(location)).text(), "text/html");
    const spaces = [...document.querySelectorAll("svg *")].map((element) => element.namespaceURI);
    // A page that was updated is the page as it is served.
    return [document.title, new Set(spaces).size, document.body.outerHTML === served.body.outerHTML];
  });
  return [...seen, ...(await isSame(page)), ...equal("title", title.includes("Booking a berth"), true), ...equal("name spaces in drawings", drawn, 1), ...equal("as served", plain, true)];
});

/** A change of ranks while the backlog is filtered and sorted. */
async function reranks(options) {
  const page = await open("backlog.html", options);
  await page.getByRole("button", { name: "Item" }).first().click();
  await page.getByRole("searchbox").pressSequentially("berth ");
  await page.evaluate(() => document.querySelector("input[name=q]").setSelectionRange(1, 3));
  edit("plan/items/berth-fees.md", "value: 3", "value: 100");
  write("plan/items/anchor.md", item("Anchor berth", "status: planned\nvalue: 1\neffort: 8\nowner: Cleo"));
  write("plan/items/buoy.md", item("Buoy", "status: planned\nvalue: 1\neffort: 9\nowner: Cleo"));
  const seen = [...(await says(page, "Anchor berth")), ...(await says(page, "Buoy"))];
  seen.push(...(await until(page, "the new rank", () => +document.querySelector("#item-berth-fees .rank").textContent <= 2)));
  await pause(200);
  const state = () =>
    page.evaluate(() => {
      const field = document.querySelector("input[name=q]");
      const all = [...document.querySelectorAll("#Ordered tbody tr")];
      return {
        field: [field.value, field === document.activeElement, field.selectionStart, field.selectionEnd],
        shown: all.filter((row) => !row.hidden).map((row) => row.querySelector("a").textContent),
        fresh: all.filter((row) => !row.mark).map((row) => row.id).sort(),
        owners: [...document.querySelector("select[name=owner]").options].map((option) => option.text),
        buttons: document.querySelectorAll("#Ordered thead button").length,
        output: document.querySelector("output").textContent.split(" of ")[0],
      };
    });
  const sorted = await state();
  const problems = [
    ...seen,
    ...(await isSame(page)),
    ...equal("filter box", sorted.field, ["berth ", true, 1, 3]),
    ...equal("rows shown", sorted.shown, ["Anchor berth", "Berth booking", "Berth fees", "Berth map"]),
    ...equal("new rows", sorted.fresh, ["item-anchor", "item-buoy"]),
    ...equal("owners to choose", sorted.owners, ["Anyone", "Ana", "Ben", "Cleo"]),
    ...equal("header buttons", sorted.buttons, 7),
    ...equal("count", sorted.output, "4"),
  ];
  // Two more presses go back to the order, which is the new one.
  await page.getByRole("button", { name: "Item" }).first().click();
  await page.getByRole("button", { name: "Item" }).first().click();
  await page.getByRole("button", { name: "Clear" }).click();
  await pause(100);
  const ranks = await page.evaluate(() => [...document.querySelectorAll("#Ordered .rank")].map((cell) => +cell.textContent || 99));
  return [...problems, ...equal("ranks", ranks, ranks.toSorted((a, b) => a - b))];
}
await check("an edit appears in place", "new ranks in a backlog that is filtered and sorted", () => reranks());
await mustFail("a backlog that does not look again", () => reranks({ script: "roadbook.js", mutant: ['"roadbook:update"', '"roadbook:never"'] }));

/** A row of a thousand, in time with what reading the page takes the same browser at the same moment. */
async function quickly(options) {
  const page = await open("pages/berths.html", options);
  await page.evaluate(() => {
    const parse = DOMParser.prototype.parseFromString;
    let begun, parsed;
    window.ratios = [];
    DOMParser.prototype.parseFromString = function (...rest) {
      begun = performance.now();
      const page = parse.apply(this, rest);
      parsed = performance.now();
      return page;
    };
    document.addEventListener("roadbook:update", () => window.ratios.push((performance.now() - parsed) / Math.max(parsed - begun, 1)));
  });
  const problems = [];
  let name = "Berth 500";
  // The least of a few counts: any of them may have been interrupted.
  for (let round = 1; round <= 5; round += 1) {
    edit("plan/pages/berths.md", `[${name}]`, `[Berth 500, round ${round}]`);
    name = `Berth 500, round ${round}`;
    problems.push(...(await says(page, name)));
  }
  const [ratios, fresh] = await page.evaluate(() => [window.ratios, [...document.querySelectorAll("main *")].filter((e) => !e.mark).length]);
  console.log(`a row of a thousand, in times of reading the page: ${ratios.map((ratio) => ratio.toFixed(1)).join(", ")}`);
  return [...problems, ...equal("new elements", fresh, 0), ...(Math.min(...ratios) < MOST_RATIO ? [] : [`it took ${ratios.join(", ")} times as long as reading the page`])];
}
await check("an edit appears in place", "a row of a thousand, quickly", () => quickly());
await mustFail("a row that takes as long as many pages", () =>
  quickly({ mutant: ["alter(served.documentElement, now.documentElement);", "for (let n = 0; n < 300; n += 1) document.body.outerHTML.length;\nalter(served.documentElement, now.documentElement);"] }),
);

await check("an edit appears in place", "what a script did elsewhere stays, what it replaced is made anew", async () => {
  const page = await open("items/berth-map.html");
  await page.evaluate(() => {
    const all = [...document.querySelectorAll(".prose p")];
    all[3].textContent = "from a script";
    all[4].textContent = "also from a script";
    all[6].replaceWith("gone by a script");
    document.querySelector("h1").append(document.createElement("u"));
  });
  const text = readFileSync(join(folder, "plan/items/berth-map.md"), "utf8");
  write("plan/items/berth-map.md", text.replace("On day 5 the", "On day five the").replace("On day 20 the", "On day twenty the"));
  const seen = [...(await says(page, "On day five the")), ...(await says(page, "On day twenty the"))];
  const [third, fifth, heading] = await page.evaluate(() => {
    const all = [...document.querySelectorAll(".prose p")].map((p) => p.textContent);
    return [all[3], all[4], document.querySelector("h1 u") !== null];
  });
  return [...seen, ...(await isSame(page)), ...equal("left alone", third, "from a script"), ...equal("made anew", fifth.startsWith("On day five the harbour office"), true), ...equal("heading", heading, true)];
});

// Addresses ---------------------------------------------------------------------------------------------------------------

async function follows(page, address, text) {
  const arrived = await until(page, `the tab is at ${address}`, (address) => location.pathname + location.search + location.hash === address, address);
  const link = await page.evaluate(async () => (await fetch(location.pathname)).status);
  return [...arrived, ...(await isSame(page)), ...(await says(page, text)), ...equal("status of the new address", link, 200)];
}
await check("the tab follows", "an id", async () => {
  const page = await open("items/tide-alarm.html?a=1#Main");
  edit("plan/items/tide-alarm.md", "title: Tide alarm", "id: tide-warning\ntitle: Tide alarm");
  return follows(page, "/items/tide-warning.html?a=1#Main", "tide-warning");
});
await check("the tab follows", "an id that stays behind as an alias", async () => {
  const page = await open("items/tide-alarm.html");
  edit("plan/items/tide-alarm.md", "title: Tide alarm", "id: ebb-warning\naliases: [tide-alarm]\ntitle: Tide alarm");
  return follows(page, "/items/ebb-warning.html", "ebb-warning");
});
await check("the tab follows", "a file's name, twice, with scroll", async () => {
  const page = await open("items/berth-map.html");
  await page.evaluate(() => scrollTo({ top: 500, behavior: "instant" }));
  renameSync(join(folder, "plan/items/berth-map.md"), join(folder, "plan/items/berth-chart.md"));
  const first = await follows(page, "/items/berth-chart.html", "berth-chart");
  renameSync(join(folder, "plan/items/berth-chart.md"), join(folder, "plan/items/berth-plan.md"));
  const second = await follows(page, "/items/berth-plan.html", "berth-plan");
  return [...first, ...second, ...equal("scroll", await page.evaluate(() => scrollY), 500)];
});
await check("the tab waits", "an item deleted, and back again", async () => {
  const page = await open("items/fog-signal.html");
  const text = readFileSync(join(folder, "plan/items/fog-signal.md"), "utf8");
  remove("plan/items/fog-signal.md");
  const told = await isOpen(page, ".card.gone", true);
  const kept = equal("the page as it was", await page.locator("h1").textContent(), "Fog signal");
  write("plan/items/fog-signal.md", text.replace("title: Fog signal", "title: Fog horn"));
  return [...told, ...kept, ...(await says(page, "Fog horn")), ...(await isOpen(page, ".card.gone", false)), ...(await isSame(page))];
}, { may: /404/ });
await check("the tab waits", "a folder removed and made again", async () => {
  const page = await open("items/fog-signal.html");
  const items = Object.entries(PLAN).filter(([path]) => path.startsWith("plan/items/"));
  remove("plan/items");
  const told = await isOpen(page, ".card.gone", true);
  for (const [path, text] of items) write(path, text);
  const back = await isOpen(page, ".card.gone", false);
  edit("plan/items/fog-signal.md", "title: Fog signal", "title: Fog horn");
  return [told, back, await says(page, "Fog horn"), await isSame(page)];
}, { may: /404/ });
await check("the tab waits", "an address that is not there yet", async () => {
  const page = await open("items/lighthouse.html");
  write("plan/items/lighthouse.md", item("Lighthouse", "status: idea"));
  return [...(await says(page, "Lighthouse")), ...(await isOpen(page, ".card.gone", false))];
}, { may: /404/ });

// What is told --------------------------------------------------------------------------------------------------------------

await check("the note", "says what an edit did, goes by itself, and is not there on load", async () => {
  const page = await open("index.html");
  await page.clock.install();
  await page.reload();
  await page.locator(".pill", { hasText: "Internal" }).waitFor();
  const before = await page.locator(".card").count();
  edit("plan/items/berth-fees.md", "value: 3", "value: 100");
  const told = await isOpen(page, ".card.edit", true);
  const note = page.locator(".card.edit");
  const [text, names] = [await note.textContent(), await note.locator("code").allTextContents()];
  await note.hover();
  await page.clock.fastForward(9000);
  const hovered = await isOpen(page, ".card.edit", true);
  await page.mouse.move(5, 5);
  await page.clock.fastForward(9000);
  const gone = await isOpen(page, ".card.edit", false);
  await page.reload();
  await page.locator(".pill", { hasText: "Internal" }).waitFor();
  await pause(300);
  const again = await page.locator(".card").count();
  edit("plan/items/berth-fees.md", "value: 100", "value: 1");
  const second = await isOpen(page, ".card.edit", true);
  await page.locator(".card.edit").getByRole("button", { name: "Close" }).click();
  return [
    ...equal("notes on load", [before, again], [0, 0]),
    ...told,
    ...(/berth-fees moved from \d+ to \d+/.test(text) ? [] : [`the note says: ${text}`]),
    ...equal("names as code", names.includes("berth-fees") && !text.includes("`"), true),
    ...hovered,
    ...gone,
    ...second,
    ...(await isOpen(page, ".card.edit", false)),
  ];
});

const terminal = () => {
  const { stdout, stderr } = spawnSync(binary, ["check", folder, "--color", "never"], { encoding: "utf8" });
  return stdout + stderr;
};
const RING = ["effort: 3\n", "effort: 3\ndepends_on: [berth-booking]\n"];
const reportOf = (page) => page.locator(".panel pre").textContent();
const parts = (text) => text.split(/\n\n(?=\S)/).map((part) => part.trimEnd()).filter((part) => /^(error|warning|note)/.test(part));

await check("mistakes", "appear as in the terminal, over the page, without taking the focus, and heal", async () => {
  const page = await open("backlog.html");
  await page.getByRole("searchbox").focus();
  edit("plan/items/berth-map.md", ...RING);
  const told = await isOpen(page, ".panel", true);
  const text = await reportOf(page);
  const known = terminal();
  const strange = parts(text).filter((part) => !known.includes(part));
  const focus = await page.evaluate(() => document.activeElement.name);
  const height = await page.locator(".panel").evaluate((panel) => panel.offsetHeight / innerHeight);
  const colours = await page.locator(".panel pre span").evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size);
  const pill = await page.locator(".pill").textContent();
  edit("plan/items/berth-map.md", RING[1], RING[0]);
  return [
    ...told,
    ...equal("findings that the terminal does not know", strange, []),
    ...(parts(text).some((part) => part.startsWith("error[dependency-cycle]") && part.includes("^^^")) ? [] : [`the report: ${text}`]),
    ...equal("focus", focus, "q"),
    ...(height <= 0.46 ? [] : [`it covers ${height} of the page`]),
    ...(colours >= 3 ? [] : ["it is not coloured"]),
    ...(/\d+ errors?/.test(pill) ? [] : [`the pill says: ${pill}`]),
    ...(await isOpen(page, ".panel", false)),
    ...(await isSame(page)),
  ];
});

await check("mistakes", "stay closed once closed, in other pages too, until there are others", async () => {
  const page = await open("index.html");
  edit("plan/items/berth-map.md", ...RING);
  const told = await isOpen(page, ".panel", true);
  await page.keyboard.press("Escape");
  const closed = await isOpen(page, ".panel", false);
  edit("plan/items/tide-alarm.md", "Tells the crew", "Tells everybody");
  await page.goto(`${home}items/tide-alarm.html`);
  const seen = await says(page, "Tells everybody");
  await pause(300);
  const still = await isOpen(page, ".panel", false);
  // The pill opens it again, by keyboard alone.
  await page.locator(".pill").focus();
  await page.keyboard.press("Enter");
  const opened = await isOpen(page, ".panel", true);
  const focused = await page.evaluate(() => document.querySelector("roadbook-preview").shadowRoot.activeElement?.localName);
  await page.keyboard.press("Escape");
  const closedAgain = await isOpen(page, ".panel", false);
  edit("plan/items/fog-signal.md", "status: planned", "status: wobbly");
  const other = await isOpen(page, ".panel", true);
  // What healed and came back is told again.
  edit("plan/items/fog-signal.md", "status: wobbly", "status: planned");
  edit("plan/items/berth-map.md", RING[1], RING[0]);
  const healed = await isOpen(page, ".panel", false);
  edit("plan/items/berth-map.md", ...RING);
  return [told, closed, seen, still, opened, equal("focus", focused, "pre"), closedAgain, other, healed, await isOpen(page, ".panel", true)];
});

const EVIL = "<img src=x onerror=window.ran=1>";
async function escapes(options) {
  const page = await open("index.html", options);
  write("plan/items/evil.md", item(`"${EVIL}"`, `status: "${EVIL}"`));
  const told = await isOpen(page, ".panel", true);
  await pause(200);
  const [ran, inside] = await page.evaluate(() => {
    const root = document.querySelector("roadbook-preview").shadowRoot;
    return [window.ran, [...root.querySelectorAll("*")].filter((e) => e.localName === "img").length];
  });
  const text = await reportOf(page);
  return [...told, ...equal("what ran", ran, undefined), ...equal("images inside", inside, 0), ...equal("the text is there", text.includes(EVIL), true)];
}
await check("mistakes", "are text, whatever they say", () => escapes());
await mustFail("a report that is not escaped", () =>
  escapes({ mutant: ["report.replaceChildren(...paint(text))", "(report.innerHTML = text)"] }),
);

/** Trouble that stops the making of pages: the last good one stays, and all is well when it is over. */
async function survives(path, text) {
  const page = await open("items/tide-alarm.html");
  const before = PLAN[path];
  write(path, text);
  const told = await isOpen(page, ".panel.stale", true);
  const shown = equal("the last good page", await page.locator("main p", { hasText: "Tells the crew" }).count(), 1);
  const words = equal("carets", (await reportOf(page)).includes("^"), true);
  const pill = equal("the pill", (await page.locator(".pill").textContent()).includes("Out of date"), true);
  if (before === undefined) remove(path);
  else write(path, before);
  edit("plan/items/tide-alarm.md", "Tells the crew", "Warns the crew");
  return [told, shown, words, pill, await isOpen(page, ".panel", false), await says(page, "Warns the crew"), await isSame(page)];
}
await check("trouble", "a broken template", () => survives("templates/item.html", "{% block main %}{{ title\n"));
await check("trouble", "a broken configuration", () => survives("roadbook.yml", "title: Harbour\ntitel: [x\n"));

// The server and other files --------------------------------------------------------------------------------------------------

await check("the connection", "comes back with the server, and the page is up to date", async () => {
  const page = await open("items/tide-alarm.html");
  await server.stop();
  const away = await until(page, "the pill says so", () => document.querySelector("roadbook-preview").shadowRoot.querySelector(".pill").textContent.includes("Reconnecting…"));
  edit("plan/items/tide-alarm.md", "Tells the crew", "Alerts the crew");
  server = await start(port);
  const back = await until(page, "the pill is back", () => document.querySelector("roadbook-preview").shadowRoot.querySelector(".pill").textContent.includes("Internal"));
  return [away, await says(page, "Alerts the crew"), back, await isSame(page)];
}, { may: /WebSocket|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE/ });

/** The names that a proxy and a port forwarder are reached by. */
const [PROXIED, FORWARDED] = ["plan.example", "plan-4000.forwarded.example"];

/** A page behind TLS that follows an edit, over the socket and without loading anew. */
async function followsAt(name, ...options) {
  const port = await freePort();
  const other = await start(port, ...options);
  const before = name === FORWARDED ? `localhost:${port}` : undefined;
  const front = await proxy(name, port, before);
  const own = await launch(port, { [name]: front.port });
  try {
    const context = await own.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && heard.push(message.text()));
    page.on("pageerror", (error) => heard.push(error.message));
    const answer = await page.goto(`https://${name}/items/tide-alarm.html`);
    if (answer.status() !== 200) return [`${answer.status()}: ${(await page.locator("body").textContent()).replace(/\s+/g, " ")}`];
    await page.locator(".pill", { hasText: "Internal" }).waitFor({ timeout: patience });
    await page.evaluate(() => (window.here = true));
    edit("plan/items/tide-alarm.md", "Tells the crew", "Rings the crew");
    return [await says(page, "Rings the crew"), await isSame(page)].flat();
  } finally {
    await own.close();
    await front.stop();
    await other.stop();
  }
}

for (const [name, what] of [[PROXIED, "a proxy that keeps the host"], [FORWARDED, "a port forwarder that says localhost"]]) {
  await check("behind TLS", `${what}, with --allow-host`, () => followsAt(name, "--allow-host", name));
}
await check("behind TLS", "a name that nobody has allowed", async () => {
  const [refused = ""] = await followsAt(PROXIED);
  const wanted = [`403`, PROXIED, `roadbook serve --allow-host ${PROXIED}`];
  return wanted.filter((words) => !refused.includes(words)).map((words) => `"${words}" is not in: ${refused}`);
}, { may: /403/ });

await check("files", "a style sheet is exchanged without loading the page anew", async () => {
  const page = await open("items/tide-alarm.html");
  const colour = () => page.evaluate(() => getComputedStyle(document.querySelector("h1")).color);
  const before = await colour();
  await pause(300);
  write("static/style.css", "h1 { color: rgb(4, 5, 6); }\n");
  const seen = await until(page, "the new colour", () => getComputedStyle(document.querySelector("h1")).color === "rgb(4, 5, 6)");
  write("static/style.css", "h1 { color: rgb(7, 8, 9); }\n");
  seen.push(...(await until(page, "the next colour", () => getComputedStyle(document.querySelector("h1")).color === "rgb(7, 8, 9)")));
  await pause(200);
  const sheets = await page.evaluate(() => document.querySelectorAll("link[rel=stylesheet]").length);
  return [...equal("the colour before", before, "rgb(1, 2, 3)"), ...seen, ...equal("style sheets", sheets, 1), ...(await isSame(page))];
});
await check("files", "an image is asked for again", async () => {
  const page = await open("items/berth-map.html");
  await pause(300);
  write("static/map.svg", PLAN["static/map.svg"].replace('width="40"', 'width="80"'));
  return [...(await until(page, "the new width", () => document.querySelector(".prose img").naturalWidth === 80)), ...(await isSame(page))];
});
await check("files", "a script of the skin loads the page anew", async () => {
  const page = await open("backlog.html");
  await pause(300);
  write("static/roadbook.js", "document.title = 'changed by the skin';\n");
  return until(page, "the new script", () => document.title === "changed by the skin");
});
await check("pages", "twelve tabs and another window", async () => {
  const page = await open("items/tide-alarm.html");
  const tabs = [page, await open("items/tide-alarm.html")];
  for (let tab = 0; tab < 11; tab += 1) {
    tabs.push(await page.context().newPage());
    await tabs.at(-1).goto(`${home}${tab % 2 ? "index.html" : "items/tide-alarm.html"}`);
  }
  edit("plan/items/tide-alarm.md", "title: Tide alarm", "title: Ebb alarm");
  return Promise.all(tabs.map((tab) => says(tab, "Ebb alarm")));
});
await check("pages", "without script", async () => {
  const page = await open("items/tide-alarm.html", { javaScriptEnabled: false });
  edit("plan/items/tide-alarm.md", "Tells the crew", "Calls the crew");
  const seen = () => page.locator("main p", { hasText: "Calls the crew" }).count();
  for (const end = Date.now() + patience; Date.now() < end && !(await seen()); ) await page.reload();
  return equal("after loading again", await seen(), 1);
});

for (const scheme of ["light", "dark"]) {
  await check("is accessible", `note and mistakes open, ${scheme}`, async () => {
    // The skin's own sheet is checked elsewhere; here it is what the corner lies upon.
    remove("static/style.css");
    for (const end = Date.now() + patience; Date.now() < end; ) if ((await (await fetch(`${home}style.css`)).text()).includes("--bg")) break;
    const page = await open("index.html", { reducedMotion: "reduce", colorScheme: scheme });
    edit("plan/items/berth-fees.md", "value: 3", "value: 100");
    const note = await isOpen(page, ".card.edit", true);
    edit("plan/items/berth-map.md", ...RING);
    edit("plan/items/fog-signal.md", "status: planned", "status: wobbly");
    const told = await isOpen(page, ".panel", true);
    await page.locator(".card.edit").hover();
    const problems = await visit.axe(page, scheme);
    for (const width of [390, 320]) {
      problems.push(...(await visit.overflow(page, width)));
      problems.push(
        ...(await page.evaluate(() => {
          const all = [...document.querySelector("roadbook-preview").shadowRoot.querySelectorAll(".frame *:not(pre *)")];
          const out = all.filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5 || e.getBoundingClientRect().left < 0);
          return out.map((e) => `${e.className || e.localName} leaves the window at ${innerWidth} px`);
        })),
      );
    }
    await page.emulateMedia({ media: "print" });
    problems.push(...equal("shown in print", await page.locator(".pill").isVisible(), false));
    return [...note, ...told, ...problems];
  });
}

await browser.close();
await server.stop();
rmSync(folder, { recursive: true, force: true });
report.end();
