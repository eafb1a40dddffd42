// A site that is one file, opened as an attachment is: from the disk, with no network and no other file beside it.
//
//   node single.mjs FILE

import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";
import { Report } from "./report.mjs";
import * as visit from "./visit.mjs";

/** Adds every check of the site in `file` to `report`. */
export async function checkSingle(report, file) {
  const folder = mkdtempSync(join(tmpdir(), "roadbook-single-"));
  const browser = await launch();
  try {
    copyFileSync(file, join(folder, "roadmap.html"));
    const url = pathToFileURL(join(folder, "roadmap.html")).href;
    await Promise.all([checkWalk(report, browser, url), checkLook(report, browser, url)]);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Follows every link from the home, then a few by hand, without script. */
async function checkWalk(report, browser, url) {
  const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });
  const { problems } = await visit.open(page, url, url);
  report.add("loads nothing", "the file", await page.evaluate(loads));
  const { missed, wrong } = await page.evaluate(walk);
  report.add("one page is shown", "every link", wrong);
  report.add("every page can be come to", "from the home", missed);
  report.add("links and back work", "by hand", await byHand(page));
  report.add("prints what is shown", "one page, or all", await printed(page, url));
  report.add("loads cleanly", "the file, script off", problems);
  await page.close();
}

/** In the page: what would ask for something, or run. */
function loads() {
  const problems = [...document.querySelectorAll("script, iframe, object, embed, link:not([rel=icon]), base, form")].map((e) => `<${e.localName}>`);
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const isLink = ["a", "area"].includes(element.localName);
      if (["src", "srcset", "poster", "data"].includes(name) && !value.startsWith("data:")) problems.push(`${name}="${value.slice(0, 60)}"`);
      if (/^(xlink:)?href$/.test(name) && !isLink && !/^(#|data:)/.test(value)) problems.push(`${name}="${value.slice(0, 60)}"`);
      if (name === "style" || name.startsWith("on")) problems.push(`the attribute ${name}`);
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) problems.push("an id stands twice");
  return problems;
}

/** In the page: goes to wherever the links of shown pages lead, and looks what is shown there. */
function walk() {
  const pages = [...document.querySelectorAll("[data-page]")];
  const shown = () => pages.filter((page) => page.checkVisibility());
  const links = (page) => [...page.querySelectorAll("a[href^='#']")].map((link) => link.getAttribute("href"));
  const wrong = new Set();
  const first = shown();
  if (first.length !== 1 || first[0] !== pages[0]) wrong.add(`${first.length} pages are shown at first`);
  const waiting = new Set([...document.querySelectorAll("a[href^='#']")].filter((link) => link.checkVisibility()).map((link) => link.getAttribute("href")));
  const met = new Set(first);
  for (const href of waiting) {
    if (href === "#everything") continue;
    location.hash = href;
    const target = document.querySelector(":target");
    const now = shown();
    if (!target) wrong.add(`${href} leads nowhere`);
    else if (now.length !== 1) wrong.add(`${href} shows ${now.length} pages`);
    else if (!now[0].contains(target)) wrong.add(`${href} shows another page`);
    else if (target === now[0] && scrollY > 0) wrong.add(`${href} does not show the beginning of its page`);
    for (const page of now.filter((page) => !met.has(page))) {
      met.add(page);
      links(page).forEach((link) => waiting.add(link));
    }
  }
  location.hash = "";
  return { wrong: [...wrong], missed: pages.filter((page) => !met.has(page)).map((page) => page.id) };
}

const shownPages = (page) =>
  page.evaluate(() => [...document.querySelectorAll("[data-page]")].filter((page) => page.checkVisibility()).map((page) => page.id));

async function byHand(page) {
  const problems = [];
  const expect = async (what, wanted) => {
    const shown = await shownPages(page);
    if (shown.join() !== wanted) problems.push(`${what}: ${shown.join(", ")} instead of ${wanted}`);
  };
  await page.click("header a[href='#backlog.html']");
  await expect("a link around the pages", "backlog.html");
  const link = page.locator("[data-page] a[href^='#items/']:visible").first();
  const item = (await link.getAttribute("href")).slice(1);
  await link.click();
  await expect("a link on a page", decodeURIComponent(item));
  await page.goBack();
  await expect("back", "backlog.html");
  await page.goForward();
  await expect("forward", decodeURIComponent(item));
  return problems;
}

async function printed(page, url) {
  const problems = [];
  const all = await page.locator("[data-page]").count();
  await page.emulateMedia({ media: "print" });
  for (const [place, wanted] of [["#backlog.html", 1], ["#everything", all]]) {
    await page.goto(url + place);
    const shown = (await shownPages(page)).length;
    if (shown !== wanted) problems.push(`${place} prints ${shown} pages, not ${wanted}`);
  }
  await page.emulateMedia({ media: "screen" });
  return problems;
}

/** Light and dark, wide and narrow, on the pages with most on them. */
async function checkLook(report, browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const { problems } = await visit.open(page, url, url);
  const fullest = await page.evaluate(() => {
    const items = [...document.querySelectorAll("[data-page][id^='items/']")];
    return items.sort((a, b) => b.textContent.length - a.textContent.length)[0].id;
  });
  for (const place of ["", "#roadmap.html", "#backlog.html", `#${fullest}`]) {
    await page.goto(url + place);
    report.add("fits", `${place || "#"}, 390 px`, await visit.overflow(page, 390));
    await page.setViewportSize({ width: 1280, height: 800 });
    if (place === "#roadmap.html") continue;
    for (const scheme of ["light", "dark"]) report.add("is accessible", `${place || "#"}, ${scheme}`, await visit.axe(page, scheme));
  }
  report.add("loads cleanly", "the file, script on", problems);
  await page.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2];
  if (!file || !existsSync(file)) {
    console.error("usage: node single.mjs FILE (which `roadbook build --single-file` made)");
    process.exit(2);
  }
  const report = new Report();
  await checkSingle(report, file);
  report.end();
}
