// Can the tests fail? Each mutant of tests/mutants/*.txt breaks the program in one small way, and the tests named with it must see it.
//
//   node tests/tools/mutants.mjs                every mutant
//   node tests/tools/mutants.mjs preview        those of tests/mutants/preview.txt
//   node tests/tools/mutants.mjs --touched      those of files that differ from the main branch, or are not committed
//
// A mutant is written as
//
//   //- what is broken | the tests that must see it
//   src/the/file.rs
//   - what stands there, exactly once; an expression or whole statements
//   + what stands there instead
//
// with more files and hunks below where it needs them. All of them are built into one copy of the program, which keeps its sound form
// unless the environment variable MUTANT names one.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { allowEverything } from "./copy.mjs";
import { each } from "./each.mjs";
import { Report } from "./report.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
const TREE = join(TARGET, "mutants");
const MUTANTS = join(ROOT, "tests/mutants");
/** How long a test may take that a mutant has broken, in ms, and how many times as long as with the sound program: one that never ends failed. */
const PATIENCE = 180_000;
const TIMES = 20;
/** What is broken shows in few random plans. */
const FEW = { AUDIENCE_PLANS: "30", CONSERVATION_PLANS: "30" };
const SWITCH = `
/// The mutant that this run is.
#[doc(hidden)]
pub fn mutant(name: &str) -> bool {
    static NAME: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| std::env::var("MUTANT").unwrap_or_default());
    *NAME == name
}
`;

function read(file) {
  const mutants = [];
  let hunk;
  let path;
  for (const line of readFileSync(join(MUTANTS, file), "utf8").split("\n")) {
    if (line.startsWith("//- ")) {
      const [what, tests] = line.slice(4).split(" | ");
      mutants.push({ name: `${basename(file, ".txt")}-${mutants.length + 1}`, file, what, tests: tests.split(" "), hunks: [] });
      hunk = undefined;
    } else if (line.startsWith("- ")) {
      if (!hunk || hunk.after.length > 0) mutants.at(-1).hunks.push((hunk = { path, before: [], after: [] }));
      hunk.before.push(line.slice(2));
    } else if (line.startsWith("+ ")) {
      hunk.after.push(line.slice(2));
    } else if (line !== "") {
      path = line;
      hunk = undefined;
    }
  }
  return mutants;
}

/** Puts every mutant beside what it replaces. */
function plant(mutants) {
  for (const { name, what, hunks } of mutants) {
    if (hunks.length === 0) throw new Error(`"${what}" changes nothing`);
    for (const { path, before, after } of hunks) {
      const file = join(TREE, path);
      const text = readFileSync(file, "utf8");
      const old = before.join("\n");
      const parts = text.split(old);
      if (parts.length !== 2) throw new Error(`"${what}": ${path} has ${parts.length - 1} times: ${old}`);
      // Statements stand in blocks, expressions in parentheses.
      const home = path.startsWith("src/cli/") ? "roadbook" : "crate";
      const choice = old.endsWith(";")
        ? `if ${home}::mutant("${name}") {\n${after.join("\n")}\n} else {\n${old}\n}`
        : `(if ${home}::mutant("${name}") { ${after.join("\n")} } else { ${old} })`;
      writeFileSync(file, parts.join(choice));
    }
  }
  appendFileSync(join(TREE, "src/lib.rs"), SWITCH);
}

function build() {
  const args = ["test", "--locked", "--quiet", "--no-run", "--test", "suite", "--message-format", "json"];
  const env = { ...process.env, CARGO_TARGET_DIR: TARGET };
  const { status, stdout } = spawnSync("cargo", args, { cwd: TREE, env, stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 30 });
  const messages = stdout.toString().split("\n").filter(Boolean).map((line) => JSON.parse(line));
  if (status !== 0) {
    for (const { message } of messages) if (message?.level === "error") console.error(message.rendered);
    throw new Error("the copy with the mutants does not build");
  }
  return messages.find(({ executable, target }) => executable && target.name === "suite").executable;
}

/** The files that differ from where this branch left the main one, and those that are not committed. */
function touched() {
  const git = (...args) => {
    const { status, stdout } = spawnSync("git", args, { cwd: ROOT, encoding: "utf8" });
    return status === 0 ? stdout.split("\n").filter(Boolean) : undefined;
  };
  const main = ["origin/HEAD", "origin/main", "main", "master"].find((name) => git("rev-parse", "--verify", "--quiet", `${name}^{commit}`));
  const base = main && git("merge-base", "HEAD", main)?.[0];
  if (!base) throw new Error("--touched compares with the main branch, and git knows none: name the files of tests/mutants/ instead, or none for all");
  return new Set([...git("diff", "--name-only", "--no-renames", base), ...git("ls-files", "--others", "--exclude-standard")]);
}

