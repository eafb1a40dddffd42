// What is on this machine: a Chromium that starts, a Java that is new enough, and fonts. One list for the installer and the checks.
// node found.mjs chromium|java|fonts prints the path, or fails.

import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const OLDEST_JAVA = 17;
/** A file of each family of fonts.mjs. Whether a page is shown in it is for the checks to see. */
const FONTS = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf", "DejaVuSerif.ttf", "LiberationSans-Regular.ttf", "LiberationMono-Regular.ttf"];

/** The path of a Chromium or Chrome that answers `--version`; nothing where there is none. */
export async function chromium() {
  const named = process.env.CHROMIUM;
  if (named) return works(named, ["--version"]) ? named : undefined;
  const candidates = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ];
  // Ubuntu's chromium-browser may be a stub that asks for a snap, so being there is not enough.
  const found = candidates.find((candidate) => works(candidate, ["--version"]));
  if (found) return found.includes("/") ? found : which(found);
  return (await downloaded()).find((path) => works(path, ["--version"]));
}

/** The path of a Java that the HTML validator runs on; nothing where there is none. */
export function java() {
  const folders = ["/usr/lib/jvm", "/Library/Java/JavaVirtualMachines"].flatMap((folder) =>
    list(folder).flatMap((name) => [`${folder}/${name}/bin/java`, `${folder}/${name}/Contents/Home/bin/java`]),
  );
  const home = process.env.JAVA_HOME ? [`${process.env.JAVA_HOME}/bin/java`] : [];
  const brewed = ["/opt/homebrew/opt/openjdk/bin/java", "/usr/local/opt/openjdk/bin/java"];
  return [...home, "java", ...brewed, ...folders].find((candidate) => javaVersion(candidate) >= OLDEST_JAVA);
}

/** The path of each font that the checks run under; nothing where one is missing. */
export function fonts() {
  const home = process.env.HOME ?? "/root";
  const folders = ["/usr/share/fonts", "/usr/local/share/fonts", `${home}/.local/share/fonts`, "/Library/Fonts", `${home}/Library/Fonts`];
  const found = folders.flatMap((folder) => list(folder, { recursive: true }).map((name) => `${folder}/${name}`));
  const paths = FONTS.map((name) => found.find((path) => path.endsWith(`/${name}`)));
  return paths.includes(undefined) ? undefined : paths.join("\n");
}

/** Where playwright-core puts the browsers that it downloads itself. */
async function downloaded() {
  try {
    const { chromium: playwright } = await import("playwright-core");
    return [playwright.executablePath()];
  } catch {
    return []; // The packages are not installed yet.
  }
}

function javaVersion(path) {
  const text = output(path, ["-XshowSettings:properties", "-version"]);
  const version = /java\.specification\.version = (?:1\.)?(\d+)/.exec(text ?? "");
  return version ? Number(version[1]) : 0;
}

function works(path, args) {
  return output(path, args) !== undefined;
}

function which(name) {
  return execFileSync("sh", ["-c", 'command -v "$1"', "sh", name], { encoding: "utf8" }).trim();
}

function output(path, args) {
  try {
    // Java prints its settings on stderr.
    return execFileSync("sh", ["-c", '"$@" 2>&1', "sh", path, ...args], { encoding: "utf8", timeout: 20_000 });
  } catch {
    return undefined;
  }
}

function list(folder, options) {
  try {
    return readdirSync(folder, options);
  } catch {
    return [];
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv[2];
  const path = wanted === "chromium" ? await chromium() : wanted === "java" ? java() : wanted === "fonts" ? fonts() : undefined;
  if (!path) process.exit(1);
  console.log(path);
}
