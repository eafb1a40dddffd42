// Two plans of 30 items, their sites with files of others among them, and how a folder is compared with what it should be.

import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Whoever is not root, for what root may and others may not. */
export const NOBODY = 65534;
export const IS_ROOT = process.getuid?.() === 0;

/** Files that Roadbook does not write, in a site of it: their paths, and where a path ends in `/`, folders. */
const THEIRS = ["CNAME", "theirs/", "theirs/deep/", "theirs/deep/x.txt", "theirs/empty/", "closed/", "closed/x.txt", "items/mine.txt", "link", "pipe"];

/** The folder in which everything happens, with a copy of the program that everybody may run. */
export function world(program) {
  const folder = mkdtempSync(join(tmpdir(), "roadbook-publish-"));
  chmodSync(folder, 0o755);
  const copy = join(folder, "roadbook");
  copyFileSync(program, copy);
  chmodSync(copy, 0o755);
  const plans = { old: join(folder, "old"), new: join(folder, "new") };
  for (const [name, plan] of Object.entries(plans)) writePlan(plan, name === "new");
  return { folder, program: copy, plans };
}

/** A plan of 30 items; the new one has some changed, some gone, some come, and so have its static files. */
function writePlan(plan, isNew) {
  const write = (path, text) => {
    mkdirSync(dirname(join(plan, path)), { recursive: true });
    writeFileSync(join(plan, path), text);
  };
  write("roadbook.yml", "title: Boathouse\n");
  write("plan/vision.md", `---\ntitle: Afloat\n---\n${isNew ? "By spring." : "Some day."}\n`);
  write("plan/themes/hull.md", "---\ntitle: A tight hull\n---\n");
  for (let n = isNew ? 3 : 1; n <= (isNew ? 32 : 30); n += 1) {
    const title = isNew && n % 7 === 0 ? `Plank ${n}, caulked` : `Plank ${n}`;
    const more = n > 20 ? "" : `theme: hull\ntags: [t${n % 3}]\n`;
    const owner = n % 5 === 0 ? `owner: ${isNew ? "ann" : "bob"}\n` : "";
    write(`plan/items/p${n}.md`, `---\ntitle: ${title}\neffort: ${1 + (n % 4)}\nvalue: ${n}\n${more}${owner}---\nWords.\n`);
  }
  write("static/chart.svg", `<svg xmlns="http://www.w3.org/2000/svg">${(isNew ? "<g/>" : "<a/>").repeat(5_000)}</svg>`);
  write(isNew ? "static/new/a.txt" : "static/old/a.txt", "a\n");
}

/** Puts files of others into a site. */
export function addTheirs(site) {
  for (const path of THEIRS.filter((path) => path.endsWith("/"))) mkdirSync(join(site, path), { recursive: true });
  for (const path of THEIRS.filter((path) => /\.txt$|^CNAME$/.test(path))) writeFileSync(join(site, path), `theirs: ${path}\n`, { mode: 0o640 });
  symlinkSync("/nowhere/at/all", join(site, "link"));
  spawnSync("mkfifo", [join(site, "pipe")]);
  // From below, as a new file gives its folder a new time; what is closed is closed to whoever is not root.
  for (const path of [...THEIRS].reverse()) if (path !== "link") utimesSync(join(site, path), 77, 77);
  chmodSync(join(site, "closed"), 0o555);
}

/** The folder in a site from which files are moved one by one. */
export const STAGE = ".roadbook-stage";

export function give(path, uid) {
  if (!IS_ROOT) return;
  spawnSync("chown", ["-hR", `${uid}:${uid}`, path]);
}

/** What a folder holds, as text by path: of files of others also their permissions and times. Nothing where it is not there. */
export function snapshot(folder) {
  const found = new Map();
  const look = (within) => {
    for (const name of readdirSync(join(folder, within))) {
      const path = within + name;
      const stat = lstatSync(join(folder, path));
      const isTheirs = THEIRS.some((theirs) => theirs === path || theirs === `${path}/`);
      const more = isTheirs ? ` ${stat.mode.toString(8)} ${stat.uid} ${stat.isSymbolicLink() ? "" : stat.mtimeMs}` : "";
      if (stat.isDirectory()) {
        found.set(`${path}/`, more);
        look(`${path}/`);
      } else if (stat.isSymbolicLink()) {
        found.set(path, readlinkSync(join(folder, path)) + more);
      } else {
        found.set(path, (stat.isFile() ? readFileSync(join(folder, path), "latin1") : "no file") + more);
      }
    }
  };
  try {
    lstatSync(folder);
  } catch {
    return undefined;
  }
  look("");
  return found;
}

/** The first difference of two snapshots in words; nothing where there is none. */
export function difference(found, expected) {
  if (!found || !expected) return found === expected ? undefined : found ? "the folder is there" : "the folder is not there";
  for (const path of new Set([...found.keys(), ...expected.keys()])) {
    if (!found.has(path)) return `${path} is missing`;
    if (!expected.has(path)) return `${path} is there`;
    if (found.get(path) !== expected.get(path)) return `${path} differs`;
  }
  return undefined;
}

/** What is wrong with a site whose files are being moved: each is of one of two sites, and what pages need is there. */
export function mixture(found, before, after) {
  const problems = [];
  const marker = found.get(".roadbook") ?? "";
  const listed = new Set(marker.split("\n").slice(1, -2));
  for (const path of before.keys()) if (after.has(path) && !found.has(path)) problems.push(`${path} is missing`);
  for (const [path, text] of found) {
    if (path === ".roadbook" || path.startsWith(`${STAGE}/`)) continue;
    if (text !== before.get(path) && text !== after.get(path)) problems.push(`${path} is of neither site`);
    const isTheirs = THEIRS.includes(path);
    if (!path.endsWith("/") && listed.has(path) === isTheirs) problems.push(`${path}: ${isTheirs ? "the marker lists it" : "the marker does not list it"}`);
    if (!path.endsWith(".html")) continue;
    for (const [, href] of text.matchAll(/<link rel="stylesheet" href="([^"]*)"/g)) {
      const style = join(dirname(path), href);
      if (!found.has(style)) problems.push(`${path} has no ${style}`);
    }
  }
  return problems;
}

/** Runs a command to its end; gives its exit code or signal, and what it said. */
export function run(command, args, { uid, killAfter } = {}) {
  return new Promise((resolve, reject) => {
    const user = IS_ROOT && uid ? { uid, gid: uid } : {};
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], cwd: "/", ...user });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, said });
    });
  });
}

/** The arguments of a build. One thread, where the order of what it does must be the same each time. */
export function build(plan, site, threads) {
  return ["build", plan, "-d", site, "--today", "2026-01-01", ...(threads ? ["--threads", String(threads)] : [])];
}
