// Does the backlog's script find columns by their names? The example with a skin of its own, which has one column more in the middle of the
// backlog, must be filtered and sorted as the example is; and skins that forget to name a column must be found out.
//
//   node columns.mjs ROADBOOK
//
// ROADBOOK is the built program.

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { HOST, launch } from "./chromium.mjs";
import { each } from "./each.mjs";
import { Report } from "./report.mjs";
import { PREFIX, serve } from "./site.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SKIN = join(ROOT, "themes/default/templates");

/** The columns of the skin's backlog, as its header names them. */
const COLUMNS = ["rank", "item", "state", "ready", "score", "theme", "owner"];

/** One column more between `State` and `Ready`: what its cells of the head and of a row are. */
const PLAIN = ['<th scope="col">Effort</th>', "<td>{{ row.effort }}</td>"];
const NAMED = ['<th scope="col" data-column="effort" data-type="number">Effort</th>', '<td data-column="effort">{{ row.effort }}</td>'];


/** The skin's row component, to change. */
class Skin {
  constructor() {
    this.component = readFileSync(join(SKIN, "components.html"), "utf8");
  }

  /** Adds a column. */
  add([head, cell]) {
    for (const [next, added] of [['<th scope="col" data-column="ready">', head], ['<td data-column="ready"', cell]]) {
      const parts = this.component.split(next);
      if (parts.length !== 2) throw new Error(`components.html has ${parts.length - 1} times: ${next}`);
      this.component = parts.join(added + next);
    }
    return this;
  }

  /** Takes the name of a column from its head or from its rows. */
  forget(name, part) {
    const [before, after] = this.component.split("<tbody>\n{% for row in rows %}<tr id=");
    if (after === undefined) throw new Error("components.html has no rows of the backlog");
    const of = { head: before, row: after };
    const attribute = ` data-column="${name}"`;
    if (of[part].split(attribute).length !== 2) throw new Error(`the ${part} does not name ${name} once`);
    of[part] = of[part].replace(attribute, "");
    this.component = `${of.head}<tbody>\n{% for row in rows %}<tr id=${of.row}`;
    return this;
  }
}

const [binary] = process.argv.slice(2);
if (!binary || !statSync(binary, { throwIfNoEntry: false })?.isFile()) {
  console.error("usage: node columns.mjs ROADBOOK (the built program)");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "roadbook-columns-"));
const report = new Report();
// All sites are below one folder, each with a name of its own.
const host = await serve(folder);
const browser = await launch(host.port);
try {
  const plain = await look("the skin's own");
  report.add("the backlog filters and sorts", "the skin's own", [...plain.problems, ...wrong(plain)]);
  for (const [what, column] of [["a column more", PLAIN], ["a column more, with a name", NAMED]]) {
    const found = await look(what, new Skin().add(column));
    report.add("a column changes nothing", what, [...found.problems, ...differences(plain, found)]);
    if (column === NAMED) report.add("a column of one's own is sorted by", what, unsorted(found));
  }
  await each([...COLUMNS.map((name) => [name, "row"]), ["score", "head"]], 3, async ([name, part]) => {
    const found = await look(`${name}, ${part}`, new Skin().add(PLAIN).forget(name, part), name);
    const seen = [...found.problems, ...differences(plain, found)];
    report.add("a forgotten name is found out", `${name} in the ${part}`, seen.length > 0 ? [] : ["nobody noticed"]);
  });
} finally {
  await browser.close();
  host.close();
  rmSync(folder, { recursive: true });
}
report.end();

