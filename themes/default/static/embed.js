// The height of embedded views. In one, it tells the page around it how high the view is; in a page that embeds some and includes
// this file too, it gives each frame the height that its own page tells. Without it a frame keeps its height, and scrolls.
(() => {
  const MOST = 50000;

  // In an embedded view. Around a frame, height and width may depend on each other, by a scrollbar that comes and goes: a view that
  // goes up and down again and again stays up, and one that grows because its frame grew is left at some height.
  const tell = () => {
    let told = 0, wide = 0, at = 0, turns = 0, steps = 0;
    let grew = true;
    const measure = () => {
      const height = Math.min(Math.ceil(document.documentElement.getBoundingClientRect().height), MOST);
      if (height === told) return;
      const grows = height > told;
      const isQuiet = performance.now() - at > 500;
      turns = isQuiet ? 0 : turns + (grows !== grew);
      steps = isQuiet || innerWidth !== wide ? 0 : steps + 1;
      if (steps > 20 || (turns > 6 && !grows)) return;
      [told, wide, grew, at] = [height, innerWidth, grows, performance.now()];
      parent.postMessage({ roadbook: { height } }, "*");
    };
    new ResizeObserver(measure).observe(document.documentElement);
    // A browser does not observe what is far from being seen.
    addEventListener("load", measure);
    addEventListener("message", ({ source, data }) => {
      if (source !== parent || data?.roadbook !== "height") return;
      told = 0;
      measure();
    });
  };

  // In a page that embeds views.
  const listen = () => {
    addEventListener("message", ({ source, origin, data }) => {
      const height = data?.roadbook?.height;
      if (!Number.isInteger(height) || height < 1 || height > MOST) return;
      const frame = [...document.querySelectorAll("iframe[src]")].find((frame) => frame.contentWindow === source);
      // It may have gone on to somebody else's page.
      if (!frame || new URL(frame.src).origin !== origin) return;
      const style = getComputedStyle(frame);
      const sides = ["borderTopWidth", "borderBottomWidth", "paddingTop", "paddingBottom"];
      const around = style.boxSizing === "border-box" ? sides.reduce((sum, side) => sum + parseFloat(style[side]), 0) : 0;
      frame.style.height = `${height + around}px`;
    });
    // A view that was there first has told it already.
    for (const frame of document.querySelectorAll("iframe[src*='/embed/']")) frame.contentWindow?.postMessage({ roadbook: "height" }, "*");
  };

  if (!document.querySelector("main.embed")) listen();
  else if (parent !== window) tell();
})();
