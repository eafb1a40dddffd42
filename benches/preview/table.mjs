// What the run prints: progress while it goes on, and one Markdown table at its end with what it says about the bars.

import { cpus, release, type } from "node:os";

/** What Roadbook promises of a plan of this many items, on a machine that does nothing else. */
const BARS = { size: 10_000, response: 50, document: 100, times: 10 };

/** The share of the processors that other programs may take unmentioned. */
const DISTURBED = 0.1;

export function say(text) {
  console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
}

export function median(figures) {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function print({ rows, sizes, edits, check }) {
  const lines = [
    ...table(rows),
    "",
    `Medians of ${edits} edits each way, with the least and the most in brackets.`,
    ...sizes.map((size) => compare(rows.filter((row) => row.size === size), size)),
    bars(rows.filter((row) => row.size === BARS.size)),
    checked(check),
    machine(rows),
  ];
  console.log(lines.filter((line) => line !== undefined).join("\n"));
}

function table(rows) {
  const heads = ["items", "", "save → response, ms", "save → document, ms", "server CPU an edit, ms", "memory, MiB", "start, s"];
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const body = rows.map((row) => {
    const { reason, response, document, cpu, memory, start } = row;
    if (reason) return line([thousands(row.size), row.name, `– (${reason})`, "–", "–", "–", "–"]);
    const figures = [number(cpu), number(memory && memory / (1 << 20)), number(start / 1000, 1)];
    return line([thousands(row.size), row.name, times(response), times(document), ...figures]);
  });
  return [line(heads), "|---:|---|---:|---:|---:|---:|---:|", ...body];
}

function times({ times, reason }) {
  const because = reason ? ` (${reason})` : "";
  if (times.length === 0) return `–${because}`;
  return `${number(median(times))} (${number(Math.min(...times))}–${number(Math.max(...times))})${because}`;
}

/** Roadbook beside the fastest peer of the same size, each way. */
function compare(rows, size) {
  const ratios = ["response", "document"].map((way) => {
    const { own, peer, ratio } = beside(rows, way);
    if (own === undefined || !peer) return undefined;
    return `${way} ${ratio.toFixed(1)} times as fast as the fastest peer, ${peer.name} (${number(peer.time)} ms)`;
  });
  return ratios.some(Boolean) ? `${thousands(size)} items: ${ratios.filter(Boolean).join("; ")}.` : undefined;
}

function beside(rows, way) {
  const found = rows.filter((row) => row[way]?.times.length > 0).map((row) => ({ ...row, time: median(row[way].times) }));
  const own = found.find((row) => row.tool === "roadbook")?.time;
  const [peer] = found.filter((row) => row.tool !== "roadbook").sort((a, b) => a.time - b.time);
  return { own, peer, ratio: peer && peer.time / own };
}

function bars(rows) {
  const [response, document] = [beside(rows, "response"), beside(rows, "document")];
  const size = thousands(BARS.size);
  if (response.own === undefined) return `The bars are not measured: they are for Roadbook with ${size} items.`;
  const bar = (text, figure, holds) => {
    const verdict = figure === undefined ? "not measured" : holds ? "holds" : "**does not hold**";
    return `${text}: ${verdict}`;
  };
  const all = [
    bar(`save → response at most ${BARS.response} ms`, response.own, response.own <= BARS.response),
    bar(`at least ${BARS.times} times as fast as the fastest peer`, response.ratio, response.ratio >= BARS.times),
    bar(`save → document at most ${BARS.document} ms`, document.own, document.own <= BARS.document),
  ];
  const idle = rows.some(isDisturbed) ? " The bars are for an idle machine, which this was not: no verdict counts." : "";
  return `Bars at ${size} items: ${all.join("; ")}.${idle}`;
}

function checked(check) {
  const ways = Object.entries({ "in place": check.place, "loaded anew": check.reload }).map(
    ([way, { response, document }]) => `${way}, response ${number(response, 1)}, document ${number(document, 1)}`,
  );
  const verdict = check.holds
    ? "Both ways of looking see what is there."
    : "**That is not so: the machine is busy, or a way of looking is wrong. Rely on none of this.**";
  return `Self-check, ${check.delay} ms by design: ${ways.join("; ")}. ${verdict}`;
}

function machine(rows) {
  const chromium = rows.find((row) => row.chromium)?.chromium;
  const facts = [
    `${cpus().length} processors (${cpus()[0]?.model.trim()})`,
    `${type()} ${release()}`,
    `Node.js ${process.versions.node}`,
    ...(chromium ? [`Chromium ${chromium}`] : []),
  ];
  return `Machine: ${facts.join(", ")}. ${disturbances(rows)}`;
}

function isDisturbed(row) {
  return row.disturbed > DISTURBED;
}

/** Which rows another program may have spoilt. */
function disturbances(rows) {
  const list = rows.filter(isDisturbed).map((row) => `${Math.round(row.disturbed * 100)} % with ${row.name}, ${thousands(row.size)} items`);
  if (rows.some((row) => Number.isNaN(row.disturbed))) return "What other programs took meanwhile is not known.";
  const most = `${DISTURBED * 100} % of its time`;
  return list.length === 0
    ? `Other programs took at most ${most} during the edits over HTTP.`
    : `**Other programs took more than ${most} during some edits over HTTP: ${list.join("; ")}.**`;
}

function number(figure, digits = figure < 10 ? 1 : 0) {
  return figure === undefined || Number.isNaN(figure) ? "–" : figure.toFixed(digits);
}

function thousands(figure) {
  return figure.toLocaleString("en-GB");
}
