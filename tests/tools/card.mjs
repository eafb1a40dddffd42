// Can `roadmap.svg` be read? Cards of plans in several scripts, drawn by Chromium as a document and as the picture that a README shows.
//
//   node card.mjs ROADBOOK
//
// ROADBOOK is the built program. Each part of a card is an <svg> of its own inside the whole: the box that its texts must keep to.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";
import { eachFamily } from "./fonts.mjs";
import { Report } from "./report.mjs";

/** Adds what there is to check of each of these cards. */
export async function checkCards(report, paths) {
  const browser = await launch();
  try {
    for (const colorScheme of ["light", "dark"]) {
      const page = await browser.newPage({ colorScheme, viewport: { width: 840, height: 900 } });
      let requests = [];
      page.on("request", (request) => requests.push(request.url()));
      for (const path of paths) {
        const url = pathToFileURL(resolve(path)).href;
        const where = `${path.split("/").at(-2)}, ${colorScheme}`;
        requests = [];
        await page.goto(url);
        const outside = requests.filter((request) => request !== url).map((request) => `asks for ${request}`);
        report.add("a card stands alone", where, [...outside, ...(await page.evaluate(aliens))]);
        report.add("a card can be seen", where, await page.evaluate(pale));
        if (colorScheme === "dark") continue;
        await eachFamily(page, async (family, unworn) => {
          report.add("a card's texts keep to their boxes", `${where}, ${family || "as it is"}`, [...unworn, ...(await page.evaluate(misplaced))]);
        });
        report.add("a card is a picture", where, await asPicture(page, url));
      }
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

/** What a picture in a README may not have. */
function aliens() {
  const problems = [];
  for (const element of document.querySelectorAll("*")) {
    if (["script", "foreignObject", "image", "a", "use", "animate", "set"].includes(element.localName)) problems.push(`<${element.localName}>`);
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || name.endsWith("href") || /url\((?!#)/.test(value)) problems.push(`${name}="${value}"`);
    }
  }
  const words = (name) => document.querySelector(`svg > ${name}`)?.textContent.trim();
  for (const name of ["title", "desc"]) if (!words(name)) problems.push(`no <${name}>: who does not see it is told nothing`);
  return problems;
}

/** Text below 4.5 : 1, and marks below 3 : 1, against the ground of the card. */
function pale() {
  const luminance = (colour) => {
    const [r, g, b] = /(\d+), (\d+), (\d+)/.exec(colour).slice(1).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = luminance(getComputedStyle(document.querySelector(".ground rect") ?? document.documentElement).fill);
  const contrast = (colour) => {
    const [low, high] = [luminance(colour), ground].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const problems = [];
  const hold = (element, colour, least) => {
    const found = contrast(colour);
    if (found < least) problems.push(`${found.toFixed(1)} : 1, at least ${least}: ${element.textContent.trim() || element.outerHTML}`);
  };
  for (const text of document.querySelectorAll("text, tspan")) hold(text, getComputedStyle(text).fill, 4.5);
  for (const mark of document.querySelectorAll("path:not([fill=none])")) hold(mark, getComputedStyle(mark).fill, 3);
  for (const ring of document.querySelectorAll("circle")) hold(ring, getComputedStyle(ring).stroke, 3);
  return problems;
}

/** Texts that leave their boxes or run into each other, and boxes that leave the card. */
function misplaced() {
  const problems = [];
  const root = document.documentElement;
  const boxes = [...root.querySelectorAll("svg")];
  for (const box of boxes) {
    const { x, y, width, height } = { x: box.x.baseVal.value, y: box.y.baseVal.value, width: box.width.baseVal.value, height: box.height.baseVal.value };
    const beyond = x < 0 || y < 0 || x + width > root.width.baseVal.value || y + height > root.height.baseVal.value;
    if (beyond) problems.push(`a box leaves the card: ${x} ${y} ${width} ${height}`);
    const view = box.viewBox.baseVal;
    const texts = [...box.querySelectorAll("text")].map((text) => {
      const { x: left, width } = text.getBBox();
      const size = parseFloat(getComputedStyle(text).fontSize);
      return { words: text.textContent, left, right: left + width, y: Number(text.getAttribute("y")), size };
    });
    for (const { words, left, right, y, size } of texts) {
      const over = Math.max(view.x - left, right - (view.x + view.width), 0.8 * size - y, y + 0.25 * size - view.height);
      if (over > 0.5) problems.push(`text leaves its box by ${over.toFixed(1)}: ${words}`);
    }
    for (const [at, one] of texts.entries()) {
      for (const other of texts.slice(at + 1)) {
        const sameLine = Math.abs(one.y - other.y) < 10;
        if (sameLine && one.left < other.right && other.left < one.right) problems.push(`texts meet: ${one.words} and ${other.words}`);
      }
    }
  }
  for (const text of root.querySelectorAll("text")) if (!boxes.includes(text.ownerSVGElement)) problems.push(`text outside of any box: ${text.textContent}`);
  return problems;
}

async function asPicture(page, url) {
  const folder = mkdtempSync(join(tmpdir(), "roadbook-card-"));
  try {
    const readme = join(folder, "readme.html");
    writeFileSync(readme, `<!doctype html><title>A README</title><img src="${url}" alt="The roadmap">`);
    await page.goto(pathToFileURL(readme).href);
    const width = await page.evaluate(() => document.querySelector("img").naturalWidth);
    return width === 800 ? [] : [`${width} px wide as a picture`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Words to make titles of, by script; some are as wide as they can be. */
const WORDS = {
  latin: "search sharing Größe naïve offline the a of Ångström œuvre end-to-end WWWW mmmm iiii llll Über ½ €uro",
  long: "Rechtsschutzversicherungsgesellschaftenmanagement WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm https://example.org/a/very/long/address/without/any/end/of/it",
  cyrillic: "Жёлтая щука широко шевелит жабрами ЩЩЩЩЩ поиск документов быстрее",
  greek: "αναζήτηση ΩΜΕΓΑ ωωωω κοινή χρήση εγγράφων",
  chinese: "全文検索を日本語でも正しく動かす 计划 路线图 検索 テスト・テスト 、。「括弧」",
  arabic: "البحث في المستندات مشاركة الفريق ششششش صصصصص إشعارات 2027 ﷺ",
  hebrew: "חיפוש מהיר יותר במסמכים שיתוף צוות",
  hindi: "विकिपीडिया में सभी लेखों की खोज को तेज़ और आसान बनाना",
  emoji: "🚀 🎉🔥🌍 👨‍👩‍👧‍👦 👩🏽‍💻 🇩🇪🇫🇷 ☂️ ⟶ — … ⸻ ‱ №",
  marks: "Z̷̢a̴l̶g̵o̶ e\u0301e\u0301e\u0301 \u202eesrever\u202c a\u200bb\u200bc",
};

/** A plan whose every text is of one script, the same on every run. */
function plan(script, at) {
  const words = WORDS[script].split(" ");
  let state = at + 1;
  const next = (most) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % most;
  const text = (most) => JSON.stringify(Array.from({ length: 1 + next(most) }, () => words[next(words.length)]).join(" "));
  const horizons = script === "long" ? [4, 5, 6, 7, 8].map((month) => `"2026-${month} ${words[0]}"`) : ["Now", text(2), "Later"];
  const files = {
    "roadbook.yml": `title: ${text(script === "long" ? 8 : 3)}\naudience: ${at % 2 ? "internal" : "public"}\nhorizons: [${horizons.join(", ")}]\nbase_url: https://example.org/${"roadmap/".repeat(1 + at * 2)}\n`,
    "plan/vision.md": `---\ntitle: V\nproduct_goal: ${text(60)}\n---\n`,
  };
  for (let theme = 0; theme < 8; theme += 1) files[`plan/themes/t${theme}.md`] = `---\ntitle: ${text(6)}\n---\n`;
  const states = ["active", "planned", "idea", "paused", "who knows", "done"];
  for (let item = 0; item < 60; item += 1) {
    const horizon = next(5) ? `horizon: ${horizons[next(horizons.length)]}\n` : "";
    files[`plan/items/i${item}.md`] = `---\ntitle: ${text(14)}\nstatus: ${states[next(6)]}\ntheme: t${next(9)}\n${horizon}value: ${1 + next(9)}\neffort: 2\n---\n`;
  }
  return files;
}

function build(roadbook, folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const run = spawnSync(roadbook, ["build", folder, "-d", join(folder, "site"), "--quiet"], { encoding: "utf8" });
  if (run.error || ![0, 1].includes(run.status)) throw new Error(`roadbook build: ${run.error ?? run.stderr}`);
  return join(folder, "site", "roadmap.svg");
}

async function main(roadbook) {
  if (!roadbook || !statSync(roadbook, { throwIfNoEntry: false })?.isFile()) {
    console.error("usage: node card.mjs ROADBOOK (the built program)");
    process.exit(2);
  }
  const report = new Report();
  const folder = mkdtempSync(join(tmpdir(), "roadbook-cards-"));
  try {
    const cards = Object.keys(WORDS).map((script, at) => {
      const made = build(resolve(roadbook), join(folder, script), plan(script, at));
      const card = join(folder, "cards", script, "roadmap.svg");
      mkdirSync(dirname(card), { recursive: true });
      writeFileSync(card, readFileSync(made));
      return card;
    });
    const empty = build(resolve(roadbook), join(folder, "cards", "empty"), { "roadbook.yml": "title: Nothing\n" });
    await checkCards(report, [...cards, empty]);
  } finally {
    if (process.env.KEEP) console.log(folder);
    else rmSync(folder, { recursive: true, force: true });
  }
  report.end();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]);
