// Roadbook on real plans that nobody wrote for it, compared with what an independent count of each plan found (`facts.json`).
// node corpora.mjs CORPORA: a folder with one folder for each plan. Nothing of it is copied into the repository.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Report } from "./report.mjs";
import { files } from "./site.mjs";

const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const TARGET = resolve(REPOSITORY, process.env.CARGO_TARGET_DIR ?? "target");
const ROADBOOK = join(TARGET, "release/roadbook");

/** Lays the plan and our configuration for it into a project of its own, and asks Roadbook for everything it knows. */
function read(corpora, name, folder) {
  const project = join(TARGET, "corpora", name);
  const site = join(TARGET, "corpora", `${name}-site`);
  rmSync(project, { recursive: true, force: true });
  rmSync(site, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  cpSync(join(corpora, name, folder), join(project, folder), { recursive: true });
  cpSync(join(REPOSITORY, "tests/corpora", name, "roadbook.yml"), join(project, "roadbook.yml"));
  roadbook(["build", project, "-d", site]);
  return {
    facts: factsOf(corpora, name),
    diagnostics: JSON.parse(roadbook(["check", project, "--format", "json"])).diagnostics,
    items: JSON.parse(roadbook(["list", project, "--format", "json", "--all"])).items,
    plan: JSON.parse(readFileSync(join(site, "roadmap.json"), "utf8")),
    pages: files(site).filter((address) => /^items\/.*\.html$/.test(address)),
  };
}

/** What an independent count found. */
function factsOf(corpora, name) {
  return JSON.parse(readFileSync(join(corpora, name, "facts.json"), "utf8"));
}

/** Standard output. A plan with mistakes makes exit code 1, which is right here; anything else is a failure of the program. */
function roadbook(args) {
  const run = spawnSync(ROADBOOK, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0 && run.status !== 1) {
    throw new Error(`roadbook ${args.join(" ")}: ${run.error ?? `exit code ${run.status ?? run.signal}`}\n${run.stderr}`);
  }
  return run.stdout;
}

function backlogMd(report, corpora) {
  const { facts, diagnostics, items, plan, pages } = read(corpora, "backlog-md", "backlog");
  const same = (what, found, expected) => report.add("backlog-md", what, difference(found, expected));
  const losers = new Set(facts.duplicate_ids.map(([, , second]) => `backlog/${second}`));
  const unique = items.filter(({ path }) => !losers.has(path));
  const of = (code) => diagnostics.filter((diagnostic) => diagnostic.code === code);

  same("items", items.length, facts.files);
  same("a file behind each item", new Set(items.map(({ path }) => path)).size, facts.files);
  same("a page for each file", pages.length >= facts.files, true);
  same("ids of the files that win", new Set(unique.map(({ id }) => id)).size, facts.items);
  same("states", count(unique.map(({ state }) => state)), facts.stage_counts_unique_items);

  const pairs = new Map(facts.duplicate_ids.map(([id, ...paths]) => [id, paths.map((path) => `backlog/${path}`)]));
  same("duplicate ids", of("duplicate-id").length, pairs.size);
  const places = of("duplicate-id").map(({ path }) => [...pairs].find(([, paths]) => paths.includes(path))?.[0] ?? path);
  same("places of duplicate ids", places.sort(), [...pairs.keys()].sort());

  // The facts count lines from the one after `---`, and name only the first mistake of a file.
  const first = new Map();
  for (const { path, line } of of("invalid-yaml")) first.set(path, Math.min(line, first.get(path) ?? Infinity));
  const lines = facts.invalid_yaml.map(({ file, error }) => `backlog/${file}:${Number(/line (\d+)/.exec(error)[1]) + 1}`);
  same("invalid YAML", [...first].map(([path, line]) => `${path}:${line}`).sort(), lines.sort());

  const graph = facts.graph;
  const dangling = graph.dangling.map(({ from_, ref }) => [items.find(({ id }) => id === from_)?.path, `\`${ref}\``]);
  const reported = of("unknown-dependency");
  const unseen = dangling.filter(([path, ref]) => !reported.some((found) => found.path === path && found.message.includes(ref)));
  same("dangling dependencies", reported.length, graph.edges_dangling);
  same("dangling dependencies that nobody reports", unseen, []);
  same("dependencies", edges(plan, new Set(unique.map(({ id }) => id))).size, graph.edges_unique_resolved);
  same("cycles", of("dependency-cycle").length, graph.cycle_count);
  const open = unique.filter(({ state }) => !["done", "dropped"].includes(state));
  same("open items", open.length, graph.open_items);
  same("blocked items", open.filter(waits(unique)).map(({ id }) => id).sort(), graph.blocked);
}

function tekton(report, corpora) {
  const { facts, diagnostics, items, plan, pages } = read(corpora, "tekton", "teps");
  const same = (what, found, expected) => report.add("tekton", what, difference(found, expected));
  const idOf = (path) => `TEP-${/(\d{4})[^/]*$/.exec(path)[1]}`;

  same("items", items.length, facts.items);
  same("pages", pages.length >= facts.items, true);
  same("ids", items.filter(({ id, path }) => id !== idOf(path)).map(({ id, path }) => `${path}: ${id}`), []);
  same("states", count(items.map(({ state }) => state)), facts.stage_counts);

  const byId = new Map(plan.items.map((item) => [item.id, item]));
  const written = items.flatMap(({ id, path }) => seeAlso(join(corpora, "tekton", path)).map((to) => [id, to]));
  same("see-also as written", written.length, facts.see_also.total);
  const linked = written.filter(([id, to]) => ids(byId.get(id)?.relates).includes(to));
  same("see-also as linked", linked.length, facts.see_also.resolved);
  const superseded = facts.superseded_by.filter(([id, , by]) => ids(byId.get(`TEP-${by}`)?.supersedes).includes(`TEP-${id}`));
  same("superseded", superseded.length, facts.superseded_by.length);
  const fatal = diagnostics.filter(({ severity }) => severity === "error").map(({ path, line, message }) => `${path}:${line}: ${message}`);
  same("errors", fatal, []);
}

/** Each id of the facts' graph with how many items depend on it, at first hand and in all, as Roadbook's own edges have it. */
function dependents(pairs, ids) {
  const direct = new Map();
  for (const [from, to] of pairs) direct.set(to, [...(direct.get(to) ?? []), from]);
  return ids.map((id) => {
    const seen = new Set();
    for (const queue = [id]; queue.length > 0; ) {
      for (const from of direct.get(queue.pop()) ?? []) {
        if (!seen.has(from)) queue.push(from);
        seen.add(from);
      }
    }
    return `${id}: ${direct.get(id)?.length ?? 0} of ${seen.size}`;
  });
}

function darkHarness(report, corpora) {
  const { facts, items, plan, pages } = read(corpora, "dark-harness", "tracking");
  const same = (what, found, expected) => report.add("dark-harness", what, difference(found, expected));
  const { graph, stage_counts: stages } = facts;
  const known = new Set(items.map(({ id }) => id));

  same("items", items.length, facts.items);
  same("pages", pages.length >= facts.items, true);
  // A closed ticket's resolution is not read: what was dropped counts as done.
  const { dropped, ...rest } = stages;
  same("states", count(items.map(({ state }) => state)), { ...rest, done: stages.done + dropped });
  same("titles without their ids", items.filter(({ id, title }) => title.includes(id)).map(({ id }) => id), []);

  // One of the prose blockers names a ticket ("same as DH-0049"), which is a dependency; all the words are waited for besides.
  const named = facts.blocked_by_prose.map(([id, words]) => [id, /DH-\d{4}/.exec(words)?.[0]]).filter(([, on]) => on);
  same("dependencies", edges(plan, known).size, graph.edges_unique_resolved + named.length);
  same("blocked items", blocked(items), [...graph.blocked, ...named.map(([id]) => id)].sort());
  const words = items.flatMap(({ id, waiting_for }) => waiting_for.map((wait) => `${id}: ${wait.words}`));
  same("waits in the author's words", words.sort(), facts.blocked_by_prose.map(([id, text]) => `${id}: ${text}`).sort());
  same("supersedes", facts.supersedes.filter(([id, old]) => !ids(items.find((item) => item.id === id).supersedes).includes(old)), []);
}

function cosmosIbc(report, corpora) {
  const { facts, diagnostics, items, plan } = read(corpora, "cosmos-ibc", "spec");
  const same = (what, found, expected) => report.add("cosmos-ibc", what, difference(found, expected));
  const graph = facts.graph;
  const pairs = [...edges(plan, new Set(items.map(({ id }) => id)))].map((pair) => pair.split(" "));
  const most = [...graph.top_direct, ...graph.top_transitive];

  same("items", items.length, facts.items);
  same("states", count(items.map(({ state }) => state)), { idea: facts.items });
  same("dependencies", pairs.length, graph.edges_unique_resolved);
  same("what blocks others", most.map(({ id, direct, transitive }) => `${id}: ${direct} of ${transitive}`), dependents(pairs, most.map(({ id }) => id)));
  same("blocked items", blocked(items), [...graph.blocked].sort());
  same("unknown dependencies", diagnostics.filter(({ code }) => code === "unknown-dependency"), []);
  same("categories", count(items.flatMap(({ themes }) => themes.map((theme) => theme.title ?? theme))), facts.category);
}

function otelProjects(report, corpora) {
  const { facts, items } = read(corpora, "otel-projects", "projects");
  const same = (what, found, expected) => report.add("otel-projects", what, difference(found, expected));
  const title = ({ path }) => facts.titles[path.replace(/^projects\//, "").replace(/\.md$/, "")];

  same("items", items.length, facts.items);
  same("states by their folders", count(items.map(({ state }) => state)), facts.stage_counts);
  same("titles", items.filter((item) => (title(item) ?? item.title) !== item.title).map(({ path }) => path), []);
}

/** A plan whose items say nothing in front matter: each is of unknown state, and one finding says for all where its files have it. */
function silent(report, corpora, name, folder, expected, form) {
  const { diagnostics, items } = read(corpora, name, folder);
  const same = (what, found, wanted) => report.add(name, what, difference(found, wanted));
  const found = diagnostics.filter(({ code }) => code === "missing-status");

  same("items", items.length, expected);
  same("states", count(items.map(({ state }) => state)), { unknown: expected });
  same("ready items", items.filter(({ ready }) => ready).map(({ id }) => id), []);
  same("findings about status", found.map(({ message }) => message), [`none of these ${expected} items says a status that is read; ${form}`]);
}

/** Items that wait for another one, by what Roadbook says of them. */
function blocked(items) {
  return items.filter(({ readiness }) => readiness === "blocked").map(({ id }) => id).sort();
}

/** The references under `see-also:` of a file, read without any YAML parser. */
function seeAlso(path) {
  const list = /^see-also:\n((?:\s*- .*\n)*)/m.exec(readFileSync(path, "utf8").split(/^---$/m)[1])?.[1] ?? "";
  return [...list.matchAll(/TEP-\d{4}/g)].map(([id]) => id);
}

/** The dependencies among `known` ids, each once. */
function edges(plan, known) {
  const pairs = plan.items.flatMap(({ id, depends_on }) => ids(depends_on).map((to) => [id, to]));
  return new Set(pairs.filter(([id, to]) => known.has(id) && known.has(to)).map((pair) => pair.join(" ")));
}

/** Whether an item waits for one that exists; a dependency that nothing answers to is counted apart. */
function waits(items) {
  const known = new Set(items.map(({ id }) => id));
  return ({ blocked_by }) => ids(blocked_by).some((id) => known.has(id));
}

/** References may be written as ids or as objects that hold one. */
function ids(references) {
  return (references ?? []).map((reference) => reference.id ?? reference);
}

function count(words) {
  const counts = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function difference(found, expected) {
  const text = (value) => JSON.stringify(Array.isArray(value) ? value : typeof value === "object" ? Object.entries(value).sort() : value);
  if (text(found) === text(expected)) return [];
  if (!Array.isArray(found) || !Array.isArray(expected)) return [`found ${text(found)}, expected ${text(expected)}`];
  const missing = expected.filter((entry) => !found.includes(entry)).map((entry) => `missing: ${entry}`);
  const extra = found.filter((entry) => !expected.includes(entry)).map((entry) => `not expected: ${entry}`);
  return [`found ${found.length}, expected ${expected.length}`, ...missing, ...extra];
}

const corpora = process.argv[2];
const names = ["backlog-md", "cosmos-ibc", "dark-harness", "kubernetes-enhancements", "otel-projects", "rust-goals-2025h2", "tekton"];
for (const name of names) {
  if (!corpora || !statSync(join(corpora, name, "facts.json"), { throwIfNoEntry: false })) {
    console.error(`usage: node corpora.mjs CORPORA (a folder with ${name}/facts.json)`);
    process.exit(2);
  }
}
const root = resolve(corpora);
const report = new Report();
backlogMd(report, root);
tekton(report, root);
cosmosIbc(report, root);
darkHarness(report, root);
otelProjects(report, root);
const texts = factsOf(root, "kubernetes-enhancements");
silent(report, root, "kubernetes-enhancements", "keps", texts.items - texts.without_readme.length, "a `kep.yaml`, which is not read, lies beside each of them");
silent(report, root, "rust-goals-2025h2", "src", factsOf(root, "rust-goals-2025h2").goals, "each of them says it in a table");
report.end();
