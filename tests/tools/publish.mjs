// A build that cannot break a site: the real program, killed at every call by which it changes the disk, or that call made to fail.
// Whatever happens, the output is the whole old site or the whole new one, files of others are as they were, and the next build gives
// exactly the new one and leaves nothing beside it. Where no folder can be made beside the site, its files are moved one by one: then it is
// a mixture for a moment, in which every page has its style and the marker lists every file of ours.
//
//   node publish.mjs ROADBOOK           each call of a rebuild once killed and once failing, every fifth where files are moved, and some kills at random times
//   node publish.mjs ROADBOOK --full    first builds and builds of the same, too; each call with each error; kills of what clears up; 1,000 at random times
//
// Needs Linux and strace. PUBLISH_SEED repeats the random kills.

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { mayTrace, trace, unknown } from "./publish/calls.mjs";
import { IS_ROOT, NOBODY, STAGE, addTheirs, build, difference, give, mixture, run, snapshot, world } from "./publish/world.mjs";
import { each } from "./each.mjs";
import { Report } from "./report.mjs";

const ERRORS = { ENOSPC: 28, EIO: 5, EACCES: 13, EROFS: 30 };
const isFull = process.argv[3] === "--full";
const program = process.argv[2] && resolve(process.argv[2]);
if (!program || !existsSync(program)) {
  console.error("usage: node publish.mjs ROADBOOK [--full]");
  process.exit(2);
}
if (process.platform !== "linux") {
  console.error("publish.mjs: only Linux tells which calls a program makes; run it there");
  process.exit(2);
}
const why = await mayTrace();
if (why) {
  console.error(`publish.mjs: ${why}`);
  process.exit(2);
}
const report = new Report();
const here = world(program);

/**
 * A scene: what stood there, what is built, and the sites that are whole. `site` is a copy of what stood there to begin with. Where it
 * is closed, no folder can be made beside the site: root could, so it is somebody else who builds.
 */
async function scene(name, from, to, theirs, isClosed = false) {
  const folder = join(here.folder, name.replaceAll(" ", "-"));
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  const made = {};
  for (const [key, plan] of [["before", from], ["after", to]]) {
    if (!plan) continue;
    const site = join(folder, key);
    const ran = await run(here.program, build(plan, site, 1));
    if (ran.code !== 0) throw new Error(`the plan cannot be built: ${ran.said}`);
    if (theirs) addTheirs(site);
    made[key] = snapshot(site);
  }
  return { name, folder, plan: to, site: from && join(folder, "before"), isClosed, uid: isClosed && IS_ROOT ? NOBODY : undefined, ...made };
}

let areas = 0;
/** A folder in which a site stands as before, of somebody's own. */
function area({ folder, site, isClosed, ...scene }, uid = scene.uid) {
  const area = join(folder, `area-${areas++}`);
  mkdirSync(area);
  if (site) spawnSync("cp", ["-a", site, join(area, "site")]);
  if (isClosed && !site) mkdirSync(join(area, "site"));
  if (uid) give(isClosed ? join(area, "site") : area, uid);
  if (isClosed) chmodSync(area, 0o555);
  return area;
}

/** Who built is who owns; snapshots are compared as if it were always root. */
const owned = (map, uid) => map && new Map([...map].map(([path, text]) => [path, IS_ROOT && uid ? text.replace(/^((?:.|\n)* \d{5,6}) 0 /, `$1 ${uid} `) : text]));

/** What is wrong with a site that was being built when something happened: it is neither whole, or not `only` the one it must be. */
function halves(scene, area, uid = scene.uid, only = undefined, { mayLeaveStage = false } = {}) {
  const found = snapshot(join(area, "site"));
  if (mayLeaveStage) for (const path of [...found.keys()]) if (path.startsWith(`${STAGE}/`)) found.delete(path);
  if (scene.isClosed && only !== "after") return mixture(found, owned(scene.before, uid) ?? new Map(), owned(scene.after, uid));
  const problems = {};
  for (const which of ["before", "after"]) problems[which] = difference(found, owned(scene[which], uid));
  const may = only ? [only] : ["before", "after"];
  if (may.some((which) => problems[which] === undefined)) return [];
  return may.map((which) => `the site is not the one ${which}: ${problems[which]}`);
}

/** What is wrong with the build after that. */
async function mended(scene, area, uid = scene.uid) {
  const ran = await run(here.program, build(scene.plan, join(area, "site")), { uid });
  const problems = halves(scene, area, uid, "after").map((problem) => `next build: ${problem}`);
  if (ran.code !== 0 || ran.said.includes("could not")) problems.push(`next build: exit code ${ran.code}: ${ran.said}`);
  const beside = readdirSync(area).filter((name) => name !== "site");
  if (beside.length > 0) problems.push(`next build: it leaves ${beside}`);
  return problems;
}

