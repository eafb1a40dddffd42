// A copy of the project, which cargo compiles as a project of its own. What it is made of is taken from where the tests have left it, as long
// as it is compiled in the same way: a flag for the whole compiler, as in RUSTFLAGS, would have all of it compiled once more.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

function change(tree, how) {
  const manifest = join(tree, "Cargo.toml");
  writeFileSync(manifest, how(readFileSync(manifest, "utf8")));
}

/** Nothing is said of what is odd in the copy. */
export function allowEverything(tree) {
  // From one `[lints…]` to whatever comes after the last.
  change(tree, (text) => text.replace(/^\[lints\.[^]*?(?=^\[(?!lints\.)|$(?![^]))/gm, ""));
}

/** The copy, and nothing of what it is made of, is compiled soon and runs slowly: for a few short tests. */
export function compileSoon(tree) {
  change(tree, (text) => `${text}\n[profile.dev.package.roadbook]\nopt-level = 0\ndebug = false\n`);
}
