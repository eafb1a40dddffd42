// What only a browser can tell of a built site: every page from the disk and served under a sub-path, with script and without.
//
//   node browser.mjs SITE                          checks every page
//   node browser.mjs SITE --few                    checks one page of each kind
//   node browser.mjs SITE --weight PAGE...         only what these pages weigh (of a larger plan)
//   node browser.mjs SITE --screenshots FOLDER     takes pictures instead
//
// SITE is what `roadbook build --base-url http://roadbook.localhost/some/repo/` made.

import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { HOST, launch } from "./chromium.mjs";
import { eachFamily } from "./fonts.mjs";
import { Report } from "./report.mjs";
import { PREFIX, files, serve, weight } from "./site.mjs";
import * as visit from "./visit.mjs";

const WIDTHS = [320, 390, 1440];
const KIB = 1024;

/** What a first visit may cost, gzipped, and in how many requests. */
const LIMITS = { item: 30 * KIB, page: 60 * KIB, css: 12 * KIB, js: 12 * KIB, requests: 5 };

/** Adds every browser check of the site in `root` to `report`; with `few`, of one page of each kind. */
export async function checkSite(report, root, { few = false } = {}) {
  await withSite(root, async (site) => {
    site.visited = few ? oneOfEachKind(site) : site.pages;
    await checkDisk(report, site);
    await checkServedPlain(report, site);
    await checkServed(report, site);
    if (site.pages.includes("404.html")) await checkMissing(report, site);
    checkLinks(report, site);
  });
}

/** Adds only what the first visit of each of `pages` weighs. */
export async function checkWeight(report, root, pages) {
  await withSite(root, (site) => each(site, pages, { firstVisit: true }, async (page, address) => {
    const { requests, problems } = await visit.open(page, served(address), home());
    await settle(page, true);
    report.add("weighs little", `${address}, first visit`, [...problems, ...weigh(site, address, requests, await visit.icon(page))]);
  }));
}

async function withSite(root, work) {
  const host = await serve(root);
  const browser = await launch(host.port);
  try {
    await work(look(root, browser));
  } finally {
    await browser.close();
    host.close();
  }
}

function look(root, browser) {
  const all = files(root);
  const pages = all.filter((address) => address.endsWith(".html"));
  // A page that leads on at once cannot be looked at; where it leads to is followed as a link.
  const redirects = pages.filter((page) => redirectTarget(join(root, page)) !== undefined);
  return { root: resolve(root), browser, all: new Set(all), pages: pages.filter((page) => !redirects.includes(page)), redirects };
}

function redirectTarget(path) {
  return /<meta\s[^>]*http-equiv="?refresh"?[^>]*content="\d+;\s*url=([^"]*)"/i.exec(readFileSync(path, "utf8"))?.[1];
}

/** Of every folder the page with most on it; every page of the top and of `embed/` is a kind of its own. */
function oneOfEachKind({ root, pages }) {
  const size = (page) => statSync(join(root, page)).size;
  const fullest = new Map();
  for (const page of pages) {
    const folder = page.slice(0, Math.max(page.lastIndexOf("/"), 0));
    const kind = ["", "embed"].includes(folder) ? page : folder;
    if (!fullest.has(kind) || size(page) > size(fullest.get(kind))) fullest.set(kind, page);
  }
  return [...fullest.values()].sort();
}

/** From the disk, script on and off. 404.html is made for hosts: it is shown at any depth, so its links cannot be relative. */
async function checkDisk(report, site) {
  const home = pathToFileURL(`${site.root}/`).href;
  const pages = site.visited.filter((page) => page !== "404.html");
  for (const script of [true, false]) {
    await each(site, pages, { javaScriptEnabled: script }, async (page, address) => {
      const { problems } = await visit.open(page, home + encode(address), home);
      await settle(page, script);
      report.add("loads cleanly", `${address}, from the disk, ${words(script)}`, problems);
    });
  }
}

