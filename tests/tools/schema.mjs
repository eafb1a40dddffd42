// Do Roadbook's schemas hold, by a reader that has nothing to do with it? Ajv in strict mode compiles each and is given what the program
// writes, the example and random plans of hostile texts, and what it reads.
//
//   node tests/tools/schema.mjs target/release/roadbook            SCHEMA_PLANS=500 for more plans

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";
import { Report } from "./report.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const EXAMPLE = join(ROOT, "example-site");

/** What is wrong with `value` by `schema`, or with the schema itself. */
export function faults(schema, value) {
  try {
    const ajv = new Ajv({ strict: true, strictRequired: true, allowUnionTypes: true, allErrors: true });
    const validate = ajv.compile(schema);
    if (validate(value)) return [];
    return validate.errors.map(({ instancePath, message, params }) => `${instancePath || "/"} ${message} ${JSON.stringify(params)}`);
  } catch (error) {
    return [`no schema: ${error.message}`];
  }
}

/** A plan of some hostile items, the same for the same seed. */
function plan(seed) {
  let state = seed * 2654435761 + 1;
  const random = (most) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % most;
  };
  const pieces = ["a", "Z", " ", "\0", "\u001b", "\u2028", "\ufeff", '"', "'", "\\", "</script>", "]]>", "=1+1", "-1", "@x", "\t", "\r", "\n", ":", "#", "日", "🚀"];
  const text = () => JSON.stringify(Array.from({ length: 1 + random(6) }, () => pieces[random(pieces.length)]).join(""));
  const one = (...words) => words[random(words.length)];
  const files = {
    "roadbook.yml": `title: ${text()}\nscoring: ${one("value-effort", "rice", "wsjf", "ice", "priority")}\n`,
    "plan/vision.md": `---\ntitle: ${text()}\nneeds: [${text()}, ${text()}]\nreviewed: ${one("2026", "2026-Q1", "2026-03-04")}\n---\n`,
    "plan/themes/t.md": `---\ntitle: ${text()}\noutcomes: [{metric: ${text()}, baseline: 0, target: ${random(9)}, current: 3}]\ninvestment: 30\n---\n`,
  };
  for (let at = 0; at < 2 + random(6); at++) {
    files[`plan/items/i${at}.md`] = `---
title: ${text()}
status: ${one("planned", "done", "active", "dropped", text())}
value: ${random(9)}
effort: ${one("0.125", "3", "XL", "999999999999.999")}
depends_on: [i${random(4)}, ${text()}]
theme: ${one("t", text())}
owner: [${text()}]
target: ${one("2026-H2", "2027-01", "soon")}
x-own: [${text()}, {${text()}: ${text()}}]
---
- [x] ${text()}
`;
  }
  return files;
}

function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function check(report, roadbook) {
  const temporary = mkdtempSync(join(tmpdir(), "roadbook-schema-"));
  const run = (folder, ...args) => {
    const { status, stdout, stderr } = spawnSync(roadbook, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
    // A plan with errors is exported as far as it is right.
    const isExported = args[0] === "export" && status === 1 && stdout !== "";
    if (status !== 0 && !isExported) throw new Error(`roadbook ${args.join(" ")} ended with ${status}: ${stderr}`);
    return stdout;
  };
  try {
    const built = join(temporary, "site");
    run(EXAMPLE, "build", "-d", built, "--quiet");
    const read = (name) => JSON.parse(readFileSync(join(built, name), "utf8"));
    const document = read("roadmap.json");
    const schema = read(document.$schema);
    report.add("the document beside its schema", "example-site", faults(schema, document));
    for (const audience of ["public", "internal"]) {
      report.add("an export", `example-site, ${audience}`, faults(schema, JSON.parse(run(EXAMPLE, "export", "--audience", audience))));
    }
    report.add("a schema for authors", "roadmap", JSON.stringify(schema) === JSON.stringify(JSON.parse(run(EXAMPLE, "schema", "roadmap"))) ? [] : ["another schema"]);
    const config = JSON.parse(run(EXAMPLE, "schema", "config"));
    report.add("a schema for authors", "roadbook.yml", faults(config, parse(readFileSync(join(EXAMPLE, "roadbook.yml"), "utf8"))));
    for (const [what, place] of [["item", "plan/items"], ["theme", "plan/themes"], ["page", "plan/pages"], ["vision", "plan"]]) {
      const own = JSON.parse(run(EXAMPLE, "schema", what));
      const paths = readdirSync(join(EXAMPLE, place), { recursive: what !== "vision" }).filter((path) => path.endsWith(".md"));
      for (const path of paths) {
        const [, fields] = /^---\n([^]*?)\n---/.exec(readFileSync(join(EXAMPLE, place, path), "utf8")) ?? [, ""];
        report.add("a schema for authors", `${place}/${path}`, faults(own, parse(fields)));
      }
      report.add("a schema for authors", `${what}, without a plan`, faults(JSON.parse(run(temporary, "schema", what)), { title: "A" }));
      if (faults(own, { visibility: "nobody" }).length === 0) report.add("a schema for authors", `${what}, of a mistake`, ["it passed"]);
    }
    const plans = Number(process.env.SCHEMA_PLANS ?? 30);
    for (let seed = 1; seed <= plans; seed++) {
      const folder = join(temporary, `plan-${seed}`);
      write(folder, plan(seed));
      report.add("an export", `random plan ${seed}`, faults(schema, JSON.parse(run(folder, "export", "--audience", "internal", "--quiet"))));
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const roadbook = process.argv[2];
  if (!roadbook) {
    console.error("usage: node schema.mjs ROADBOOK (the program)");
    process.exit(2);
  }
  const report = new Report();
  check(report, resolve(roadbook));
  report.end();
}
