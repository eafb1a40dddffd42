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

/** Opens a page that embeds views; everything that it asks for is the site's or its own. */
async function open(browser, url, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1100, height: HIGH }, ...options });
  await page.addInitScript(() => {
    window.heard = 0;
    addEventListener("message", () => (window.heard += 1));
  });
  const { problems } = await visit.open(page, url, "http://");
  return { page, problems };
}

/** Waits until nothing has been told for a while, or says that it never ends. */
async function settled(page) {
  let heard = -1;
  for (let rounds = 0; rounds < 20; rounds += 1) {
    const now = await page.evaluate(() => window.heard);
    if (now === heard) return [];
    heard = now;
    await page.waitForTimeout(150);
  }
  return [`is told heights without end, ${heard} so far`];
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
  const attempt = async (what, act) => {
    await act();
    await page.waitForTimeout(60);
    if ((await heights()) !== before) problems.push(`${what} changes a height`);
  };
  await attempt("the page itself", () => page.evaluate(() => postMessage({ roadbook: { height: 77 } }, "*")));
  const view = page.frames().find((frame) => frame.url() === HOME + views[0]);
  for (const height of ["77", 77.5, -7, 0, 1e9, NaN, null, [77], { height: 77 }]) {
    await attempt(`the height ${JSON.stringify(height)}`, () => view.evaluate((height) => parent.postMessage({ roadbook: { height } }, "*"), height));
  }
  // The frame leaves for another origin while its `src` still says the view's.
  const other = new URL("/other", page.url()).href;
  await view.evaluate((other) => location.assign(other), other);
  const gone = () => page.frames().filter((frame) => frame.url() === other);
  for (let waited = 0; gone().length !== 2; waited += 50) {
    if (waited > 10_000) throw new Error("the frame did not leave");
    await page.waitForTimeout(50);
  }
  await attempt("a page that a frame went on to", () => gone()[0].evaluate(() => parent.postMessage({ roadbook: { height: 77 } }, "*")));
  return problems;
}

/** A link opens beside the page that embeds its view, and knows nothing of it. */
async function checkLinks(report, page, views) {
  const view = page.frames().find((frame) => frame.url() === HOME + views[1]);
  const [opened] = await Promise.all([page.waitForEvent("popup", { timeout: 3000 }).catch(() => undefined), view.click("footer a")]);
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
  const { page, problems } = await open(browser, url);
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