/** Served, without script: the page must fit and its links are collected. */
async function checkServedPlain(report, site) {
  site.links = new Map();
  await each(site, site.pages, { javaScriptEnabled: false }, async (page, address) => {
    const { problems } = await visit.open(page, served(address), home());
    // A link may lead to any page.
    site.links.set(address, await visit.links(page));
    if (!site.visited.includes(address)) return;
    report.add("loads cleanly", `${address}, served, ${words(false)}`, problems);
    await eachFamily(page, async (family, unworn) => {
      await checkFit(report, page, address, words(false), family, unworn);
      report.add("has clear drawings", inFamily(address, family), [...unworn, ...(await visit.drawings(page))]);
    });
  });
}

/** Served, with script: weight of the first visit, fit, and accessibility in both colour schemes. */
async function checkServed(report, site) {
  await each(site, site.visited, { firstVisit: true, reducedMotion: "reduce" }, async (page, address) => {
    const { requests, problems } = await visit.open(page, served(address), home());
    await settle(page, true);
    report.add("loads cleanly", `${address}, served, ${words(true)}`, problems);
    report.add("weighs little", `${address}, first visit`, weigh(site, address, requests, await visit.icon(page)));
    for (const scheme of ["light", "dark"]) {
      report.add("is accessible", `${address}, ${scheme}`, await visit.axe(page, scheme));
    }
    await eachFamily(page, (family, unworn) => checkFit(report, page, address, words(true), family, unworn));
  });
}

async function checkFit(report, page, address, script, family, unworn) {
  for (const width of WIDTHS) {
    const where = inFamily(`${address}, ${width} px, ${script}`, family);
    report.add("fits", where, [...unworn, ...(await visit.overflow(page, width))]);
  }
}

/** An address that is not there, two folders deep: the host answers with 404.html, whose own links must hold from there. */
async function checkMissing(report, site) {
  await each(site, ["no/such/page"], {}, async (page, address) => {
    const { problems } = await visit.open(page, served(address), home());
    await settle(page, true);
    const { targets } = await visit.links(page);
    for (const { written, url } of targets) problems.push(...linkProblems(site, served(""), written, url, { deep: true }));
    report.add("loads cleanly", "404.html at any depth", problems);
  });
}

function weigh(site, address, requests, icon) {
  const problems = [];
  const kinds = { html: 0, css: 0, js: 0, other: 0 };
  const urls = new Set(requests);
  if (icon && !icon.startsWith("data:")) urls.add(icon);
  for (const url of urls) {
    const path = join(site.root, decodeURIComponent(new URL(url).pathname.slice(PREFIX.length)) || "index.html");
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
      if (url === icon) problems.push(`the icon is not there: ${url}`);
      continue; // Any other is reported as a failed request.
    }
    const ending = path.split(".").pop();
    kinds[ending in kinds ? ending : "other"] += weight(path);
  }
  const total = Object.values(kinds).reduce((sum, part) => sum + part);
  const limit = address.startsWith("items/") ? LIMITS.item : LIMITS.page;
  const over = (what, bytes, most) => bytes > most && problems.push(`${what}: ${kib(bytes)} gzipped, at most ${kib(most)}`);
  over("all in all", total, limit);
  over("CSS", kinds.css, LIMITS.css);
  over("script", kinds.js, LIMITS.js);
  if (urls.size > LIMITS.requests) problems.push(`${urls.size} requests, at most ${LIMITS.requests}`);
  if (!icon) problems.push("no <link rel=icon>: browsers ask the host's root for /favicon.ico");
  return problems;
}

/** Every link of every page leads to a file, and where it names a place on the page, the place is there. */
function checkLinks(report, site) {
  for (const [address, { targets }] of site.links) {
    const problems = targets.flatMap(({ written, url }) => linkProblems(site, served(address), written, url, {}));
    report.add("links lead somewhere", address, [...new Set(problems)]);
  }
  for (const address of site.redirects) {
    const written = redirectTarget(join(site.root, address));
    const url = new URL(written, served(address)).href;
    report.add("links lead somewhere", `${address}, a redirect`, linkProblems(site, served(address), written, url, {}));
  }
}