/** One build, of which one call is killed or fails. */
async function one(scene, call, how, uid = scene.uid) {
  const at = area(scene, uid);
  const log = `${at}.log`;
  const error = how.startsWith("error=") && how.slice(6);
  const ran = await trace({ program: here.program, log }, scene.plan, at, { inject: { ...call, how }, uid });
  const hit = error ? ran.calls.find(({ isInjected }) => isInjected) : ran.calls.at(-1);
  const problems = [];
  if (!hit || hit.name !== call.name || hit.text !== call.text) problems.push(`another call was hit: ${hit?.name} ${hit?.text}`);
  if (error) problems.push(...failed(scene, at, call, error, ran, uid));
  else {
    if (!/SIGKILL/.test(`${ran.signal} ${ran.said}`) && ran.code !== 137) problems.push(`it was not killed: ${ran.code} ${ran.signal}`);
    problems.push(...halves(scene, at, uid));
  }
  if (isFull && !error) await killedAgain(scene, at, uid, problems);
  problems.push(...(await mended(scene, at, uid)));
  report.add(error ? "a call fails" : "killed at a call", `${scene.name}, ${how}, ${call.name} ${call.count}: ${call.text}`, problems);
  remove(at);
  rmSync(log);
}

/** A failed call fails the build, which names the path and changes nothing; or it only kept it from clearing up, and it says so. */
function failed(scene, at, call, error, ran, uid) {
  if (ran.code === 2) {
    const names = ran.said.includes(at) && ran.said.includes(`os error ${ERRORS[error]}`);
    // Without a lock, nobody can know whose what is there is.
    const left = call.name === "flock" ? [] : leavings(at);
    return [
      ...(names ? [] : [`it does not say on what path it failed: ${ran.said}`]),
      ...left.map((name) => `it leaves ${name}`),
      ...halves(scene, at, uid, "before"),
    ];
  }
  const problems = ran.code === 0 ? halves(scene, at, uid, "after", { mayLeaveStage: true }) : [`exit code ${ran.code} ${ran.signal}: ${ran.said}`];
  // What cannot have a second name is copied, and what is closed is opened: nothing has failed then, and nothing is left.
  const isMended = leavings(at).length === 0;
  const isTold = ran.said.includes("could not remove") && ran.said.includes(at);
  if (!isTold && !isMended) problems.push(`it does not say what is left: ${ran.said}`);
  return problems;
}

/** What is beside a site, and a stage within it. */
function leavings(at) {
  const beside = readdirSync(at).filter((name) => name !== "site");
  return existsSync(join(at, "site", STAGE)) ? [...beside, `site/${STAGE}`] : beside;
}

/** Kills the build that clears up, too. */
async function killedAgain(scene, at, uid, problems) {
  const log = `${at}.log`;
  const copy = `${at}-copy`;
  spawnSync("cp", ["-a", at, copy]);
  const { calls } = await trace({ program: here.program, log }, scene.plan, copy, { uid });
  remove(copy);
  const found = calls.filter(({ changes }) => changes);
  const call = found[random(found.length)];
  await trace({ program: here.program, log }, scene.plan, at, { inject: { ...call, how: "signal=KILL" }, uid });
  problems.push(...halves(scene, at, uid).map((problem) => `killed again at ${call.name} ${call.text}: ${problem}`));
}

/** Some of what is in there is closed. */
function remove(folder) {
  spawnSync("chmod", ["-R", "u+rwX", folder]);
  spawnSync("rm", ["-rf", folder]);
}

/** Do these checks see what they are for? */
async function selftest(scene) {
  for (const [what, command] of [
    ["a page is missing", "rm site/index.html"],
    ["a page is cut short", "truncate -s 10 site/items/p9.html"],
    ["a page is of the other site", "cp ../after/roadmap.html site/"],
    ["a file of others is gone", "rm site/CNAME"],
    ["a file of others has another time", "touch site/items/mine.txt"],
    ["a file of others has other permissions", "chmod 600 site/theirs/deep/x.txt"],
    ["a folder of others is gone", "rmdir site/theirs/empty"],
    ["a link leads elsewhere", "rm site/link && ln -s elsewhere site/link"],
    ["there is no site", "rm -rf site"],
  ]) {
    const at = area(scene);
    const before = halves(scene, at);
    spawnSync("sh", ["-c", command], { cwd: at });
    report.add("the check sees", what, before.length === 0 && halves(scene, at).length > 0 ? [] : ["it does not"]);
    remove(at);
  }
}

