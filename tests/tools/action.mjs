// The scripts of action.yml, run as a runner runs them: installing from a release that lies in a folder, and building a plan.
// node action.mjs ROADBOOK

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Report } from "./report.mjs";

const ROOT = resolve(fileURLToPath(import.meta.url), "../../..");
const VERSION = /^version = "(.*)"$/m.exec(readFileSync(join(ROOT, "Cargo.toml"), "utf8"))[1];
const TARGET = "x86_64-unknown-linux-gnu";
const MACHINE = { RUNNER_OS: "Linux", RUNNER_ARCH: "X64" };

const program = process.argv[2] && resolve(process.argv[2]);
if (!program || !existsSync(program)) {
  console.error("usage: node action.mjs ROADBOOK");
  process.exit(2);
}
const report = new Report();
const folder = mkdtempSync(join(tmpdir(), "roadbook-action-"));

/** Runs a script of the action; gives its exit code, what it said, and what it wrote to the files of the runner. */
function script(name, environment, { path = process.env.PATH } = {}) {
  const runner = mkdtempSync(join(folder, "runner-"));
  const file = (name) => (existsSync(join(runner, name)) ? readFileSync(join(runner, name), "utf8") : "");
  const env = { PATH: path, HOME: runner, RUNNER_TEMP: runner, GITHUB_WORKSPACE: ROOT, CALLED: join(runner, "called"), ...environment };
  for (const [variable, name] of [["OUTPUT", "output"], ["STEP_SUMMARY", "summary"], ["PATH", "path"]]) env[`GITHUB_${variable}`] = join(runner, name);
  const ran = spawnSync("bash", [join(ROOT, ".github/action", name)], { env, cwd: ROOT, encoding: "utf8" });
  return { code: ran.status, said: ran.stdout + ran.stderr, output: file("output"), summary: file("summary"), called: file("called") };
}

/** One check: what is true of an outcome, by name. */
function check(name, where, ran, truths) {
  const problems = Object.entries(truths).filter(([, holds]) => !holds).map(([what]) => `not so: ${what}`);
  report.add(name, where, problems.length ? [...problems, `exit code ${ran.code}`, ...JSON.stringify(ran).split("\\n")] : []);
}

/** A release in a folder: the archive of one target with what `change` does to it, and the sums. */
function release(name, { sums = (text) => text, inside = program } = {}) {
  const releases = join(folder, name);
  const at = join(releases, `v${VERSION}`);
  const archive = `roadbook-${VERSION}-${TARGET}`;
  mkdirSync(join(at, archive), { recursive: true });
  copyFileSync(inside, join(at, archive, "roadbook"));
  chmodSync(join(at, archive, "roadbook"), 0o755);
  execFileSync("tar", ["-czf", `${archive}.tar.gz`, archive], { cwd: at });
  const sum = createHash("sha256").update(readFileSync(join(at, `${archive}.tar.gz`))).digest("hex");
  writeFileSync(join(at, "SHA256SUMS"), sums(`${"0".repeat(64)}  roadbook-other.tar.gz\n${sum}  ${archive}.tar.gz\n`));
  return { ...MACHINE, ROADBOOK_RELEASES: pathToFileURL(releases).href };
}

/** A cargo that compiles nothing: it writes down what it is asked for, and puts a program where it would. */
function fakeCargo() {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "cargo"), `#!/bin/sh
printf '%s\\n' "$*" >"$CALLED"
while [ "$1" != --root ]; do shift; done
mkdir -p "$2/bin" && printf '#!/bin/sh\\necho roadbook compiled\\n' >"$2/bin/roadbook" && chmod +x "$2/bin/roadbook"
`);
  chmodSync(join(bin, "cargo"), 0o755);
  return `${bin}:${process.env.PATH}`;
}

