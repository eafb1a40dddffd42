// Do the site checks see what they are for? One small site has pages that pass every check, and for each way of being broken a
// page that is broken in just that way, on which the check that is meant to see it must fail.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkSite } from "./browser.mjs";
import { checkCards } from "./card.mjs";
import { each } from "./each.mjs";
import { checkEmbeds } from "./embed.mjs";
import { checkHtml } from "./html.mjs";
import { REPOSITORY, checkPages } from "./pages.mjs";
import { checkHostile, checkPolicy } from "./policy.mjs";
import { HOST } from "./chromium.mjs";
import { Report } from "./report.mjs";
import { checkSingle } from "./single.mjs";
import { faults as schemaFaults } from "./schema.mjs";

const STYLE = `body { color: #111; background: #fff; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #111; } a { color: #9cf; } }
`;
const SCRIPT = "document.documentElement.dataset.script = 'on';\n";
const VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">';
const ICON = (up) => `<link rel="icon" href="${up}icon.svg">`;

/** A sound page and its own style sheet and script, with what is added to or taken from each. */
function page(address, { body = "", head = "", style = "", script = "", without = [] } = {}) {
  const up = "../".repeat(address.split("/").length - 1);
  const name = address.replace(/\W/g, "-");
  const parts = [VIEWPORT, ICON(up)].filter((part) => !without.some((word) => part.includes(word)));
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${parts.join("\n")}
<title>${address}</title>
<link rel="stylesheet" href="${up}${name}.css">
<script src="${up}${name}.js" defer></script>
${head}
</head>
<body>
<main>
<h1 id="top-${name}">${address}</h1>
<p>Back to <a href="${up}index.html#list">the list</a>.</p>
${body}
</main>
</body>
</html>
`;
  return { [address]: html, [`${name}.css`]: STYLE + style, [`${name}.js`]: SCRIPT + script };
}

function redirect(target) {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${target}"><title>Moved</title></head>
<body><p><a href="${target}">Moved</a></p></body></html>
`;
}

/** Text that gzip cannot make small, the same on every run. */
function noise(bytes) {
  let state = 12345;
  const words = [];
  for (let length = 0; length < bytes; length += 9) {
    let word = "";
    while (word.length < 8) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      word += "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ÄÖ"[state >>> 26];
    }
    words.push(word);
  }
  return words.join(" ");
}

const WIDE = ".wide { width: 2000px; }\n";
const ADD_WIDE = "document.body.append(Object.assign(document.createElement('p'), { className: 'wide', textContent: 'Wide' }));";
const PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";

/** A drawing of one box with a text, and a line that begins right of it and goes so far to the left. */
const drawing = (text, left) => `<svg class="dep-graph" width="300" height="80" viewBox="0 0 300 80" role="img" aria-label="Drawing">
<g class="dep-edge"><path d="M250 30h${-left}"/></g>
<g class="dep-box" transform="translate(10 10)"><title>A box</title><rect width="160" height="50"/><text x="28" y="30">${text}</text></g>
</svg>`;

/** A timeline whose chart begins 150 px from its left, of one row with a sign beside its name; its columns' names are 60 px apart. */
const timeline = (name, column) => `<svg class="timeline" width="270" height="90" viewBox="0 0 270 90" role="img" aria-label="Timeline">
<path class="tl-grid" stroke="#000" d="M150 9V80M210 9V80"/><text class="tl-label" x="156" y="20">${column}</text><text class="tl-label" x="216" y="20">Q2</text>
<g><text class="tl-name" x="8" y="50">Theme</text></g><g><text class="tl-title" x="28" y="70">${name}</text><path class="tl-sign" d="M130 60h8v9z"/></g>
</svg>`;

