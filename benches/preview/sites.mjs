// One plan in the form of each peer: a page for every item with its facts, its body and links to what it depends on, a page for every
// theme with its items, and a list of all. Roadbook's own pages hold more than these, so the peers have the easier work.

import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The facts that an item's page shows. */
const FACTS = ["type", "status", "theme", "horizon", "value", "effort", "score", "owner", "created"];

/** A plan of the `scale` bench: `key: value` between two lines of `---`, then the body. */
export function readPlan(folder) {
  const documents = (below) =>
    readdirSync(join(folder, below), { recursive: true })
      .filter((path) => path.endsWith(".md"))
      .map((path) => read(folder, join(below, path)));
  const items = documents("plan/items").sort((a, b) => number(a) - number(b));
  for (const item of items) item.fields.score = (item.fields.value / item.fields.effort).toFixed(4);
  const themes = documents("plan/themes");
  return { folder, items, themes, titles: new Map(items.map((item) => [item.id, item.fields.title])) };
}

function read(folder, path) {
  const [, head, body] = readFileSync(join(folder, path), "utf8").split(/^---\n/m);
  const lines = head.split("\n").map((line) => /^(\w+): (.*)$/.exec(line)).filter(Boolean);
  const fields = Object.fromEntries(lines.map(([, key, value]) => [key, value]));
  const list = (text = "[]") => text.slice(1, -1).split(", ").filter(Boolean);
  return { id: basename(path, ".md"), path, fields, tags: list(fields.tags), dependsOn: list(fields.depends_on), body: body.trim() };
}

/** Ids end with the item's place in the plan. */
function number(item) {
  return Number(item.id.split("-").pop());
}

/** The body with its links in the peer's own way. */
function body(plan, item, address) {
  return item.body
    .replace(/\]\([^)]*\/([^/)]+)\.md\)/g, (_, id) => `](${address(id)})`)
    .replace(/\[\[([^\]]+)\]\]/g, (_, id) => `[${plan.titles.get(id)}](${address(id)})`);
}

function frontMatter(item, tags) {
  const facts = FACTS.map((fact) => `${fact}: ${item.fields[fact]}\n`).join("");
  const lists = `${tags}: [${item.tags.join(", ")}]\ndepends_on: [${item.dependsOn.join(", ")}]\n`;
  return `---\nid: ${item.id}\ntitle: ${item.fields.title}\n${facts}${lists}---\n\n`;
}

export function hugo(plan, site) {
  template("hugo", site);
  const address = (id) => `/items/${id}/`;
  for (const item of plan.items) {
    write(site, `content/items/${item.id}.md`, `${frontMatter(item, "tags")}${body(plan, item, address)}\n`);
  }
  for (const theme of plan.themes) {
    write(site, `content/theme/${theme.id}/_index.md`, `---\ntitle: ${theme.fields.title}\n---\n\n${theme.body}\n`);
  }
}

export function eleventy(plan, site) {
  template("eleventy", site);
  const address = (id) => `/items/${id}/`;
  write(site, "src/items/items.json", `{"layout": "item.njk", "tags": "items"}\n`);
  for (const item of plan.items) {
    // To Eleventy, tags are collections.
    write(site, `src/items/${item.id}.md`, `${frontMatter(item, "labels")}${body(plan, item, address)}\n`);
  }
  write(site, "src/themes/themes.json", `{"layout": "theme.njk"}\n`);
  for (const theme of plan.themes) {
    write(site, `src/themes/${theme.id}.md`, `---\nid: ${theme.id}\ntitle: ${theme.fields.title}\n---\n\n${theme.body}\n`);
  }
}

/** mdBook has no templates for data, so facts and lists are written into the chapters. */
export function mdbook(plan, site) {
  template("mdbook", site);
  const ranked = [...plan.items].sort((a, b) => b.fields.score - a.fields.score);
  const row = (cells) => `| ${cells.join(" | ")} |\n`;
  const link = (item, from) => `[${item.fields.title}](${relative(from, `items/${item.id}.md`)})`;
  const table = (items, from) =>
    row(["Item", "Status", "Horizon", "Score"]) + row(["-", "-", "-", "-"]) +
    items.map((item) => row([link(item, from), item.fields.status, item.fields.horizon, item.fields.score])).join("");
  const summary = ["# Summary", "", "- [All items](all.md)"];
  for (const theme of plan.themes) {
    const own = ranked.filter((item) => item.fields.theme === theme.id);
    summary.push(`- [${theme.fields.title}](themes/${theme.id}.md)`, ...own.map((item) => `  - ${link(item, "")}`));
    write(site, `src/themes/${theme.id}.md`, `# ${theme.fields.title}\n\n${theme.body}\n\n${table(own, "themes")}`);
  }
  for (const item of plan.items) {
    const facts = row(["Fact", ""]) + row(["-", "-"]) + FACTS.map((fact) => row([fact, item.fields[fact]])).join("");
    const depends = item.dependsOn.map((id) => `- [${plan.titles.get(id)}](${id}.md)\n`).join("");
    const before = depends && `## Depends on\n\n${depends}\n`;
    write(site, `src/items/${item.id}.md`, `# ${item.fields.title}\n\n${facts}\n${before}${body(plan, item, (id) => `${id}.md`)}\n`);
  }
  write(site, "src/all.md", `# All items\n\n${table(ranked, "")}`);
  write(site, "src/SUMMARY.md", `${summary.join("\n")}\n`);
}

function template(name, site) {
  cpSync(fileURLToPath(new URL(name, import.meta.url)), site, { recursive: true });
}

function write(site, path, text) {
  mkdirSync(join(site, path, ".."), { recursive: true });
  writeFileSync(join(site, path), text);
}
