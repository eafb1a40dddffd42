// The embedded views as a wiki shows them: three frames in a page of another origin, with the site's embed.js in it and without.
//
//   node embed.mjs SITE

import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HOST, launch } from "./chromium.mjs";
import { Report } from "./report.mjs";
import { PREFIX, files, serve } from "./site.mjs";
import * as visit from "./visit.mjs";

const HOME = `http://${HOST}${PREFIX}`;
const SCRIPT = `<script src="${HOME}embed.js" defer></script>`;
/** The height that a page gives its frames, in CSS pixels. */
const GIVEN = 300;
/** More heights than any view tells before it comes to rest. */
const ENDLESS = 80;
/** How long to wait for what must happen, in ms: it comes at once, however busy the machine is, or never. */
const PATIENCE = 120_000;
/** So high that every frame is in sight: Chromium lays out no others. */
const HIGH = 20_000;

const document = (title, body) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>${title}</title>
<style>iframe { box-sizing: border-box; width: 100%; height: ${GIVEN}px; border: 3px solid; }</style></head>
<body>${body}</body></html>`;
const frame = (src) => `<iframe title="A view" src="${src}"></iframe>`;

/** A view that is as high as its frame and ten pixels more, and one that is high where it is wide. */
const RUNAWAY = document("Runaway", `<style>body { margin: 0 } main { height: calc(100vh + 10px) }</style><main class="embed"></main>${SCRIPT}`);
const FLICKER = document(
  "Flicker",
  `<style>body { margin: 0 } main { height: 100px } @media (min-width: 450px) { main { height: 600px } }</style><main class="embed"></main>${SCRIPT}`,
);
/** A page that makes a frame narrower the higher it is, as a scrollbar does. */
const NARROWS = `<script>addEventListener("message", () => requestAnimationFrame(() => {
  const frame = document.querySelector("iframe");
  frame.style.width = frame.offsetHeight > 300 ? "400px" : "500px";
}));</script>`;

/** Adds every check of the embedded views of the site in `root` to `report`. */
export async function checkEmbeds(report, root) {
  const views = ["embed/board.html", "embed/backlog.html", files(root).find((address) => address.startsWith("embed/themes/"))];
  const frames = views.map((address) => frame(HOME + address)).join("\n");
  const pages = {
    "/wiki": document("A wiki", `<h1>A wiki</h1>${frames}${frame("/other")}${SCRIPT}`),
    "/plain": document("A wiki", `<h1>A wiki</h1>${frames}`),
    "/other": document("Another", "<p>Another</p>"),
    "/embed/runaway": RUNAWAY,
    "/embed/flicker": FLICKER,
    "/grows": document("Grows", frame("/embed/runaway") + SCRIPT),
    "/flickers": document("Flickers", frame("/embed/flicker") + SCRIPT + NARROWS),
  };
  const site = await serve(root);
  const wiki = createServer(({ url }, response) => {
    response.writeHead(url in pages ? 200 : 404, { "Content-Type": "text/html; charset=utf-8" }).end(pages[url]);
  });
  await new Promise((listening) => wiki.listen(0, "127.0.0.1", listening));
  const browser = await launch(site.port);
  const home = `http://127.0.0.1:${wiki.address().port}`;
  try {
    await Promise.all([
      checkWiki(report, browser, `${home}/wiki`, views),
      checkPlain(report, browser, `${home}/plain`, views),
      checkLoop(report, browser, `${home}/grows`),
      checkLoop(report, browser, `${home}/flickers`),
    ]);
  } finally {
    await browser.close();
    site.close();
    wiki.close();
    wiki.closeAllConnections();
  }
}

/**
 * Opens a page that embeds views; everything that it asks for is the site's or its own. With `stopped`, no time passes in its frames: what
 * depends on the pauses between two heights shows in the same way on every machine.
 */
async function open(browser, url, { stopped = false, ...options } = {}) {
  const page = await browser.newPage({ viewport: { width: 1100, height: HIGH }, ...options });
  await page.addInitScript((stopped) => {
    if (stopped) performance.now = () => 0;
    window.heard = 0;
    window.marks = new Set();
    addEventListener("message", ({ data }) => {
      if (typeof data?.mark === "string") window.marks.add(data.mark);
      else window.heard += 1;
    });
  }, stopped);
  const { problems } = await visit.open(page, url, "http://");
  return { page, problems };
}

/** Two frames drawn: all that was asked for before has been laid out, and observers of sizes have been told. */
const drawn = (target) => target.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

let marks = 0;
/** Waits until the page has received everything that `frame` has told it so far: messages come in order. */
async function received(page, frame) {
  const mark = `mark ${(marks += 1)}`;
  await frame.evaluate((mark) => parent.postMessage({ mark }, "*"), mark);
  await page.waitForFunction((mark) => window.marks.has(mark), mark, { timeout: PATIENCE });
}

/** Waits until every frame is as large as its page makes it, has told what follows from that, and was heard; or says that it never ends. */
async function settled(page) {
  const heard = () => page.evaluate(() => window.heard);
  for (let before = await heard(); ; ) {
    await drawn(page);
    const sizes = await page.evaluate(() => [...document.querySelectorAll("iframe")].map((frame) => [frame.clientWidth, frame.clientHeight]));
    let isSettled = true;
    for (const [at, frame] of page.mainFrame().childFrames().entries()) {
      const [width, height] = await frame.evaluate(() => [innerWidth, innerHeight]);
      isSettled &&= width === sizes[at][0] && height === sizes[at][1];
      await drawn(frame);
      await received(page, frame);
    }
    const now = await heard();
    if (now > ENDLESS) return [`is told heights without end, ${now} so far`];
    if (isSettled && now === before) return [];
    before = now;
  }
}

