// How soon a saved edit shows: from the write of one item's body to the new text in an HTTP response, and to the new text in the
// document of a Chromium tab. Roadbook and its peers get the same plan, in one run, one server after the other.
//
//   node benches/preview/run.mjs                          100, 1,000 and 10,000 items, every tool, nine edits each way
//   node benches/preview/run.mjs --sizes 100,1000 --tools roadbook,hugo --edits 5
//
//   --limit SECONDS       how long a server may take to start, and an edit to show (60)
//   --roadbook PROGRAM    this program, and not a fresh build
//   --generator PROGRAM   this `scale` bench program writes the plans, and not a fresh build
//
// Needs Node.js, Chromium (tests/tools/install.sh), Python 3 for Hugo and Cargo for mdBook. Peers are installed where they are
// missing, below `target/preview-bench/tools` or into $ROADBOOK_BENCH_TOOLS. Progress goes to stderr, the table to stdout.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measure } from "./measure.mjs";
import { selfCheck } from "./known.mjs";
import { stopAll } from "./server.mjs";
import { readPlan } from "./sites.mjs";
import { print, say } from "./table.mjs";
import { TOOLS, install } from "./tools.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");

function options() {
  const text = { type: "string" };
  const { values } = parseArgs({
    options: {
      sizes: { ...text, default: "100,1000,10000" },
      tools: { ...text, default: Object.keys(TOOLS).join() },
      edits: { ...text, default: "9" },
      limit: { ...text, default: "60" },
      roadbook: text,
      generator: text,
    },
  });
  const sizes = values.sizes.split(",").map(Number);
  const tools = values.tools.split(",");
  const [edits, limit] = [Number(values.edits), Number(values.limit)];
  for (const tool of tools) if (!(tool in TOOLS)) throw new Error(`no tool \`${tool}\`: there are ${Object.keys(TOOLS).join(", ")}`);
  if (![...sizes, edits].every((number) => Number.isInteger(number) && number > 0)) throw new Error("sizes and edits are whole numbers");
  if (!(limit > 0)) throw new Error("the limit is a number of seconds");
  return { ...values, sizes, tools, edits, limit: limit * 1000 };
}

/** Builds what was not given, and says how to write a plan. */
function programs({ roadbook, generator }) {
  const cargo = (args) => execFileSync("cargo", args, { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  if (!roadbook || !generator) {
    say("building Roadbook and the generator of plans");
    cargo(["build", "--locked", "--release", "--quiet", "--bin", "roadbook", "--bench", "scale"]);
  }
  return {
    roadbook: resolve(roadbook ?? join(TARGET, "release/roadbook")),
    generate: (items, folder) => {
      const args = ["generate", String(items), folder];
      if (generator) execFileSync(resolve(generator), args, { stdio: "inherit" });
      else cargo(["bench", "--locked", "--quiet", "--bench", "scale", "--", ...args]);
    },
  };
}

async function main() {
  const { sizes, tools, edits, limit, ...given } = options();
  const { roadbook, generate } = programs(given);
  const folder = resolve(process.env.ROADBOOK_BENCH_TOOLS ?? join(TARGET, "preview-bench/tools"));
  mkdirSync(folder, { recursive: true });
  const found = new Map(tools.map((tool) => [tool, tool === "roadbook" ? { program: roadbook } : install(tool, folder)]));

  // In memory where the system has a place for that: what a disk does says nothing about a tool.
  const scratch = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "roadbook-preview-"));
  process.on("exit", () => {
    stopAll();
    rmSync(scratch, { recursive: true, force: true });
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));

  const check = await selfCheck(scratch);
  const rows = [];
  for (const size of sizes) {
    const native = join(scratch, "plan");
    generate(size, native);
    const plan = readPlan(native);
    for (const tool of tools) {
      const site = join(scratch, "site");
      const { program, missing } = found.get(tool);
      say(`${TOOLS[tool].name}, ${size} items`);
      const figures = missing ? { reason: missing } : await measure(TOOLS[tool], program, plan, site, { edits, limit });
      rows.push({ tool, name: TOOLS[tool].name, size, ...figures });
      rmSync(site, { recursive: true, force: true });
    }
    rmSync(native, { recursive: true });
  }
  print({ rows, sizes, tools, edits, check });
  // Figures from clocks that disagree are none.
  process.exit(check.holds ? 0 : 1);
}

await main().catch((error) => {
  console.error(`benches/preview/run.mjs: ${error.message}`);
  process.exit(2);
});
