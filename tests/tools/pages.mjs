// The site as GitHub Pages serves it, walked in Chromium from its start page: under the repository's name, in the folder that a pull
// request's preview gets, and from the disk. Every link is followed that stays in the site.
//
//   node pages.mjs SITE
//
// SITE is what `roadbook build --base-url http://roadbook.localhost/repo/` made.

import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { HOST, launch } from "./chromium.mjs";
import { Report } from "./report.mjs";
import { files, media } from "./site.mjs";
import * as visit from "./visit.mjs";

export const REPOSITORY = "/repo/";
const PREVIEW = `${REPOSITORY}pr-preview/pr-7/`;
const DEEP = "no/such/page/deep";

/** What a host must say a file is, for a browser or a reader of feeds to take it as one. */
const MEDIA = [
  [/\.html$|\/$/, /^text\/html/],
  [/\.css$/, /^text\/css/],
  [/\.m?js$/, /^(text|application)\/javascript/],
  [/\.json$/, /^application\/json/],
  [/\.svg$/, /^image\/svg\+xml/],
  [/\.csv$/, /^text\/csv/],
  [/\.ics$/, /^text\/calendar/],
  [/\.xml$/, /^(text|application)\/(\w+\+)?xml/],
];

/** Adds every check of the site in `root`, on a host and from the disk, to `report`. */
export async function checkPages(report, root) {
  const host = await serve(root);
  const browser = await launch(host.port);
  const served = (folder) => ({ name: folder, home: `http://${HOST}${folder}`, start: `http://${HOST}${folder}`, fetch: host.ask });
  const disk = pathToFileURL(`${resolve(root)}/`).href;
  try {
    const seen = await walk(report, browser, served(REPOSITORY));
    checkReach(report, root, seen);
    await walk(report, browser, served(PREVIEW));
    await walk(report, browser, { name: "the disk", home: disk, start: `${disk}index.html`, fetch: fromDisk });
    await checkForms(report, browser, root);
    for (const folder of [REPOSITORY, PREVIEW]) await checkMissing(report, browser, served(folder), served(REPOSITORY));
  } finally {
    await browser.close();
    host.close();
  }
}

/**
 * A host that does as GitHub Pages does: `/repo` leads to `/repo/`, a folder without its slash to the one with it, a page answers
 * without its `.html`, and whatever is missing is answered with the 404.html of the site's root, in folders of previews too.
 */