/** Builds the example, in a skin of its own where there is one, and says what its backlog does, or what it does with `only` one column. */
async function look(name, skin, only) {
  const address = name.replace(/\W+/g, "-");
  const project = join(folder, `project-${address}`);
  const site = join(folder, address);
  cpSync(join(ROOT, "example-site"), project, { recursive: true });
  if (skin) {
    cpSync(join(SKIN, "backlog.html"), join(project, "templates/backlog.html"));
    writeFileSync(join(project, "templates/components.html"), skin.component);
  }
  const { status, stderr } = spawnSync(resolve(binary), ["build", project, "-d", site, "--quiet"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${name}: the site cannot be built:\n${stderr}`);
  const page = await browser.newPage({ reducedMotion: "reduce" });
  try {
    return await observe(page, `http://${HOST}${PREFIX}${address}/`, JSON.parse(readFileSync(join(site, "roadmap.json"), "utf8")), only);
  } finally {
    await page.close();
  }
}

/** Uses everything that the backlog of a site offers; gives the rows and the address after each act, and what went wrong. */
async function observe(page, home, roadmap, only) {
  const isWanted = (name) => [undefined, name].includes(only);
  const problems = [];
  const acts = new Map();
  page.on("pageerror", (error) => problems.push(`script error: ${error.message}`));
  const open = (query = "") => page.goto(`${home}backlog.html${query}`);
  const note = async (act) => acts.set(act, await page.evaluate(shown));
  /** The same by its address alone. */
  const again = async (act) => {
    const before = acts.get(act);
    await open(before.query);
    const after = await page.evaluate(shown);
    if (JSON.stringify(after) !== JSON.stringify(before)) problems.push(`${act}: its address ${before.query} shows something else`);
  };

  await open();
  await note("at first");
  const choices = await page.evaluate(() =>
    ["state", "theme", "owner"].map((name) => [
      name,
      [...document.querySelectorAll(`form.filter select[name=${name}] option`)].map((option) => [option.value, option.text]),
    ]),
  );
  for (const [name, options] of choices.filter(([name]) => isWanted(name))) {
    await open();
    for (const [value, label] of options.filter(([value]) => value !== "")) {
      const act = `${name}: ${label}`;
      await page.selectOption(`form.filter select[name=${name}]`, value);
      await note(act);
      await again(act);
    }
  }
  if (isWanted("ready")) {
    await open();
    await page.check("form.filter input[name=ready]");
    await note("ready only");
    await again("ready only");
  }
  if (!only) {
    for (const words of ["family", "lift lost", "no such words"]) {
      await page.fill("form.filter input[name=q]", words);
      await note(`ready only, and: ${words}`);
      await again(`ready only, and: ${words}`);
    }
    await page.click("form.filter button[type=reset]");
    // The form is empty only after its event, and the script looks at it then.
    await page.waitForFunction(() => location.search === "");
    await note("cleared");
    await page.fill("form.filter input[name=q]", "family");
    await note("text: family");
    await again("text: family");
  }

  const names = await page.evaluate(() => [...document.querySelectorAll("#Ordered thead [data-column]")].map((head) => head.dataset.column));
  for (const name of only ? [only] : names) {
    await open();
    for (const press of ["first", "second", "third"]) {
      const is = await page.evaluate((name) => {
        const button = document.querySelector(`#Ordered thead [data-column="${name}"] button`);
        button?.click();
        return button !== null;
      }, name);
      if (!is) problems.push(`nothing to press for ${name}`);
      await note(`sort by ${name}, ${press} press`);
      if (press !== "third") await again(`sort by ${name}, ${press} press`);
    }
  }
  if (!only) {
    await open("?state=planned&sort=-score");
    await note("an address that filters and sorts");
  }

  await page.goto(`${home}embed/backlog.html`);
  const embedded = await page.evaluate(valuesOfRows);
  return { acts, problems, choices: Object.fromEntries(choices), names, embedded, roadmap, only };
}

/** The rows that are to be seen, by section, what is said of them, and the address. */
function shown() {
  const sections = [...document.querySelectorAll(".group")].map((group) => {
    const rows = [...group.querySelectorAll("table.backlog > tbody > tr")].filter((row) => !row.hidden);
    return [group.id, group.hidden, rows.map((row) => row.id)];
  });
  const heads = [...document.querySelectorAll("#Ordered thead [aria-sort]")];
  return {
    sections,
    said: document.querySelector("form.filter output").textContent,
    sorted: heads.map((head) => [head.textContent, head.getAttribute("aria-sort")]),
    query: location.search,
  };
}

/** What each row of the table says, by column. */
function valuesOfRows() {
  return [...document.querySelectorAll("table.backlog > tbody > tr")].map((row) => [
    row.id,
    Object.fromEntries([...row.querySelectorAll("[data-column]")].map((cell) => [cell.dataset.column, cell.dataset.value ?? cell.textContent])),
  ]);
}

/** In what two backlogs differ that must be equal. */
function differences(plain, other) {
  const problems = [];
  const compare = (what, a, b) => JSON.stringify(a) !== JSON.stringify(b) && problems.push(`${what}: ${JSON.stringify(b)}, not ${JSON.stringify(a)}`);
  compare("what can be chosen", plain.choices, other.choices);
  for (const [act, state] of plain.acts) if (!other.only || other.acts.has(act)) compare(act, state, other.acts.get(act) ?? null);
  const known = ([row, values]) => [row, Object.fromEntries(COLUMNS.map((name) => [name, values[name]]))];
  compare("the embedded backlog", plain.embedded.map(known), other.embedded.map(known));
  return problems;
}

/** Where a backlog shows other rows than its plan has, or in another order. */
function wrong({ acts, choices, names, embedded, roadmap }) {
  const problems = [];
  const slug = ({ address }) => `item-${address.replace(/^items\/|\.html$/g, "")}`;
  const items = new Map(roadmap.items.map((item) => [slug(item), item]));
  const rows = (act) => acts.get(act)?.sections.flatMap(([, , rows]) => rows) ?? [];
  const expect = (act, fits) => {
    const wanted = rows("at first").filter((row) => fits(items.get(row)));
    if (wanted.length === 0 || wanted.length === items.size) problems.push(`${act}: it would show nothing, or all`);
    if (JSON.stringify(rows(act)) !== JSON.stringify(wanted)) problems.push(`${act}: ${rows(act).length} rows, not ${wanted.length}`);
    if (acts.get(act).said !== `${wanted.length} of ${items.size} items`) problems.push(`${act}: it says ${acts.get(act).said}`);
  };
  const name = (list, id) => list.find((one) => one.id === id)?.title;
  const of = {
    state: (item, label) => item.state === label.toLowerCase(),
    theme: (item, label) => name(roadmap.themes, item.themes[0]) === label,
    owner: (item, label) => item.owners.includes(label),
  };
  for (const [field, options] of Object.entries(choices)) {
    if (options.length < 3) problems.push(`${field}: there is nothing to choose`);
    for (const [, label] of options.slice(1)) expect(`${field}: ${label}`, (item) => of[field](item, label));
  }
  expect("ready only", (item) => item.ready);
  if (rows("at first").length !== items.size) problems.push("at first: not every item has a row");
  if (JSON.stringify(rows("cleared")) !== JSON.stringify(rows("at first"))) problems.push("cleared: not all are shown again");
  if (rows("ready only, and: no such words").length > 0) problems.push("words that nothing has: something is shown");

  if (JSON.stringify(names) !== JSON.stringify(COLUMNS)) problems.push(`the columns are ${names}`);
  const value = {
    rank: (item) => item.rank ?? Infinity,
    item: (item) => item.title,
    state: (item) => item.state,
    ready: (item) => (["ready", "blocked", "waiting"].includes(item.readiness) ? item.readiness : ""),
    score: (item) => -(item.score ?? -Infinity),
    theme: (item) => name(roadmap.themes, item.themes[0]) ?? "",
    owner: (item) => item.owners.join(", "),
  };
  for (const column of COLUMNS) {
    const [first, second, third] = ["first", "second", "third"].map((press) => acts.get(`sort by ${column}, ${press} press`));
    for (const [id, , rows] of first?.sections ?? []) {
      const values = rows.map((row) => value[column](items.get(row)));
      const rises = (a, b) => (typeof a === "number" ? a <= b : a.localeCompare(b, undefined, { sensitivity: "base" }) <= 0);
      if (!values.every((one, at) => at === 0 || rises(values[at - 1], one))) problems.push(`sort by ${column}: ${id} is in another order`);
    }
    const orders = [first, second].map((act) => JSON.stringify(act?.sections));
    if (orders[0] === orders[1]) problems.push(`sort by ${column}: a second press changes nothing`);
    if (JSON.stringify(third?.sections) !== JSON.stringify(acts.get("at first").sections)) problems.push(`sort by ${column}: no way back`);
    if (first?.sorted.length !== 1 || third?.sorted.length !== 0) problems.push(`sort by ${column}: the header does not say so`);
  }
  if (embedded.length === 0) problems.push("the embedded backlog is empty");
  return problems;
}

/** Whether the column that was added is sorted by. */
function unsorted({ acts, roadmap }) {
  const effort = new Map(roadmap.items.map((item) => [`item-${item.address.replace(/^items\/|\.html$/g, "")}`, item.inputs.effort ?? Infinity]));
  const [, , rows] = acts.get("sort by effort, first press")?.sections.find(([id]) => id === "Ordered") ?? [null, null, []];
  const values = rows.map((row) => effort.get(row));
  const rises = values.every((value, at) => at === 0 || values[at - 1] <= value);
  return rises && new Set(values).size > 2 ? [] : [`efforts in this order: ${values}`];
}
