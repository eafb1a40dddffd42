// What a release is made of, as a CycloneDX document: every crate that is compiled into it or that compiles it, with its licence, its
// sum, and what it needs. The same lock gives the same bytes.
//
//   node sbom.mjs            for all systems, to standard output
//   node sbom.mjs --check    for this system, without network: is the document whole?

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Report } from "./report.mjs";

const ROOT = join(fileURLToPath(import.meta.url), "../../..");
const run = (program, args) => execFileSync(program, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });

/** The document, from what `cargo metadata` says and the text of Cargo.lock. */
export function sbom(metadata, lock) {
  const packages = new Map(metadata.packages.map((entry) => [entry.id, entry]));
  const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
  const needs = (id) => {
    const wanted = nodes.get(id).deps.filter(({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind !== "dev"));
    return wanted.map(({ pkg }) => pkg);
  };
  const root = metadata.resolve.root;
  const found = new Set([root]);
  for (const id of found) needs(id).forEach((other) => found.add(other));

  const sums = new Map();
  for (const [, name, version, sum] of lock.matchAll(/name = "(.*)"\nversion = "(.*)"\nsource = ".*"\nchecksum = "(.*)"/g)) {
    sums.set(`${name} ${version}`, sum);
  }
  const purl = (id) => `pkg:cargo/${packages.get(id).name}@${packages.get(id).version}`;
  const component = (id) => {
    const { name, version, description, license, repository } = packages.get(id);
    const sum = sums.get(`${name} ${version}`);
    return {
      type: id === root ? "application" : "library",
      "bom-ref": purl(id),
      name,
      version,
      ...(description && { description: description.trim().replace(/\s+/g, " ") }),
      ...(sum && { hashes: [{ alg: "SHA-256", content: sum }] }),
      // Older manifests write a slash where the standard wants a word.
      ...(license && { licenses: [{ expression: license.replaceAll("/", " OR ") }] }),
      purl: purl(id),
      ...(repository && { externalReferences: [{ type: "vcs", url: repository }] }),
    };
  };
  const byName = (a, b) => (purl(a) < purl(b) ? -1 : 1);
  const all = [...found].sort(byName);
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: component(root) },
    components: all.filter((id) => id !== root).map(component),
    dependencies: all.map((id) => ({ ref: purl(id), dependsOn: [...new Set(needs(id))].sort(byName).map(purl) })),
  };
}

/** What a document lacks. */
function lacks({ components, dependencies, metadata }) {
  const problems = [];
  const refs = new Set([metadata.component, ...components].map((one) => one["bom-ref"]));
  for (const { name, hashes, licenses } of components) {
    if (!/^[0-9a-f]{64}$/.test(hashes?.[0].content)) problems.push(`${name} has no sum`);
    if (!licenses?.[0].expression) problems.push(`${name} has no licence`);
  }
  const reached = new Set([metadata.component["bom-ref"]]);
  const needs = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  for (const ref of reached) needs.get(ref)?.forEach((other) => reached.add(other));
  for (const ref of reached) if (!refs.has(ref)) problems.push(`${ref} is needed and not listed`);
  for (const ref of refs) if (!reached.has(ref)) problems.push(`${ref} is listed and not needed`);
  if (refs.size < 50) problems.push(`only ${refs.size} crates`);
  return problems;
}

function metadata(...options) {
  return JSON.parse(run("cargo", ["metadata", "--locked", "--format-version", "1", ...options]));
}

function check() {
  const host = /^host: (.*)$/m.exec(run("rustc", ["-vV"]))[1];
  const about = metadata("--offline", "--filter-platform", host);
  const lock = readFileSync(join(ROOT, "Cargo.lock"), "utf8");
  const whole = sbom(about, lock);
  const report = new Report();
  report.add("the list of parts is whole", `${whole.components.length} crates`, lacks(whole));
  const tree = run("cargo", ["tree", "--locked", "--offline", "-e", "normal,build", "--prefix", "none", "--format", "{p}"]);
  const told = new Set(tree.split("\n").filter(Boolean).map((line) => line.split(" ").slice(0, 2).join("@").replace("@v", "@")));
  const listed = new Set([whole.metadata.component, ...whole.components].map(({ name, version }) => `${name}@${version}`));
  // Which features are on is told more closely there, so it may know of fewer.
  report.add("the list of parts is whole", "nothing that cargo tree tells is missing", [...told].filter((one) => !listed.has(one)));
  const seen = (what, broken) => report.add("a list with a hole is seen", what, lacks(broken).length > 0 ? [] : ["nobody saw it"]);
  seen("a crate left out", { ...whole, components: whole.components.slice(1) });
  seen("a crate of another lock", sbom(about, lock.replace(/checksum = ".*"\n/, "")));
  seen("a crate that nothing needs", { ...whole, components: [...whole.components, { ...whole.components[0], "bom-ref": "pkg:cargo/stranger@1.0.0" }] });
  report.end();
}

if (process.argv[2] === "--check") check();
else console.log(JSON.stringify(sbom(metadata(), readFileSync(join(ROOT, "Cargo.lock"), "utf8")), undefined, 2));
