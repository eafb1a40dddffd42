// One visit of one page, and what may be wrong with it. Each function gives a list of problems; an empty one is a pass.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Opens `url` in `page`; gives every request that was made and what went wrong on the way. Both lists grow as long as it is open. */
export async function open(page, url, home) {
  page.removeAllListeners();
  const requests = [];
  const problems = [];
  page.on("request", (request) => {
    const address = request.url();
    if (address.startsWith("data:")) return;
    requests.push(address);
    if (!address.startsWith(home)) problems.push(`asks for something outside the site: ${address}`);
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // The page before this one may have been left while its icon was still on the way.
    if (why !== "net::ERR_ABORTED") problems.push(`request failed: ${request.url()} (${why})`);
  });
  page.on("response", (response) => {
    // A page that is meant to be missing may say so; nothing that it asks for may be.
    if (response.status() >= 400 && response.url() !== url) problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on("pageerror", (error) => problems.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    const from = message.location().url;
    // A browser may or may not look for an icon where the page names none; `icon` tells that for certain.
    if (from.endsWith("/favicon.ico") && !requests.includes(from)) return;
    const speaksOfPage = from === url && text.startsWith("Failed to load resource");
    if (["error", "warning"].includes(message.type()) && !speaksOfPage) {
      problems.push(`console ${message.type()}: ${text} (${from})`);
    }
  });
  await page.goto(url, { waitUntil: "load" });
  return { requests, problems };
}

/** What sticks out to the side at this width, in CSS pixels. */
export async function overflow(page, width) {
  await page.setViewportSize({ width, height: 800 });
  return page.evaluate(() => {
    const root = document.documentElement;
    const problems = [];
    if (!/width\s*=\s*device-width/.test(document.querySelector("meta[name=viewport]")?.content ?? "")) {
      problems.push("no <meta name=viewport> with width=device-width: a phone shows the page shrunk");
    }
    const clips = [root, document.body].some((element) => /hidden|clip/.test(getComputedStyle(element).overflowX));
    const wide = root.scrollWidth > root.clientWidth;
    if (!wide && !clips) return problems;
    // A scrolling box may hold something wide; only what no box holds widens the page.
    const held = (element) => {
      for (let up = element.parentElement; up && up !== document.body && up !== root; up = up.parentElement) {
        if (getComputedStyle(up).overflowX !== "visible") return true;
      }
      return false;
    };
    const name = (element) => [element.localName, element.id && `#${element.id}`, ...[...element.classList].map((c) => `.${c}`)].join("");
    const beyond = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !held(element),
    );
    if (wide) problems.push(`the page is ${root.scrollWidth} px wide`);
    for (const element of beyond.slice(0, 5)) {
      problems.push(`${name(element)} ends at ${Math.round(element.getBoundingClientRect().right)} px`);
    }
    return problems;
  });
}

/** What cannot be read in the page's drawings: text that leaves its box or runs into another, and lines that run over a box. */
export async function drawings(page) {
  return page.evaluate(() => {
    const problems = [];
    const rect = (element) => element.getBoundingClientRect();
    for (const drawing of document.querySelectorAll("svg.timeline")) {
      const words = (text) => text.textContent.trim();
      const chart = Math.min(...[...drawing.querySelectorAll(".tl-grid")].map((grid) => rect(grid).left));
      for (const name of drawing.querySelectorAll(".tl-title, .tl-name")) {
        const sign = name.parentElement.querySelector(".tl-sign");
        if (rect(name).right > (sign ? rect(sign).left : chart)) problems.push(`a name leaves its column: ${words(name)}`);
      }
      for (const row of [".tl-label", ".tl-above"]) {
        const texts = [...drawing.querySelectorAll(row)];
        for (const [at, text] of texts.entries()) {
          const end = rect(texts[at + 1] ?? drawing)[at + 1 < texts.length ? "left" : "right"];
          if (rect(text).right > end) problems.push(`a column's name leaves its column: ${words(text)}`);
        }
      }
    }
    const inside = (outer, inner) =>
      inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
    for (const drawing of document.querySelectorAll("svg.dep-graph")) {
      const boxes = [...drawing.querySelectorAll(".dep-box")].map((box) => {
        const rect = box.querySelector("rect").getBoundingClientRect();
        for (const text of box.querySelectorAll("text")) {
          if (text.textContent.trim() && !inside(rect, text.getBoundingClientRect())) {
            problems.push(`text leaves its box: ${text.textContent.trim()}`);
          }
        }
        return { rect, name: box.querySelector("title")?.textContent };
      });
      for (const line of drawing.querySelectorAll(".dep-edge path")) {
        const toScreen = line.getScreenCTM();
        const length = line.getTotalLength();
        for (let at = 0; at <= length; at += 3) {
          const { x, y } = line.getPointAtLength(at).matrixTransform(toScreen);
          // It begins at the side of one box and ends at the side of another.
          const over = boxes.find(({ rect }) => x > rect.left + 1 && x < rect.right - 1 && y > rect.top + 1 && y < rect.bottom - 1);
          if (over) {
            problems.push(`a line runs over a box: ${over.name}`);
            break;
          }
        }
      }
    }
    return problems;
  });
}

/** Where the page's icon is. A page that names none makes every browser ask the host's root for one. */
export async function icon(page) {
  return page.evaluate(() => document.querySelector("link[rel~=icon]")?.href);
}

/** What axe-core calls serious or critical, in the given colour scheme. */
export async function axe(page, colorScheme) {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  // Not by a <script> element: the page's own policy would rightly refuse it.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(`${AXE}; undefined`);
  const violations = await page.evaluate(async () => {
    const rules = { "target-size": { enabled: true } };
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"], rules });
    return violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      count: nodes.length,
      first: nodes[0].target.join(" "),
      summary: nodes[0].failureSummary,
    }));
  });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, impact, help, count, first, summary }) => {
      const why = summary.split("\n").slice(1, 2).join("").trim();
      return `${impact} ${id}: ${help} (${count} times; ${first}: ${why})`;
    });
}

/** Where the page's links go, and what can be linked to on it. */
export async function links(page) {
  return page.evaluate(() => ({
    targets: [...document.querySelectorAll("a[href], area[href]")].map((link) => ({
      written: link.getAttribute("href"),
      url: new URL(link.getAttribute("href"), document.baseURI).href,
    })),
    ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
  }));
}
