// Every page against the HTML standard, by the Nu Html Checker (the validator behind validator.w3.org/nu).
// node html.mjs SITE

import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { java } from "./found.mjs";
import { Report } from "./report.mjs";
import { files } from "./site.mjs";

/** What the validator says and other checks know better. */
const ALLOWED = [
  // A property of SVG 2 that style may set.
  /“vector-effect”: Property “vector-effect” doesn't exist/,
  // In a site that is one file one page is shown at a time; tests/suite/example/html.rs counts those of any other page.
  /^Consider using the “h1” element as a top-level heading only/,
  // It knows neither sums of styles nor addresses that are data; Chromium does, and says so where something is blocked.
  /violates Content Security Policy \(meta tag\)/,
];

/** Adds one result for each page of the site in `root`. Warnings count: they are few, and each has been worth mending. */
export function checkHtml(report, root) {
  const pages = files(root).filter((address) => address.endsWith(".html"));
  const found = new Map(pages.map((address) => [pathToFileURL(resolve(root, address)).href, []]));
  for (const message of validate(root)) {
    if (ALLOWED.some((words) => words.test(message.message))) continue;
    const words = `${message.lastLine ?? "?"}:${message.firstColumn ?? "?"}: ${message.subType ?? message.type}: ${message.message}`;
    const page = found.get(pathToFileURL(fileURLToPath(message.url)).href);
    if (!page) throw new Error(`the validator speaks of a page that is not there: ${message.url}`);
    page.push(words);
  }
  pages.forEach((address) => report.add("valid HTML", address, found.get(pathToFileURL(resolve(root, address)).href)));
}

function validate(root) {
  const runtime = java();
  if (!runtime) throw new Error("Java 17 or newer is missing: run tests/tools/install.sh");
  const jar = join(createRequire(import.meta.url).resolve("vnu-jar/package.json"), "..", "build/dist/vnu.jar");
  // The language is the plan's business, and short pages are guessed wrongly.
  const options = ["--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect", "--skip-info-messages"];
  const args = ["-Xss8m", "-jar", jar, ...options, "--skip-non-html", resolve(root)];
  const run = spawnSync(runtime, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`the HTML validator failed: ${run.error ?? run.stderr}`);
  return JSON.parse(run.stdout).messages;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2];
  if (!root || !statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    console.error("usage: node html.mjs SITE (a folder that `roadbook build` made)");
    process.exit(2);
  }
  const report = new Report();
  checkHtml(report, root);
  report.end();
}
