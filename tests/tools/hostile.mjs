// A plan for a browser: one item, one theme and one page for each form in which text has been made to run (tests/fixtures/xss.txt), in their
// titles, words and bodies. Whoever opens the pages of its site must see no script run. Pictures on other hosts are among the forms.
//
//   node tests/tools/hostile.mjs FOLDER [EACH]      writes the plan into FOLDER; with every EACH-th form only

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The forms, unescaped. */
export function forms() {
  const text = readFileSync(new URL("../fixtures/xss.txt", import.meta.url), "utf8");
  const letters = { t: "\t", n: "\n", r: "\r", 0: "\0", "\\": "\\" };
  const unescaped = (line) =>
    line.replace(/\\(?:u\{([0-9a-f]+)\}|([tnr0\\]))/g, (_, code, letter) => (code ? String.fromCodePoint(parseInt(code, 16)) : letters[letter]));
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("%% ")).map(unescaped);
}

/** Text in YAML's double quotes. */
function quoted(text) {
  const escaped = (c) => (/["\\]/.test(c) ? `\\${c}` : `\\U${c.codePointAt(0).toString(16).padStart(8, "0")}`);
  return `"${Array.from(text, (c) => (/[ !#-[\]-~]/.test(c) ? c : escaped(c))).join("")}"`;
}

/** Lists, tasks and quotations of more levels than anybody writes. */
function deep() {
  const levels = (line) => Array.from({ length: 40 }, (_, at) => line(at)).join("\n");
  return [
    levels((at) => `${"  ".repeat(at)}- point ${at} with some words`),
    levels((at) => `${"  ".repeat(at)}- [ ] task ${at} with some words`),
    levels((at) => `${"   ".repeat(at)}1. step ${at} with some words`),
    levels((at) => `${"> ".repeat(at + 1)}quotation ${at} with some words\n${"> ".repeat(at + 1)}`),
  ].join("\n\nWords.\n\n");
}

/** The files of the plan, by path. `each`: every so many forms. */
export function hostilePlan(each = 1) {
  const files = {};
  const chosen = forms().filter((_, at) => at % each === 0);
  const one = quoted(chosen[0]);
  files["roadbook.yml"] = `title: ${one}\ndescription: ${one}\ndiagnostics: {near-miss-value: off}\n`;
  files["plan/vision.md"] = `---
title: ${one}
customers: [${chosen.map(quoted).join(", ")}]
needs: [${chosen.map(quoted).join(", ")}]
positioning: {category: ${one}, alternative: ${one}, differentiator: ${one}}
---
${chosen[0]}
`;
  chosen.forEach((form, at) => {
    const value = quoted(`${form} k${at}`);
    const raw = quoted(form);
    const line = form.replace(/\s+/g, " ");
    const body = `A ${line} b.\n\n- [x](${line}) ![x](<${line}>) [x](https://x.test "${line}") \`${line}\`\n\n## a ${line}\n\n${form}\n`;
    files[`plan/themes/t${at}.md`] = `---
title: ${value}
status: ${value}
outcomes: [{metric: ${value}, baseline: ${value}, target: ${value}, unit: ${value}}]
evidence: [${raw}]
---
${body}`;
    files[`plan/items/k${at}.md`] = `---
title: ${value}
status: ${value}
type: ${value}
owner: [${value}]
tags: [${value}]
milestone: ${value}
horizon: ${value}
theme: t${at}
summary: ${value}
links: [${raw}]
evidence: [${raw}]
target: 2027-${String((at % 12) + 1).padStart(2, "0")}
value: 3
effort: 2
depends_on: [${at % 5 === 0 ? "" : `k${at - 1}, `}${raw}]
${value}: ${raw}
---
## Acceptance criteria

- [x] a ${line}
- [ ] ${line}

## Body

${body}`;
    files[`plan/pages/p${at}.md`] = `# a ${line}\n\n${body}`;
  });
  files["plan/pages/deep.md"] = `# Many levels\n\n${deep()}\n`;
  return files;
}

/** Writes the plan into a folder. */
export function writeHostilePlan(folder, each) {
  for (const [path, text] of Object.entries(hostilePlan(each))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, each] = process.argv.slice(2);
  if (!folder) {
    console.error("usage: node hostile.mjs FOLDER [EACH]");
    process.exit(2);
  }
  writeHostilePlan(folder, Number(each ?? 1));
}