/** Where a frame is not as high as its view. */
async function misfits(page, views) {
  const problems = [];
  for (const address of views) {
    const frame = page.frames().find((frame) => frame.url() === HOME + address);
    const { wanted, given } = await frame.evaluate(() => ({
      wanted: document.documentElement.getBoundingClientRect().height,
      given: innerHeight,
    }));
    if (given < wanted || given > wanted + 1) problems.push(`${address} is ${wanted} px high in a frame of ${given}`);
  }
  return problems;
}

async function checkWiki(report, browser, url, views) {
  const { page, problems } = await open(browser, url);
  const check = async (what) => report.add("frames follow their views", what, [...(await settled(page)), ...(await misfits(page, views))]);
  await check("when they load");
  const theme = page.frames().find((frame) => frame.url() === HOME + views[2]);
  await theme.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await check("when a part opens");
  await theme.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = false)));
  await check("when it closes");
  await page.setViewportSize({ width: 360, height: HIGH });
  await check("when they get narrower");
  await page.setViewportSize({ width: 1200, height: HIGH });
  await check("when they get wider");
  report.add("frames heed nobody else", "a page with embed.js", await strangers(page, views));
  await checkLinks(report, page, views);
  report.add("loads cleanly", "a page with embed.js", problems);
  await page.close();
}

/** What changes the height of a frame and should not. */
async function strangers(page, views) {
  const heights = () => page.evaluate(() => [...document.querySelectorAll("iframe")].map((frame) => frame.offsetHeight).join());
  const before = await heights();
  const problems = [];
  const view = page.frames().find((frame) => frame.url() === HOME + views[0]);
  const attempt = async (what, act, from = view) => {
    await act();
    await received(page, from);
    if ((await heights()) !== before) problems.push(`${what} changes a height`);
  };
  await attempt("the page itself", () => page.evaluate(() => postMessage({ roadbook: { height: 77 } }, "*")), page.mainFrame());
  for (const height of ["77", 77.5, -7, 0, 1e9, NaN, null, [77], { height: 77 }]) {
    await attempt(`the height ${JSON.stringify(height)}`, () => view.evaluate((height) => parent.postMessage({ roadbook: { height } }, "*"), height));
  }
  // The frame leaves for another origin while its `src` still says the view's.
  const other = new URL("/other", page.url()).href;
  await Promise.all([view.waitForURL(other, { timeout: PATIENCE }), view.evaluate((other) => void setTimeout(() => location.assign(other)), other)]);
  await attempt("a page that a frame went on to", () => view.evaluate(() => parent.postMessage({ roadbook: { height: 77 } }, "*")));
  return problems;
}

/** A link opens beside the page that embeds its view, and knows nothing of it. */
async function checkLinks(report, page, views) {
  const view = page.frames().find((frame) => frame.url() === HOME + views[1]);
  const popup = page.waitForEvent("popup", { timeout: PATIENCE }).catch(() => undefined);
  // A link that opens no page leads the frame on.
  const left = page.waitForEvent("framenavigated", { timeout: PATIENCE }).then(() => undefined, () => undefined);
  await view.click("footer a");
  const opened = await Promise.race([popup, left]);
  const problems = [];
  if (!opened) problems.push("does not open a page of its own");
  else {
    await opened.waitForLoadState();
    if (opened.url() !== `${HOME}backlog.html`) problems.push(`leads to ${opened.url()}`);
    if (await opened.evaluate(() => window.opener !== null)) problems.push("gives its page a hold on the view");
    await opened.close();
  }
  report.add("links open beside", views[1], problems);
}

/** A page without embed.js, and with no script at all: its frames stay as they are, and scroll. */
async function checkPlain(report, browser, url, views) {
  for (const javaScriptEnabled of [true, false]) {
    const { page, problems } = await open(browser, url, { javaScriptEnabled });
    for (const address of views) {
      const frame = page.frames().find((frame) => frame.url() === HOME + address);
      const seen = await frame.evaluate((end) => {
        scrollTo({ top: end, behavior: "instant" });
        return { height: innerHeight, bottom: document.querySelector("footer").getBoundingClientRect().bottom };
      }, 1e6);
      if (seen.height !== GIVEN - 6) problems.push(`${address} is in a frame of ${seen.height} px`);
      if (seen.bottom > seen.height + 1) problems.push(`${address} cannot be scrolled to its end`);
    }
    report.add("frames scroll by themselves", javaScriptEnabled ? "without embed.js" : "without script", problems);
    await page.close();
  }
}

/** Heights that depend on themselves come to an end. */
async function checkLoop(report, browser, url) {
  const { page, problems } = await open(browser, url, { stopped: true });
  problems.push(...(await settled(page)));
  if ((await page.evaluate(() => document.querySelector("iframe").offsetHeight)) === GIVEN) problems.push("was told nothing");
  report.add("heights come to rest", new URL(url).pathname.slice(1), problems);
  await page.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2];
  if (!root || !existsSync(join(root, "embed/board.html"))) {
    console.error("usage: node embed.mjs SITE");
    process.exit(2);
  }
  const report = new Report();
  await checkEmbeds(report, root);
  report.end();
}