async function serve(root) {
  const server = createServer((request, response) => {
    const { status, headers, body } = answer(root, decodeURIComponent(new URL(request.url, "http://host").pathname));
    response.writeHead(status, { "Cache-Control": "max-age=600", ...headers }).end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: server.address().port,
    ask: async (url) => {
      const { status, headers } = answer(root, decodeURIComponent(new URL(url).pathname));
      return { status, type: headers["Content-Type"] };
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(root, path) {
  const send = (status, file) => ({ status, headers: { "Content-Type": media(file) }, body: readFileSync(file) });
  if (`${path}/` === REPOSITORY) return { status: 301, headers: { Location: REPOSITORY } };
  if (!path.startsWith(REPOSITORY)) return { status: 404, headers: {} };
  // The preview is another copy of the site in the same tree.
  const address = path.slice(path.startsWith(PREVIEW) ? PREVIEW.length : REPOSITORY.length);
  const isFile = (name) => statSync(join(root, name), { throwIfNoEntry: false })?.isFile();
  const isSafe = !address.split("/").includes("..");
  const forms = address === "" || address.endsWith("/") ? [`${address}index.html`] : [address, `${address}.html`];
  const found = isSafe && forms.find(isFile);
  if (found) return send(200, join(root, found));
  if (isSafe && isFile(`${address}/index.html`)) return { status: 301, headers: { Location: `${path}/` } };
  return isFile("404.html") ? send(404, join(root, "404.html")) : { status: 404, headers: {} };
}

async function fromDisk(url) {
  const path = fileURLToPath(url.split(/[?#]/)[0]);
  return { status: statSync(path, { throwIfNoEntry: false })?.isFile() ? 200 : 404 };
}

/** Walks every page that links lead to; gives the addresses that were met, each from the home. */
async function walk(report, browser, { name, home, start, fetch }) {
  const without = (url) => url.split("#")[0];
  const waiting = [start];
  const met = new Set(waiting);
  const places = new Map();
  const links = [];
  const answers = new Map();
  const look = async (page, url) => {
    const address = decodeURIComponent(url.slice(home.length)) || "index.html";
    const { problems } = await visit.open(page, url, home);
    const { targets, ids } = await visit.links(page);
    places.set(url, ids);
    report.add("a page loads", `${address}, ${name}`, problems);
    for (const target of targets) {
      links.push({ address, ...target });
      const next = without(target.url);
      if (!next.startsWith(home) || met.has(next)) continue;
      met.add(next);
      const { status, type } = await fetch(next);
      if (status >= 400) answers.set(next, `is answered with ${status}`);
      else answers.set(next, wrongMedia(next, type));
      if (status < 400 && /\.html$|\/$|\/[^/.]+$/.test(next)) waiting.push(next);
    }
  };
  const pages = await Promise.all([1, 2, 3, 4].map(() => browser.newPage()));
  while (waiting.length > 0) {
    const wave = waiting.splice(0);
    await Promise.all(pages.map(async (page) => {
      for (let url = wave.shift(); url !== undefined; url = wave.shift()) await look(page, url);
    }));
  }
  await Promise.all(pages.map((page) => page.close()));
  const problems = new Map([...places.keys()].map((url) => [decodeURIComponent(url.slice(home.length)) || "index.html", new Set()]));
  for (const { address, written, url } of links) {
    const say = (what) => problems.get(address).add(`\`${written}\` ${what}`);
    const target = without(url);
    if (!target.startsWith(home)) {
      // The site's own address, written out, is the repository's in every copy of the site.
      if (!isElsewhere(url) && !url.startsWith(`http://${HOST}${REPOSITORY}`)) say("leaves the site");
      continue;
    }
    if (answers.get(target)) say(answers.get(target));
    const anchor = decodeURIComponent(new URL(url).hash.slice(1));
    if (anchor === "" || anchor === "top" || !places.has(target)) continue;
    if (!places.get(target).includes(anchor)) say(`has no \`${anchor}\``);
  }
  for (const [address, found] of problems) report.add("every link holds", `${address}, ${name}`, [...found]);
  return new Set([...met].map((url) => decodeURIComponent(url.slice(home.length)) || "index.html"));
}

/** Whether a link leads to another host, which is none of ours. */
function isElsewhere(url) {
  return /^(https?|mailto|tel):/.test(url) && new URL(url).host !== HOST;
}

function wrongMedia(url, type) {
  const wanted = type && MEDIA.find(([ending]) => ending.test(new URL(url).pathname))?.[1];
  return wanted && !wanted.test(type) ? `is served as ${type}` : undefined;
}

/** Every page but the one for missing addresses can be come to from the start, those that have moved aside. */
function checkReach(report, root, seen) {
  for (const address of files(root).filter((address) => address.endsWith(".html"))) {
    const text = readFileSync(join(root, address), "utf8");
    const isApart = address === "404.html" || address.startsWith("embed/") || /http-equiv="?refresh/.test(text);
    if (isApart) continue;
    report.add("every page can be come to", address, seen.has(address) ? [] : ["no link leads to it"]);
  }
}

/** Addresses as people type them: without the last slash, without `.html`. */
async function checkForms(report, browser, root) {
  const page = await browser.newPage();
  const some = files(root).find((address) => /^[^/]+\.html$/.test(address) && !["index.html", "404.html"].includes(address));
  const home = `http://${HOST}${REPOSITORY.slice(0, -1)}`;
  for (const form of ["", ...(some ? [`/${some.replace(".html", "")}`] : [])]) {
    const { problems } = await visit.open(page, home + form, home);
    report.add("a page loads", `${REPOSITORY.slice(0, -1)}${form}, as people type it`, problems);
  }
  await page.close();
}

/** A missing page, four folders deep: 404.html in its own clothes, with links that hold. */
async function checkMissing(report, browser, { name, home }, site) {
  const url = home + DEEP;
  const { status, type } = await site.fetch(url);
  if (!type) return report.add("a missing page is answered in style", `${name}${DEEP}`, ["the site has no 404.html"]);
  const page = await browser.newPage();
  const looks = () => {
    const style = getComputedStyle(document.body);
    return { background: style.backgroundColor, font: style.fontFamily, header: document.querySelector("header")?.offsetHeight };
  };
  await visit.open(page, site.start, site.home);
  const usual = await page.evaluate(looks);
  const { problems } = await visit.open(page, url, site.home);
  if (status !== 404) problems.push(`answered with ${status}`);
  const own = await page.evaluate(looks);
  for (const [what, value] of Object.entries(usual)) {
    if (own[what] !== value) problems.push(`its ${what} is ${own[what]}, and the start page's ${value}`);
  }
  const { targets } = await visit.links(page);
  for (const { written, url: target } of targets) {
    if (written.startsWith("#")) continue;
    if (isElsewhere(target)) continue;
    if (!target.startsWith(site.home)) problems.push(`\`${written}\` leaves the site`);
    else if ((await site.fetch(target)).status >= 400) problems.push(`\`${written}\` leads to nothing`);
  }
  if (!targets.some(({ written }) => !written.startsWith("#"))) problems.push("no link leads back");
  report.add("a missing page is answered in style", `${name}${DEEP}`, problems);
  await page.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2];
  if (!root || !existsSync(join(root, "index.html"))) {
    console.error("usage: node pages.mjs SITE");
    process.exit(2);
  }
  const report = new Report();
  await checkPages(report, root);
  report.end();
}
