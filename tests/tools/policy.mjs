// What the policy of each page is worth: every page of a site with a script, a handler and a style written into its HTML, opened from the
// disk in Chromium, where no host adds a policy of its own. None of them may have any effect.
//
//   node policy.mjs SITE
//   node policy.mjs SITE ROADBOOK    and every page of a plan whose texts try to run, as the program builds it
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";
import { writeHostilePlan } from "./hostile.mjs";
import { Report } from "./report.mjs";
import { files } from "./site.mjs";

/** As if some text of a plan had got into the page as it is. */
const SMUGGLED = `<div id="smuggled" style="outline: 7px solid red">
<script>window.ran = "a script element";</script>
<img src="data:image/gif;base64,AAAA" alt="" onerror="window.ran = 'a handler'">
<style>#smuggled { outline: 7px solid red }</style>
<script src="data:text/javascript,window.ran='a script of an address'"></script>
<iframe srcdoc="&lt;script&gt;parent.ran = 'a frame'&lt;/script&gt;"></iframe>
<svg><script>window.ran = "a script in a drawing";</script></svg>
<a id="go" href="javascript:void(window.ran='an address')">go</a>
<object data="data:text/html,<script>parent.ran='an object'</script>"></object>
</div>`;

/** Adds one result for each page of the site in `root`. */
export async function checkPolicy(report, root) {
  const folder = mkdtempSync(join(tmpdir(), "roadbook-policy-"));
  const browser = await launch();
  try {
    cpSync(root, folder, { recursive: true });
    const page = await browser.newPage();
    for (const address of files(root).filter((address) => address.endsWith(".html"))) {
      const html = readFileSync(join(root, address), "utf8");
      // A page that leads elsewhere at once is looked at while it stands.
      const standing = html.replace(/<meta http-equiv="?refresh[^>]*>/i, "");
      writeFileSync(join(folder, address), standing.replace(/<body[^>]*>/, (body) => body + SMUGGLED));
      report.add("nothing smuggled in has an effect", address, await effects(page, join(folder, address)));
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function effects(page, path) {
  await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
  return page.evaluate(async () => {
    const smuggled = document.getElementById("smuggled");
    if (!smuggled) return ["nothing was smuggled in"];
    document.getElementById("go").click();
    // All else has had its effect when the page was loaded; an address runs in a task of its own, which two drawn frames let by.
    await new Promise((later) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(later))));
    const problems = [];
    if (window.ran) problems.push(`${window.ran} ran`);
    if (getComputedStyle(smuggled).outlineWidth === "7px") problems.push("a style was taken on");
    return problems;
  });
}

/** A script that is nowhere. */
const MARK = "https://mark.invalid/mark.js";

/** In the page: what was kept out so far. The browser tells it in order, so it has told all when it answers for one more script. */
async function allKeptOut(mark) {
  await new Promise((answered) => {
    const script = Object.assign(document.createElement("script"), { src: mark, onerror: answered });
    document.documentElement.append(script);
  });
  return window.keptOut.filter((text) => !text.includes(mark));
}

/** Of the forms in which text has been made to run, every so many are opened. */
const EACH = 8;

/** Adds one result for each page of a hostile plan: nothing runs, and nothing has to be kept from running. */
export async function checkHostile(report, roadbook) {
  const folder = mkdtempSync(join(tmpdir(), "roadbook-hostile-"));
  const browser = await launch();
  try {
    writeHostilePlan(join(folder, "plan"), EACH);
    const { error, status, stderr } = spawnSync(roadbook, ["build", join(folder, "plan"), "-d", join(folder, "site"), "--quiet"], { encoding: "utf8" });
    // The plan is full of mistakes, and its site is made all the same.
    if (error || status > 1) throw error ?? new Error(stderr);
    // As wide as the smallest phone.
    const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
    let signs;
    page.on("dialog", (dialog) => {
      signs.push(`a dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    page.on("pageerror", (error) => signs.push(`script error: ${error.message}`));
    await page.addInitScript(() => {
      // Pictures on other hosts may be named; whatever else had to be kept out got into the page as more than text.
      window.keptOut = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
        if (effectiveDirective !== "img-src") window.keptOut.push(`${effectiveDirective} kept out ${blockedURI}`);
      });
    });
    for (const address of files(join(folder, "site")).filter((address) => address.endsWith(".html"))) {
      signs = [];
      const path = join(folder, "site", address);
      // The page of an old address would be left before it can be looked at.
      writeFileSync(path, readFileSync(path, "utf8").replace(/<meta http-equiv="?refresh[^>]*>/i, ""));
      await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
      const keptOut = await page.evaluate(allKeptOut, MARK);
      report.add("no text of a plan runs", address, [...signs, ...keptOut]);
      if (address !== "pages/deep.html") continue;
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      report.add("many levels fit on a phone", address, width > 320 ? [`the page is ${width} px wide`] : []);
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2];
  if (!root || !statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    console.error("usage: node policy.mjs SITE [ROADBOOK] (a folder that `roadbook build` made; the program)");
    process.exit(2);
  }
  const report = new Report();
  await Promise.all([checkPolicy(report, root), process.argv[3] && checkHostile(report, process.argv[3])]);
  report.end();
}
