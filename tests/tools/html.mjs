// Every page against the HTML standard, by the Nu Html Checker (the validator behind validator.w3.org/nu).
// node html.mjs SITE

import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { java } from "./found.mjs";
import { Report } from "./report.mjs";
import { PREFIX, files, serve } from "./site.mjs";

/** What the validator says and other checks know better. */
const ALLOWED = [
  // A property of SVG 2 that style may set.
  /“vector-effect”: Property “vector-effect” doesn't exist/,
  // In a site that is one file one page is shown at a time; tests/suite/example/html.rs counts those of any other page.
  /^Consider using the “h1” element as a top-level heading only/,
  // It knows neither the sum of a style nor addresses that are data; Chromium does, and says so where something is blocked.
  /^Inline style violates Content Security Policy .* nonce\/hash/,
  /image “data:image\/[^”]*” blocked by “img-src”/,
];

/** Adds one result for each page of the site in `root`. Warnings count: they are few, and each has been worth mending. */
export async function checkHtml(report, root) {
  const pages = files(root).filter((address) => address.endsWith(".html"));
  // Served, since a page's policy speaks of its origin, and a file has none that the validator would know.
  const host = await serve(root);
  const url = (address) => `http://127.0.0.1:${host.port}${PREFIX}${address.split("/").map(encodeURIComponent).join("/")}`;
  const found = new Map(pages.map((address) => [url(address), []]));
  try {
    for (const message of await validate([...found.keys()])) {
      if (ALLOWED.some((words) => words.test(message.message))) continue;
      const words = `${message.lastLine ?? "?"}:${message.firstColumn ?? "?"}: ${message.subType ?? message.type}: ${message.message}`;
      const page = found.get(message.url);
      if (!page) throw new Error(`the validator speaks of a page that is not there: ${message.url}: ${words}`);
      page.push(words);
    }
  } finally {
    host.close();
  }
  pages.forEach((address) => report.add("valid HTML", address, found.get(url(address))));
}

async function validate(urls) {
  const runtime = java();
  if (!runtime) throw new Error("Java 17 or newer is missing: run tests/tools/install.sh");
  const jar = join(createRequire(import.meta.url).resolve("vnu-jar/package.json"), "..", "build/dist/vnu.jar");
  // The language is the plan's business, and short pages are guessed wrongly.
  const options = ["--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect", "--skip-info-messages"];
  // It would refuse a host of this machine.
  const args = ["-Xss8m", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", jar, ...options, ...urls];
  const { stdout } = await promisify(execFile)(runtime, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  return JSON.parse(stdout).messages;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2];
  if (!root || !statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    console.error("usage: node html.mjs SITE (a folder that `roadbook build` made)");
    process.exit(2);
  }
  const report = new Report();
  await checkHtml(report, root);
  report.end();
}