function linkProblems(site, from, written, url, { deep }) {
  const target = new URL(url);
  if (target.host !== HOST || (deep && written.startsWith("#"))) return [];
  if (!target.pathname.startsWith(PREFIX)) return [`\`${written}\` leaves the site's folder`];
  const path = decodeURIComponent(target.pathname.slice(PREFIX.length));
  // On a host a folder shows its index; from the disk it shows a listing. A link from anywhere may use the host's way.
  const address = deep && (path === "" || path.endsWith("/")) ? `${path}index.html` : path;
  if (!site.all.has(address)) return [`\`${written}\` leads to no file`];
  const place = decodeURIComponent(target.hash.slice(1));
  if (place === "" || place === "top" || !address.endsWith(".html")) return [];
  const ids = site.links.get(address)?.ids ?? [];
  return ids.includes(place) ? [] : [`\`${written}\`: ${address} has no \`${place}\``];
}

/** Runs `work` for every address, four at a time, as each waits a lot; for a first visit in a browser without a past, else in a page that stays open. */
async function each(site, addresses, { firstVisit = false, ...options }, work) {
  const waiting = [...addresses];
  const newPage = () => site.browser.newPage({ viewport: { width: 1440, height: 800 }, ...options });
  const worker = async () => {
    let page = firstVisit ? undefined : await newPage();
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      if (firstVisit) page = await newPage();
      await work(page, address);
      if (firstVisit) await page.close();
    }
    if (!firstVisit) await page.close();
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}

/** Gives scripts that wait for the page the time to run. */
async function settle(page, script) {
  if (script) await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))));
}

async function takeScreenshots(root, folder) {
  const browser = await launch();
  mkdirSync(folder, { recursive: true });
  try {
    for (const [name, address] of subjects(root)) {
      for (const width of [1440, 390]) {
        for (const colorScheme of ["light", "dark"]) {
          const options = { javaScriptEnabled: false, colorScheme, viewport: { width, height: 900 } };
          const page = await browser.newPage(options);
          await page.goto(pathToFileURL(join(resolve(root), address)).href);
          const path = join(folder, `${name}-${width}-${colorScheme}.png`);
          await page.screenshot({ path, fullPage: true });
          await page.close();
          console.log(path);
        }
      }
    }
  } finally {
    await browser.close();
  }
}

/** The pages worth a picture; of themes and items the one with most on it. */
function subjects(root) {
  const all = files(root);
  const fullest = (folder) => {
    const pages = all.filter((address) => address.startsWith(folder) && address.endsWith(".html"));
    return pages.sort((a, b) => statSync(join(root, b)).size - statSync(join(root, a)).size)[0];
  };
  const pages = { home: "index.html", roadmap: "roadmap.html", backlog: "backlog.html", dependencies: "dependencies.html" };
  return Object.entries({ ...pages, theme: fullest("themes/"), item: fullest("items/") }).filter(([name, address]) => {
    if (!all.includes(address)) throw new Error(`the site has no page for "${name}"`);
    return true;
  });
}

function home() {
  return `http://${HOST}${PREFIX}`;
}

function served(address) {
  return home() + encode(address);
}

function encode(address) {
  return address.split("/").map(encodeURIComponent).join("/");
}

function inFamily(where, family) {
  return family ? `${where}, ${family}` : where;
}

function words(script) {
  return script ? "script on" : "script off";
}

function kib(bytes) {
  return `${(bytes / KIB).toFixed(1)} KiB`;
}

async function main([root, option, ...values]) {
  if (!root || !statSync(root, { throwIfNoEntry: false })?.isDirectory() || (option && option !== "--few" && values.length === 0)) {
    console.error("usage: node browser.mjs SITE [--few | --weight PAGE... | --screenshots FOLDER]");
    process.exit(2);
  }
  if (option === "--screenshots") return takeScreenshots(root, values[0]);
  const report = new Report();
  await (option === "--weight" ? checkWeight(report, root, values) : checkSite(report, root, { few: option === "--few" }));
  report.end();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
