// A Chromium that reaches nothing but the site under test.

import { chromium as playwright } from "playwright-core";
import { chromium as path } from "./found.mjs";

/** The name the served site goes by. Names under `localhost` are trusted as an https site would be. */
export const HOST = "roadbook.localhost";

/**
 * What the browser does without. The suggestions of its address bar are pages of their own, two for each window, which nobody sees here and
 * which cost more than the pages under test. What follows is Playwright's own list, which naming any replaces.
 */
const WITHOUT = [
  ...["WebUIOmniboxAimPopup", "WebUIOmniboxPopup"],
  ...["AutoDeElevate", "AvoidUnnecessaryBeforeUnloadCheckSync", "BoundaryEventDispatchTracksNodeRemoval", "DestroyProfileOnBrowserClose"],
  ...["DialMediaRouteProvider", "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "OptimizationHints", "PaintHolding"],
  ...["RenderDocument", "ThirdPartyStoragePartitioning", "Translate"],
];

/** Starts Chromium; `port` is where the site is served, if it is, and `secure` has the ports of https sites by name. Every other host is unknown to it. */
export async function launch(port, secure = {}) {
  const executablePath = await path();
  if (!executablePath) throw new Error("Chromium is missing: run tests/tools/install.sh");
  const named = Object.entries(secure).map(([name, port]) => `MAP ${name}:443 127.0.0.1:${port}, `).join("");
  const hosts = port ? `${named}MAP ${HOST}:80 127.0.0.1:${port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1` : "MAP * ~NOTFOUND";
  const args = [
    `--host-resolver-rules=${hosts}`,
    "--disable-background-networking",
    "--disable-component-update",
    `--disable-features=${WITHOUT.join(",")}`,
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-first-run",
  ];
  // Chromium's sandbox refuses to start as root; what it opens here is our own.
  return playwright.launch({ executablePath, args, chromiumSandbox: process.getuid?.() !== 0 && !process.env.CI });
}
