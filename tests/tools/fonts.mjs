// Fonts that readers have: the checks that depend on the width of text run under each of these, and show that it was in use.

/** A wide sans-serif, a narrow one and a wide serif, each with its monospaced companion; install.sh brings them. */
export const FAMILIES = [
  { name: "DejaVu Sans", mono: "DejaVu Sans Mono" },
  { name: "Liberation Sans", mono: "Liberation Mono" },
  { name: "DejaVu Serif", mono: "DejaVu Sans Mono" },
];

/** Runs `work` with the fonts that the page chooses itself, named "", and then under every family; `work` gets a list of problems with the family. */
export async function eachFamily(page, work) {
  await work("", []);
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("DOM.enable");
    await session.send("CSS.enable");
    for (const family of FAMILIES) {
      await wear(page, family);
      await work(family.name, await unworn(session, family.name));
    }
  } finally {
    await wear(page, undefined);
    await session.detach();
  }
}

/** Sets the page in a family, or in its own again. By a constructed style sheet, which no policy of a page forbids. */
async function wear(page, family) {
  const style = family ? `:root { --sans: "${family.name}" !important; --mono: "${family.mono}" !important; font-family: "${family.name}"; }` : "";
  await page.evaluate((style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets = [sheet];
    // What follows sees the page laid out anew.
    document.documentElement.getBoundingClientRect();
  }, style);
}

/** What is shown in other families only: headings, paragraphs, or the texts of a drawing. */
async function unworn(session, name) {
  const { root } = await session.send("DOM.getDocument", { depth: 0 });
  const problems = [];
  for (const selector of ["h1", "p", "svg.dep-graph text", "svg.timeline text", "svg > svg text"]) {
    const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector });
    const others = new Set();
    let isWorn = false;
    for (const nodeId of nodeIds) {
      const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
      fonts.forEach(({ familyName }) => others.add(familyName));
      isWorn = others.has(name);
      if (isWorn) break;
    }
    // What is not shown at all has no font.
    if (!isWorn && others.size > 0) problems.push(`\`${selector}\` is not shown in ${name} but in ${[...others].join(" and ")}`);
  }
  return problems;
}
