// How many files does it take to add something? Each file of tests/recipes/ is such a change, whole: a field, a kind of page, a scoring
// framework. All of them are made in one copy of the project, which must build and pass the tests that hold lists complete; the files of
// each, but for plans of the tests that have every field, are counted against what its first line and CONTRIBUTING.md promise; and with one file left out a test must name what is missing.
//
//   node tests/tools/recipes.mjs
//
// A recipe is written as a mutant is (see mutants.mjs); lines that begin with `=` are those of a file that is new.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compileSoon } from "./copy.mjs";
import { Report } from "./report.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
// Not below the project: the copy is to be a project of its own.
const TREE = join(tmpdir(), "roadbook-recipes");
const RECIPES = join(ROOT, "tests/recipes");
/** The tests that hold lists complete. */
const TESTS = ["docs::", "record::", "schema::", "structure::", "score::tables", "config::"];

function read(file) {
  const [first, ...lines] = readFileSync(join(RECIPES, file), "utf8").split("\n");
  const [what, count] = first.slice(4).split(" | ");
  const hunks = new Map();
  let path;
  for (const line of lines) {
    const kind = /^[-+=] /.test(line) || line === "=" ? line[0] : "";
    if (kind === "" && line !== "") hunks.set((path = line), hunks.get(line) ?? []);
    if (kind === "") continue;
    const own = hunks.get(path);
    if (kind === "-" && (own.length === 0 || own.at(-1).after.length > 0)) own.push({ before: [], after: [] });
    if (kind === "=" && own.length === 0) own.push({ after: [] });
    (kind === "-" ? own.at(-1).before : own.at(-1).after).push(line.slice(2));
  }
  return { file, what, count: Number(count), hunks };
}

/** Makes the changes of a recipe to one file; says what does not fit. */
function apply(path, hunks) {
  const place = join(TREE, path);
  if (hunks.some(({ before }) => !before)) {
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, `${hunks[0].after.join("\n")}\n`);
    return [];
  }
  let text = readFileSync(place, "utf8");
  const problems = [];
  for (const { before, after } of hunks) {
    const old = before.join("\n");
    const times = text.split(old).length - 1;
    if (times !== 1) problems.push(`${path} has ${JSON.stringify(old)} ${times} times`);
    text = text.replace(old, () => after.join("\n"));
  }
  writeFileSync(place, text);
  return problems;
}

function cargo(args, env = {}) {
  const run = spawnSync("cargo", args, {
    cwd: TREE,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, CARGO_TARGET_DIR: TARGET, ...env },
  });
  return { ok: run.status === 0, text: `${run.stdout}${run.stderr}` };
}

const test = (names, env) => cargo(["test", "--locked", "--quiet", "--test", "suite", "--", ...names], env);
const end = (text) => text.split("\n").slice(-40);

const report = new Report();
rmSync(TREE, { recursive: true, force: true });
const left = new Set([".git", "target", "node_modules", "_site"]);
const filter = (path) => !left.has(basename(path));
for (const name of readdirSync(ROOT).filter((name) => filter(name) && resolve(ROOT, name) !== TARGET)) {
  cpSync(join(ROOT, name), join(TREE, name), { recursive: true, filter });
}
compileSoon(TREE);

const recipes = readdirSync(RECIPES).sort().map(read);
const promises = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
const WORDS = ["no", "one", "two", "three", "four", "five", "six"];
for (const { what, count, hunks } of recipes) {
  report.add(what, "fits the sources", [...hunks].flatMap(([path, own]) => apply(path, own)));
  const touched = [...hunks.keys()].filter((path) => !path.startsWith("tests/"));
  report.add(what, `is in ${count} files`, touched.length <= count ? [] : [touched.join(", ")]);
  const said = promises.includes(`${WORDS[count]} files`);
  report.add(what, "is as CONTRIBUTING.md promises", said ? [] : [`it says nothing of ${WORDS[count]} files`]);
}

const built = cargo(["build", "--locked", "--quiet", "--tests", "--bins"]);
report.add("all of them", "build", built.ok ? [] : end(built.text));
if (built.ok) {
  const written = test(["docs::views"], { UPDATE_EXPECT: "1" });
  report.add("all of them", "write the document of the views", written.ok ? [] : end(written.text));
  const passed = test(TESTS);
  report.add("all of them", "pass the tests that hold lists complete", passed.ok ? [] : end(passed.text));
  for (const [path, name, tests] of [["docs/front-matter.md", "risk", ["docs::", "record::"]]]) {
    writeFileSync(join(TREE, path), readFileSync(join(ROOT, path)));
    const failed = test(tests);
    const names = failed.text.includes(name);
    report.add(`without ${path}`, "a test fails and says which", !failed.ok && names ? [] : end(failed.text));
  }
}
rmSync(TREE, { recursive: true, force: true });
report.end();