/** What is broken, how, the check that must see it, and words of its answer. */
const MUTANTS = [
  ["an end tag without its beginning", { body: "</section>" }, "valid HTML", /section/],
  ["an id given twice", { body: '<p id="a">A</p><p id="a">A</p>' }, "valid HTML", /Duplicate ID/],
  ["a wide box", { body: '<p class="wide">Wide</p>', style: WIDE }, "fits", /^p\.wide ends at/],
  ["a wide box that the page cuts off", { body: '<p class="wide">Wide</p>', style: `html { overflow-x: hidden; } ${WIDE}` }, "fits", /^p\.wide ends at/],
  ["a wide box that only a script makes", { script: ADD_WIDE, style: WIDE }, "fits", /^p\.wide ends at/],
  ["a wide box that shows only without script", { body: '<noscript><p class="wide">Wide</p></noscript>', style: WIDE }, "fits", /^p\.wide ends at/],
  ["a page that forgets phones", { without: ["viewport"] }, "fits", /viewport/],
  ["a script that complains", { script: "console.error('a complaint');" }, "loads cleanly", /console error: a complaint/],
  ["a script that throws", { script: "missing();" }, "loads cleanly", /missing is not defined/],
  ["a picture from elsewhere", { body: '<p><img src="https://example.com/a.png" alt="A"></p>' }, "loads cleanly", /outside the site: https:/],
  ["a style sheet that is not there", { head: '<link rel="stylesheet" href="none.css">' }, "loads cleanly", /none\.css/],
  ["an address from the host's root", { head: '<link rel="stylesheet" href="/icon.css">' }, "loads cleanly", /outside the site/],
  ["an inline style", { body: '<p style="color: #222">Inline</p>' }, "loads cleanly", /inline style/],
  ["an inline script", { body: "<script>document.title += '!';</script>" }, "loads cleanly", /inline script/],
  ["a picture without words", { body: `<p><img src="${PIXEL}" width="9" height="9"></p>` }, "is accessible", /image-alt/],
  ["pale text", { body: "<p>Pale</p>", style: "p { color: #bbb; }" }, "is accessible", /color-contrast/],
  ["dark text on dark, in the dark only", { body: "<p>Dark</p>", style: "@media (prefers-color-scheme: dark) { p { color: #333; } }" }, "is accessible", /color-contrast/],
  ["buttons too small to hit", { body: "<p><button>A</button><button>B</button></p>", style: "button { width: 9px; height: 9px; padding: 0; border: 0; }" }, "is accessible", /target-size/],
  ["a link to no page", { body: '<p><a href="items/two.html">Two</a></p>' }, "links lead somewhere", /two\.html` leads to no file/],
  ["a link to no place on a page", { body: '<p><a href="items/one.html#how">How</a></p>' }, "links lead somewhere", /has no `how`/],
  ["a link to a folder", { body: '<p><a href="items/">Items</a></p>' }, "links lead somewhere", /items\/` leads to no file/],
  ["a link out of the site's folder", { body: '<p><a href="/">Home</a></p>' }, "links lead somewhere", /leaves the site's folder/],
  ["a heavy page", { body: `<p>${noise(90_000)}</p>` }, "weighs little", /all in all/],
  ["a heavy style sheet", { style: `/* ${noise(20_000)} */` }, "weighs little", /^CSS/],
  ["a heavy script", { script: `/* ${noise(20_000)} */` }, "weighs little", /^script/],
  ["a page in many parts", { head: ["index", "items-one", "404"].map((n) => `<link rel="stylesheet" href="${n}-html.css">`).join("\n") }, "weighs little", /^7 requests/],
  ["a page without an icon", { without: ["icon"] }, "weighs little", /rel=icon/],
  ["text that leaves its box", { body: drawing("A title that is a good deal too long", 80) }, "has clear drawings", /text leaves its box: A title/],
  ["text that leaves its box in a wide font", { body: drawing("As wide as a barn", 80) }, "has clear drawings", /text leaves its box: As wide/, "DejaVu Sans"],
  ["a name that leaves its column", { body: timeline("A good deal too long", "Q1") }, "has clear drawings", /a name leaves its column: A good/],
  ["a column's name in the next column", { body: timeline("Fine", "A long quarter") }, "has clear drawings", /a column's name leaves its column: A long/],
  ["a page that no other font reaches", { style: "h1 { font-family: monospace; }" }, "fits", /`h1` is not shown in Liberation Sans/, "Liberation Sans"],
  ["a line over a box", { body: drawing("Fine", 150) }, "has clear drawings", /a line runs over a box: A box/],
].map(([what, change, check, words, family], at) => {
  const address = `mutant-${at}.html`;
  return { what, address, files: page(address, change), check, words, family };
});

MUTANTS.push(
  {
    what: "an item as heavy as a page may be",
    address: "items/heavy.html",
    files: page("items/heavy.html", { body: `<p>${noise(50_000)}</p>` }),
    check: "weighs little",
    words: /all in all/,
  },
  {
    what: "a redirect to nowhere",
    address: "gone.html",
    files: { "gone.html": redirect("items/two.html") },
    check: "links lead somewhere",
    words: /leads to no file/,
  },
  {
    what: "a page for missing addresses that holds at the root only",
    address: "404.html at any depth",
    files: page("404.html"),
    check: "loads cleanly",
    words: /no\/such/,
  },
);

const SOUND = {
  ...page("index.html", { body: '<ul id="list"><li><a href="items/one.html#why">One</a></li></ul>' }),
  ...page("items/one.html", { body: `<h2 id="why">Why</h2>${drawing("Fine", 80)}${timeline("Fine", "Q1")}` }),
  "old.html": redirect("items/one.html"),
  "icon.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
};

/** As GitHub Pages serves it: a page for missing addresses whose links hold at any depth, and pages that are broken in one way each. */
const HOSTED = {
  ...page("404.html"),
  "404.html": page("404.html")["404.html"].replace(/(href|src)="/g, `$1="http://${HOST}${REPOSITORY}`),
};
const HOSTED_MUTANTS = [
  ["a link to no page", '<a href="items/two.html">Two</a>', "every link holds", /two\.html` is answered with 404/],
  ["a link to no place on a page", '<a href="items/one.html#how">How</a>', "every link holds", /has no `how`/],
  ["a link to a folder without an index", '<a href="items/">Items</a>', "every link holds", /items\/` is answered with 404/],
  ["a link from the host's root", '<a href="/index.html">Home</a>', "every link holds", /leaves the site/],
  ["a link that holds in the repository only", `<a href="${REPOSITORY}items/one.html">One</a>`, "every link holds", /leaves the site/, "the disk"],
  ["a file of no known kind", '<a href="plain.ics">Dates</a>', "every link holds", /plain\.ics` is answered with 404/],
  ["a picture that is not there", '<img src="none.svg" alt="None">', "a page loads", /404: .*none\.svg/],
  ["a picture that is not there, on the disk", '<img src="none.svg" alt="None">', "a page loads", /request failed: .*none\.svg/, "the disk"],
].map(([what, body, check, words, home = `${REPOSITORY}pr-preview/pr-7/`], at) => {
  const address = `hosted-${at}.html`;
  return { what, files: page(address, { body: `<p>${body}</p>` }), address, where: `${address}, ${home}`, check, words };
});
/** A whole site is broken in these ways. */
const HOSTED_SITES = [
  ["a page that nobody links to", { ...HOSTED, ...page("alone.html") }, "every page can be come to", "alone.html", /no link leads to it/],
  ["a page for missing addresses that holds at the root only", page("404.html"), "a missing page is answered in style", `${REPOSITORY}no/such/page/deep`, /404: /],
  ["no page for missing addresses", {}, "a missing page is answered in style", `${REPOSITORY}no/such/page/deep`, /has no 404\.html/],
];

/** A card of one box with its ground, and what stands in the box. */
const card = (body, rest = "") => `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="100" viewBox="0 0 800 100">
<title>Plan</title><desc>One item.</desc>
<style>@media (prefers-color-scheme:dark){.ground{fill:#111}.ink{fill:#eee}}</style>
<g class="ground" fill="#fff"><rect width="800" height="100"/></g>
<svg x="20" y="20" width="200" height="60" viewBox="0 0 200 60">${body}</svg>${rest}
</svg>`;
const words = (text, more = 'class="ink" fill="#111"') => `<text x="20" y="30" font-size="14" ${more}>${text}</text>`;
const CARDS = [
  ["text that leaves its box", card(words("A title that is a good deal longer than its box is wide")), "a card's texts keep to their boxes", /leaves its box/],
  ["text below its box", card(words("Low").replace('y="30"', 'y="70"')), "a card's texts keep to their boxes", /leaves its box/],
  ["texts that meet", card(words("One title") + words("Two").replace('x="20"', 'x="40"')), "a card's texts keep to their boxes", /texts meet: One title and Two/],
  ["text without a box", card(words("Fine"), words("Loose").replace('x="20"', 'x="300"')), "a card's texts keep to their boxes", /outside of any box: Loose/],
  ["a box that leaves the card", card(words("Fine")).replace('x="20" y="20"', 'x="700" y="20"'), "a card's texts keep to their boxes", /a box leaves the card/],
  ["pale text", card(words("Pale", 'fill="#999"')), "a card can be seen", /at least 4.5: Pale/],
  ["dark text on dark, in the dark only", card(words("Dark", 'fill="#111"')), "a card can be seen", /at least 4.5: Dark/],
  ["a pale mark", card(`${words("Fine")}<path d="M0 20h9v9z" fill="#ddd"/>`), "a card can be seen", /at least 3/],
  ["a picture in a picture", card('<image href="https://example.com/a.png" width="9" height="9"/>'), "a card stands alone", /<image>/],
  ["a script", card("<script>1</script>"), "a card stands alone", /<script>/],
  ["no words for it", card(words("Fine")).replace("One item.", ""), "a card stands alone", /no <desc>/],
  ["a narrow one", card(words("Fine")).replace('width="800" height="100" viewBox', 'width="500" height="100" viewBox'), "a card is a picture", /500 px/],
];

/** Embedded views, with the skin's script for them; `broken` is what is broken of it, and of the views. */
const EMBED = readFileSync(new URL("../../themes/default/static/embed.js", import.meta.url), "utf8");
const BREAKS = [
  ["frames follow their views", "when they load", (text) => text.replace("around = style.boxSizing", "around = 0 && style.boxSizing")],
  ["frames heed nobody else", "a page with embed.js", (text) => text.replace("new URL(frame.src).origin !== origin", "false")],
  ["heights come to rest", "grows", (text) => text.replace("steps > 20", "false")],
  ["heights come to rest", "flickers", (text) => text.replace("turns > 6", "false")],
  ["frames scroll by themselves", "without script", (text) => text.replace("main {", "@media (max-height: 300px) { footer { position: fixed; top: 110%; } } main {")],
  ["links open beside", "embed/backlog.html", (text) => text.replace('<base target="_blank">', "")],
];
const EMBED_STYLE = "body { margin: 0 } main { overflow: auto; padding: 9px } p { height: 700px } footer { height: 30px }\n";
function embeds(broken) {
  const change = (text) => (broken ? BREAKS.reduce((text, [, , change]) => change(text), text) : text);
  const view = (address) => {
    const files = page(address, { head: `<base target="_blank"><script src="${"../".repeat(address.split("/").length - 1)}embed.js" defer></script>` });
    const body = '<main class="embed"><p>Some</p><details><summary>More</summary><p>More</p></details></main>';
    const html = files[address].replace(/<main>[^]*<\/main>/, `${body}<footer><a href="../backlog.html">Open</a></footer>`);
    const style = `${address.replace(/\W/g, "-")}.css`;
    return { ...files, [address]: change(html), [style]: files[style] + change(EMBED_STYLE) };
  };
  return [
    page("backlog.html"),
    ...["embed/board.html", "embed/backlog.html", "embed/themes/one.html"].map(view),
    { "embed.js": change(EMBED), "index.html": "", "icon.svg": SOUND["icon.svg"] },
  ];
}

async function failuresOf(sites, checkIt = checkAll) {
  const folder = mkdtempSync(join(tmpdir(), "roadbook-selftest-"));
  try {
    for (const [address, text] of Object.entries(Object.assign({}, ...sites))) {
      mkdirSync(dirname(join(folder, address)), { recursive: true });
      writeFileSync(join(folder, address), text);
    }
    const report = new Report();
    await checkIt(report, folder);
    return report.failures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function checkAll(report, folder) {
  await Promise.all([checkHtml(report, folder), checkSite(report, folder)]);
}

const failures = await failuresOf([SOUND, ...MUTANTS.map(({ files }) => files)]);
const at = (address) => failures.filter(({ where }) => where === address || where.startsWith(`${address},`));
const say = ({ name, where, problems }) => `${name}: ${where}: ${problems.join("; ")}`;

const report = new Report();
for (const address of ["index.html", "items/one.html", "old.html"]) {
  report.add("a sound page passes", address, at(address).map(say));
}
for (const { what, address, check, words, family } of MUTANTS) {
  const isMeant = ({ name, where }) => name === check && (!family || where.endsWith(`, ${family}`));
  const seen = at(address).some((failure) => isMeant(failure) && failure.problems.some((problem) => words.test(problem)));
  report.add("a broken page is seen", what, seen ? [] : [`"${check}" did not see it`, ...at(address).map(say)]);
}

const links = HOSTED_MUTANTS.map(({ address }) => `<li><a href="${address}">${address}</a></li>`).join("\n");
const start = (links) => page("index.html", { body: `<ul id="list"><li><a href="items/one.html#why">One</a></li>${links}</ul>` });
const hosted = await failuresOf([SOUND, HOSTED, ...HOSTED_MUTANTS.map(({ files }) => files), start(links)], checkPages);
const isBroken = ({ where }) => HOSTED_MUTANTS.some(({ address }) => where.startsWith(`${address},`));
report.add("a sound page passes", "hosted", hosted.filter((failure) => !isBroken(failure)).map(say));
const isSeen = (found, check, where, words) =>
  found.some((failure) => failure.name === check && failure.where === where && failure.problems.some((problem) => words.test(problem)));
for (const { what, where, check, words } of HOSTED_MUTANTS) {
  const others = hosted.filter((failure) => failure.where === where).map(say);
  report.add("a broken page is seen", `${what}, hosted`, isSeen(hosted, check, where, words) ? [] : [`"${check}" did not see it`, ...others]);
}
await each(HOSTED_SITES, 3, async ([what, files, check, where, words]) => {
  const found = await failuresOf([SOUND, files, start("")], checkPages);
  report.add("a broken page is seen", `${what}, hosted`, isSeen(found, check, where, words) ? [] : [`"${check}" did not see it`, ...found.map(say)]);
});

/** Policies that let something in, each with what then happens. */
const STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:";
const POLICIES = [
  ["no policy", "", /handler|element|address|frame/],
  ["a policy with scripts of its own", STRICT.replace("script-src 'self'", "script-src 'unsafe-inline'"), /ran$/],
  ["a policy with styles of its own", STRICT.replace("style-src 'self'", "style-src 'unsafe-inline'"), /style/],
  ["a policy with scripts of addresses", STRICT.replace("script-src 'self'", "script-src 'self' data:"), /script of an address/],
];
const guarded = (policy) => ({ head: policy && `<meta http-equiv="Content-Security-Policy" content="${policy}">` });
const policies = POLICIES.map(([, policy], at) => page(`policy-${at}.html`, guarded(policy)));
const smuggled = await failuresOf([page("index.html", guarded(STRICT)), ...policies], checkPolicy);
report.add("a sound page passes", "its policy", smuggled.filter(({ where }) => where === "index.html").map(say));
for (const [at, [what, , words]] of POLICIES.entries()) {
  const seen = isSeen(smuggled, "nothing smuggled in has an effect", `policy-${at}.html`, words);
  report.add("a broken page is seen", what, seen ? [] : ["its effects were not seen", ...smuggled.map(say)]);
}

/** A program that builds one page with a script that runs and one with a script that is kept from it, whatever the plan. */
const STARTED = `#!/bin/sh
mkdir -p "$4"
printf '<title>A</title>A' >"$4/sound.html"
printf '<title>A</title><script>alert("here")</script>' >"$4/runs.html"
printf '<meta http-equiv="Content-Security-Policy" content="${STRICT.replaceAll("'", "'\\''")}"><title>A</title><script>go()</script>' >"$4/kept.html"
`;
const ran = await failuresOf([{}], (report, folder) => {
  writeFileSync(join(folder, "roadbook"), STARTED, { mode: 0o755 });
  return checkHostile(report, join(folder, "roadbook"));
});
report.add("a sound page passes", "of a hostile plan", ran.filter(({ where }) => where === "sound.html").map(say));
for (const [where, words] of [["runs.html", /a dialog: here/], ["kept.html", /script-src.* kept out inline/]]) {
  const seen = isSeen(ran, "no text of a plan runs", where, words);
  report.add("a broken page is seen", `${where}, of a hostile plan`, seen ? [] : ["it was not seen", ...ran.map(say)]);
}

const cards = { "sound/roadmap.svg": card(words("Fine")) };
CARDS.forEach(([, text], at) => (cards[`card-${at}/roadmap.svg`] = text));
const drawn = await failuresOf([cards], (report, folder) => checkCards(report, Object.keys(cards).map((path) => join(folder, path))));
report.add("a sound card passes", "sound", drawn.filter(({ where }) => where.startsWith("sound,")).map(say));
CARDS.forEach(([what, , check, words], at) => {
  const found = drawn.filter(({ where }) => where.startsWith(`card-${at},`));
  const seen = found.some(({ name, problems }) => name === check && problems.some((problem) => words.test(problem)));
  report.add("a broken card is seen", what, seen ? [] : [`"${check}" did not see it`, ...found.map(say)]);
});

/** A site in one file, of four pages; below, what is broken in it: of each group all at once. */
const SHEET = `${STYLE} .wide { width: 2000px; } .pale { color: #bbb; background: #fff; } .high { height: 3000px; }
@supports selector(:has(:target)) {
  #everything:not(:target):has(:target) > [data-page]:not(:target, :has(:target)),
  #everything:not(:target, :has(:target)) > [data-page]:not(:first-child) { display: none; }
  [data-page]:target { scroll-margin-block-start: 100vh; }
}`;
const ONE = `<!doctype html><html lang="en"><head><meta charset="utf-8">${VIEWPORT}<title>One</title><style>${SHEET}</style></head>
<body><header><a href="#index.html">Home</a> <a href="#backlog.html">Backlog</a> <a href="#roadmap.html">Roadmap</a></header><main id="everything">
<div data-page id="index.html"><h1>Home</h1><p><a href="#backlog.html:rows">Rows</a></p></div>
<div data-page id="backlog.html"><h1>Backlog</h1><p id="backlog.html:rows">Rows: <a href="#items/one.html">One</a></p></div>
<div data-page id="roadmap.html"><h1>Roadmap</h1><p class="high">High</p></div>
<div data-page id="items/one.html"><h1>One</h1><p>It is an item with words.</p></div>
</main></body></html>`;
const ONE_MUTANTS = [
  [
    ["a script", "<h1>Home", '<script src="x.js"></script><h1>Home', "loads nothing", /<script>/],
    ["a picture from elsewhere", "<h1>Home", '<img src="x.png" alt="X"><h1>Home', "loads nothing", /src="x\.png"/],
    ["an id given twice", "<h1>Home", '<h1 id="items/one.html">Home', "loads nothing", /twice/],
    ["a page that is too wide", "<h1>Backlog", '<p class="wide">Wide</p><h1>Backlog', "fits", /p\.wide/],
    ["a page that does not begin at its beginning", "100vh", "0", "one page is shown", /#roadmap\.html does not show the beginning/],
  ],
  [
    ["a link to nowhere", "#backlog.html:rows", "#rows", "one page is shown", /#rows leads nowhere/],
    ["a page that nobody links to", '"#items/one.html"', '"#items/one.html:none"', "every page can be come to", /items\/one\.html/],
    ["pages that print all at once", "@supports", "@media print { [data-page] { display: block !important; } }\n@supports", "prints what is shown", /prints 4 pages, not 1/],
    ["pale text", "<p>It is", '<p class="pale">It is', "is accessible", /color-contrast/],
  ],
  [
    ["two pages at a time", ":not(:target, :has(:target)),", ":not(:target, :has(:target), :first-child),", "one page is shown", /shows 2 pages/],
    ["a link that leads to another page", '"#items/one.html"', '"#items/two.html"', "links and back work", /a link on a page/],
  ],
  [["a place whose page is not shown", ":not(:target, :has(:target)),", ":not(:target),", "one page is shown", /rows shows 0 pages/]],
  [["a style that its policy does not know", VIEWPORT, `<meta http-equiv="Content-Security-Policy" content="style-src 'sha256-AAAA'">${VIEWPORT}`, "loads cleanly", /Content Security Policy/]],
];
const one = (text) => failuresOf([{ "one.html": text }], (report, folder) => checkSingle(report, join(folder, "one.html")));
report.add("a sound page passes", "in one file", (await one(ONE)).map(say));
await each(ONE_MUTANTS, 3, async (group) => {
  const found = await one(group.reduce((text, [, old, now]) => text.replace(old, now), ONE));
  for (const [what, , , check, words] of group) {
    const seen = found.some(({ name, problems }) => name === check && problems.some((problem) => words.test(problem)));
    report.add("a broken page is seen", `${what}, in one file`, seen ? [] : [`"${check}" did not see it`, ...found.map(say)]);
  }
});

const [whole, broken] = await each([false, true], 2, (broken) => failuresOf(embeds(broken), checkEmbeds));
report.add("a sound page passes", "embedded", whole.map(say));
for (const [check, where] of BREAKS) {
  const seen = isSeen(broken, check, where, /./);
  report.add("a broken page is seen", `${check}, ${where}, embedded`, seen ? [] : [`"${check}" did not see it`, ...broken.map(say)]);
}

// The reader of schemas: a plan with nothing in it, and what is broken in one way each.
const SCHEMA = JSON.parse(readFileSync(new URL("../../src/site/data/roadmap.schema.json", import.meta.url), "utf8"));
const none = { total: 0, done: 0, active: 0, ready: 0, blocked: 0, waiting: 0, scheduled: 0, undecided: 0, unknown: 0 };
const EMPTY = {
  ...{ $schema: "roadmap.schema.json", schema_version: 2, kind: "roadmap", generator: "Roadbook 1", title: "T", audience: "public", scoring: "rice" },
  ...{ horizons: ["Now"], vision: null, progress: { items: none, effort: none }, themes: [], theme_words: [], items: [], pages: [], order: [], cycles: [] },
};
report.add("a sound document passes", "roadmap.json", schemaFaults(SCHEMA, EMPTY));
for (const [what, change, schema = SCHEMA] of [
  ["a property that nobody knows", { more: 1 }],
  ["a number for a text", { title: 1 }],
  ["a word that is none of those allowed", { audience: "Public" }],
  ["a list with something else in it", { order: ["a", 1] }],
  ["a part that lacks a property", { progress: { items: none } }],
  ["part of an item", { progress: { items: { ...none, done: 0.5 }, effort: none } }],
  ["a keyword that is none", {}, { ...SCHEMA, propertys: {} }],
  ["a property that is required and not known", {}, { ...SCHEMA, required: [...SCHEMA.required, "more"] }],
  ["a reference to nowhere", {}, { ...SCHEMA, properties: { ...SCHEMA.properties, order: { $ref: "#/$defs/none" } } }],
]) {
  report.add("a broken document is seen", what, schemaFaults(schema, { ...EMPTY, ...change }).length > 0 ? [] : ["it passed"]);
}
report.end();