/** And those of a mixture? */
async function selftestOfMoves(scene) {
  for (const [what, command] of [
    ["a page of both sites is missing", "rm site/index.html"],
    ["a page is cut short", "truncate -s 10 site/items/p9.html"],
    ["there is no style", "rm site/style.css"],
    ["a file that the marker does not list", "sed -i /p9.html/d site/.roadbook"],
    ["a file of others in the marker", "sed -i '2iCNAME' site/.roadbook"],
    ["a file of others is gone", "rm site/CNAME"],
    ["a file of others has another time", "touch site/items/mine.txt"],
  ]) {
    const at = area(scene);
    const before = halves(scene, at);
    spawnSync("sh", ["-c", command], { cwd: at });
    report.add("the check sees", what, before.length === 0 && halves(scene, at).length > 0 ? [] : [`it does not: ${before}`]);
    remove(at);
  }
}

let state = Number(process.env.PUBLISH_SEED ?? Date.now() % 1_000_000);
console.log(`seed ${state}`);
function random(below) {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((state / 2_147_483_648) * below);
}

/**
 * Kills `count` builds at random times, on as many threads as there are cores, forth and back between two sites in one folder. How long a
 * build takes changes with what else the machine does, so the time within which it is killed follows: seven in ten are.
 */
async function atRandom(scene, back, count) {
  const { uid } = scene;
  const at = area(scene);
  const site = join(at, "site");
  const begin = performance.now();
  await run(here.program, build(scene.plan, site), { uid });
  await run(here.program, build(back.plan, site), { uid });
  let time = (performance.now() - begin) / 2;
  let killed = 0;
  for (let n = 0; killed < count && n < 10 * count; n += 1) {
    const to = n % 2 === 0 ? scene : back;
    const killAfter = (random(1_000) / 1_000) * time;
    const ran = await run(here.program, build(to.plan, site), { killAfter, uid });
    const isKilled = ran.signal === "SIGKILL";
    if (isKilled) killed += 1;
    time *= isKilled ? 1.1 : 0.8;
    const problems = halves(scene, at);
    // Every third time the next build begins with what was left, for the other site.
    if (n % 3 !== 0) problems.push(...(await mended(to, at)));
    report.add("killed at a random time", `${scene.name}: kill ${n}, after ${killAfter.toFixed(1)} ms`, problems);
  }
  report.add("killed at a random time", `${scene.name}: as many as were meant to`, killed === count ? [] : [`${killed} of ${count}`]);
}

async function calls(scene) {
  const log = join(scene.folder, "log");
  const { uid } = scene;
  const all = await trace({ program: here.program, log }, scene.plan, area(scene), { all: true, uid });
  const ran = await trace({ program: here.program, log }, scene.plan, area(scene), { uid });
  const found = ran.calls.filter(({ changes }) => changes);
  report.add("every call is known", scene.name, [
    ...unknown(all.calls).map((name) => `nobody knows whether ${name} changes the disk`),
    ...(ran.processes === 1 ? [] : [`one thread is asked for, and ${ran.processes} work: which call is the n-th is not certain`]),
    ...(ran.code === 0 ? [] : [ran.said]),
  ]);
  const kinds = [...new Set(found.map(({ name }) => name))];
  console.log(`${scene.name}: ${found.length} calls that change the disk: ${kinds.map((kind) => `${found.filter(({ name }) => name === kind).length} ${kind}`).join(", ")}`);
  return found;
}

try {
  const rebuild = await scene("a rebuild", here.plans.old, here.plans.new, true);
  const back = await scene("back", here.plans.new, here.plans.old, true);
  const first = await scene("a first build", undefined, here.plans.new, false);
  const same = await scene("a build of the same", here.plans.new, here.plans.new, true);
  const moved = await scene("a rebuild by moves", here.plans.old, here.plans.new, true, true);
  const movedBack = await scene("back by moves", here.plans.new, here.plans.old, true, true);
  const firstMoved = await scene("a first build by moves", undefined, here.plans.new, false, true);
  const names = Object.keys(ERRORS);
  await selftest(rebuild);
  await selftestOfMoves(moved);
  for (const scene of [rebuild, same, moved, ...(isFull ? [first, firstMoved] : [])]) {
    const found = await calls(scene);
    report.add("every call is known", `${scene.name} has some`, found.length > (scene === same ? 5 : 80) ? [] : [`${found.length}`]);
    // By chance, so that in time every call has its turn.
    const tried = scene.isClosed && !isFull ? found.filter(() => random(5) === 0) : found;
    const runs = tried.flatMap((call, at) => [
      [call, "signal=KILL"],
      // Whoever is not root meets closed folders, too.
      ...names.filter((_, n) => isFull || n === at % names.length).map((error, n) => [call, `error=${error}`, n % 2 === at % 2 ? NOBODY : scene.uid]),
    ]);
    await each(runs, 2, ([call, how, uid]) => one(scene, call, how, uid));
  }
  await atRandom(rebuild, back, isFull ? 1_000 : 30);
  await atRandom(moved, movedBack, isFull ? 1_000 : 20);
} catch (error) {
  report.add("the checks ran to their end", "", [error.stack]);
} finally {
  remove(here.folder);
}
report.end();