/** Whether a mutant stands in a touched file, or its own text was touched. */
function isTouched(mutant, files) {
  return mutant.hunks.some(({ path }) => files.has(path)) || files.has(`tests/mutants/${mutant.file}`);
}

/** What runs, and where it may write. Tests start servers, so each is a group of processes, of which nothing is left when it is stopped. */
const running = new Set();
const SCRATCH = mkdtempSync(join(tmpdir(), "roadbook-mutants-"));
// Some tests act as somebody else in it.
chmodSync(SCRATCH, 0o755);
const stop = ({ pid }) => {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {} // It has ended.
};
process.on("exit", () => {
  running.forEach(stop);
  rmSync(SCRATCH, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

/** The tests that words name: each is part of a test's name. */
function testsOf(program, words) {
  const { stdout } = spawnSync(program, ["--list", "--format", "terse", ...words], { cwd: TREE, encoding: "utf8", maxBuffer: 1 << 28 });
  return stdout.split("\n").flatMap((line) => /^(.*): test$/.exec(line)?.[1] ?? []);
}

/** How the tests went: "passed", "failed", or what else happened. One that fails is enough: nobody waits for the others. */
async function test(program, tests, name, timeout) {
  const env = { ...process.env, ...FEW, MUTANT: name, TMPDIR: SCRATCH };
  const child = spawn(program, tests, { cwd: TREE, env, stdio: ["ignore", "pipe", "ignore"], detached: true });
  running.add(child);
  const timer = timeout && setTimeout(() => stop(child), timeout);
  let said = "";
  child.stdout.on("data", (data) => {
    said += data;
    if (/^test .* \.\.\. FAILED$/m.test(said)) stop(child);
  });
  const [status, signal] = await once(child, "close");
  clearTimeout(timer);
  running.delete(child);
  if (signal !== null) return "failed";
  const [, passed, failed] = /test result: \w+\. (\d+) passed; (\d+) failed/.exec(said) ?? [];
  if (status === 0 && passed > 0) return "passed";
  return status !== 0 && failed > 0 ? "failed" : `ended with ${status} and ${passed ?? "no"} tests`;
}

const wanted = process.argv.slice(2).filter((word) => word !== "--touched");
const files = readdirSync(MUTANTS).filter((file) => wanted.length === 0 || wanted.includes(basename(file, ".txt"))).sort();
const all = files.flatMap(read);
const changed = process.argv.includes("--touched") ? touched() : undefined;
const mutants = changed ? all.filter((mutant) => isTouched(mutant, changed)) : all;
if (changed && mutants.length === 0) {
  console.log(`no mutant run: none of ${all.length} stands in a touched file (${changed.size} touched)`);
  console.log("0 passed, 0 failed");
  process.exit(0);
}

rmSync(TREE, { recursive: true, force: true });
mkdirSync(TREE, { recursive: true });
for (const part of ["Cargo.toml", "Cargo.lock", "build.rs", "src", "themes", "example-site", "tests", "docs", "benches", "README.md"]) {
  const skip = (path) => !path.includes("node_modules");
  if (existsSync(join(ROOT, part))) cpSync(join(ROOT, part), join(TREE, part), { recursive: true, filter: skip, preserveTimestamps: true });
}
allowEverything(TREE);
plant(mutants);
const program = build();

const report = new Report();
const timed = async (tests, name, timeout) => {
  const begin = performance.now();
  const result = await test(program, tests, name, timeout);
  return [result, performance.now() - begin];
};
// Words that name tests often name some of the same, so each test runs once with the sound program.
const suites = [...new Set(mutants.map((mutant) => mutant.tests.join(" ")))];
const named = new Map(suites.map((words) => [words, testsOf(program, words.split(" "))]));
const tests = [...new Set([...named.values()].flat())];
const sound = new Map();
await each(tests, availableParallelism(), async (name) => sound.set(name, await timed(["--exact", name], "")));
const took = new Map();
for (const words of suites) {
  const own = named.get(words).map((name) => [name, ...sound.get(name)]);
  took.set(words, own.reduce((sum, [, , time]) => sum + time, 0));
  const problems = own.filter(([, result]) => result !== "passed").map(([name, result]) => `${name} ${result}`);
  report.add("the sound program passes", words, own.length > 0 ? problems : ["names no test"]);
}
const broken = await each(mutants, availableParallelism(), async ({ name, what, tests }) => {
  const [result, time] = await timed(tests, name, Math.max(PATIENCE, TIMES * took.get(tests.join(" "))));
  console.log(`${(time / 1000).toFixed(1).padStart(6)} s  ${name}: ${what}`);
  return result;
});
mutants.forEach(({ what, tests }, at) => {
  report.add("a mutant is seen", what, broken[at] === "failed" ? [] : [`${tests.join(" ")} ${broken[at]}`]);
});
report.end();