function installing() {
  const path = fakeCargo();
  const install = (environment) => script("install.sh", environment, { path });
  const sound = release("sound");

  let ran = install(sound);
  check("the action installs", "a release that fits", ran, {
    "it ends well": ran.code === 0,
    "it names the program": /^roadbook=.*\/roadbook-[\d.]+-x86_64-unknown-linux-gnu\/roadbook\n$/.test(ran.output),
    "it compiles nothing": ran.called === "",
    "it says the version": ran.said.includes(`roadbook ${VERSION} in `),
  });
  ran = install({ ...sound, ROADBOOK_VERSION: `v${VERSION}` });
  check("the action installs", "a version with its v", ran, { "it ends well": ran.code === 0, "it compiles nothing": ran.called === "" });

  const another = (text) => text.replace(/^[0-9a-f]{64}(?=  roadbook-\d)/m, "1".repeat(64));
  ran = install(release("changed", { sums: another }));
  check("the action installs nothing", "an archive that is not what its sum says", ran, {
    "it fails": ran.code === 2,
    "it says why": /::error.* is not what SHA256SUMS says/.test(ran.said),
    "it does not work around it": ran.called === "" && ran.output === "",
  });
  for (const [what, environment, words] of [
    ["no release at all", { ...MACHINE, ROADBOOK_RELEASES: pathToFileURL(join(folder, "none")).href }, /there is no release of/],
    ["no release for this machine", { ...sound, RUNNER_ARCH: "RISCV" }, /no release for this machine/],
    ["a release without this machine's", release("less", { sums: (text) => text.split("\n")[0] + "\n" }), /has nothing for/],
    ["no repository to ask", MACHINE, /no repository to ask/],
    ["a program that does not start here", release("alien", { inside: join(ROOT, "Cargo.toml") }), /does not start on this machine/],
    ["the source is asked for", { ...sound, ROADBOOK_VERSION: "source" }, /asked for the action's own source/],
  ]) {
    ran = install(environment);
    check("the action compiles", what, ran, {
      "it ends well": ran.code === 0,
      "it says why": words.test(ran.said),
      "it compiles this very checkout, locked": ran.called.startsWith("install --locked ") && ran.called.endsWith(` --path ${ROOT}\n`),
    });
  }
  ran = install({ ...MACHINE, ROADBOOK_VERSION: "0.0.7" });
  check("the action compiles", "another version", ran, { "it asks for that one": ran.called.endsWith(" roadbook --version 0.0.7\n") });
  for (const version of ["0.1", "0.1.0; touch x", "$(touch x)", "../../0.1.0", "0.1.0\n--path /"]) {
    ran = install({ ...sound, ROADBOOK_VERSION: version });
    check("the action installs nothing", `the version ${JSON.stringify(version)}`, ran, {
      "it fails": ran.code === 2,
      "it calls nobody": ran.called === "" && ran.output === "",
      "it says so in one line": ran.said.split("\n").filter(Boolean).length === 1,
    });
  }
}

function running() {
  const run = (environment) => script("run.sh", { ROADBOOK: program, ...environment });
  const plan = mkdtempSync(join(folder, "a plan "));
  const put = (path, text) => {
    mkdirSync(dirname(join(plan, path)), { recursive: true });
    writeFileSync(join(plan, path), text);
  };
  put("roadbook.yml", "title: Shed\n");
  put("plan/items/one.md", "---\ntitle: One\n---\n");
  put("plan/items/two.md", "---\ntitle: Two\ndepends_on: [one]\n---\n");

  let ran = run({ ROADBOOK_FOLDER: plan });
  check("the action runs", "a sound plan", ran, {
    "it ends well": ran.code === 0,
    "it gives the outputs": ran.output === `items=2\nerrors=0\nsite=${join(plan, "_site")}\n`,
    "it publishes": existsSync(join(plan, "_site/index.html")),
    "it writes the summary": ran.summary.startsWith("## Roadbook: "),
  });
  ran = run({ ROADBOOK_FOLDER: plan, ROADBOOK_ARGUMENTS: "--dest out --strict" });
  check("the action runs", "arguments on one line", ran, { "it ends well": ran.code === 0, "it heeds them": existsSync(join(plan, "out/index.html")) });
  ran = run({ ROADBOOK_FOLDER: plan, ROADBOOK_ARGUMENTS: "--dest\na folder; touch x\n" });
  check("the action runs", "arguments one a line", ran, {
    "it ends well": ran.code === 0,
    "it takes each as it is": existsSync(join(plan, "a folder; touch x/index.html")) && !existsSync(join(plan, "x")),
  });
  ran = run({ ROADBOOK_FOLDER: plan, ROADBOOK_COMMAND: "list", ROADBOOK_ARGUMENTS: "--format json" });
  check("the action runs", "another command", ran, { "it ends well": ran.code === 0, "it prints": /"kind": "items"/.test(ran.said) });

  put("plan/items/two.md", "---\ntitle: Two\ndepends_on: [two]\n---\n");
  ran = run({ ROADBOOK_COMMAND: "check", ROADBOOK_FOLDER: plan });
  check("the action runs", "a plan with errors", ran, {
    "it fails": ran.code === 1,
    "it counts them": /^errors=[1-9]\d*$/m.test(ran.output),
    "it annotates": ran.said.includes("::error file="),
    "it lists them": ran.summary.includes("### Errors"),
  });
  for (const [what, environment] of [
    ["a command that is none", { ROADBOOK_COMMAND: "build; touch x" }],
    ["a command that is an option", { ROADBOOK_COMMAND: "-C" }],
    ["a folder that is not there", { ROADBOOK_FOLDER: join(plan, "none\n::error::two") }],
  ]) {
    ran = run(environment);
    check("the action runs nothing", what, ran, { "it fails": ran.code === 2, "it says so in an annotation": /^::error title=Roadbook::/m.test(ran.said) });
  }
}

try {
  installing();
  running();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
report.end();
