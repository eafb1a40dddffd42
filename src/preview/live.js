// The live preview's part in the browser. `roadbook serve` puts it into every page that it sends; a built site has none of it.
//
// 1. A web socket brings the present state after every change: what the site is made from (its generation), what the last
//    edit did, and what is wrong.
// 2. A page of another generation is asked for again and updated in place, by a three-way comparison: what was served before,
//    what is served now, and what is on the page. Only what differs between the first two is changed in the third, so that
//    what a reader or a script did to the page (typed, sorted, unfolded, selected) stays.
// 3. Style sheets, images and scripts are compared by their bytes; a style sheet is exchanged, a changed script loads anew.
// 4. A pill, a note and a sheet in the corner say the rest. They live in a shadow root, apart from the page.
(() => {
  let generation = document.currentScript.dataset.generation; // what the page was made from
  let state; // the server's last message
  let served; // the page as it was served last: it is changed along with the page
  const onPage = new WeakMap(); // a node of `served` → its node on the page
  const touched = new Set(); // elements on the page that the present update changed

  // The update in place -------------------------------------------------------------------------------------------------

  const pair = (copy, node) => {
    onPage.set(copy, node);
    for (let a = copy.firstChild, b = node.firstChild; a && b; a = a.nextSibling, b = b.nextSibling) pair(a, b);
  };

  /** Takes out of a served page what differs without meaning anything. */
  const tidy = (page) => {
    page.querySelector("script[data-generation]")?.remove();
    // A parser without script sees elements in <noscript>, one with script sees text.
    for (const element of page.querySelectorAll("noscript")) {
      const inert = document.createElement("template");
      inert.innerHTML = element.firstElementChild ? element.innerHTML : element.textContent;
      element.textContent = inert.innerHTML;
    }
    return page;
  };

  const idOf = (node) => node.getAttribute?.("id");
  const nameOf = (node) => (idOf(node) ? `${node.nodeName}#${idOf(node)}` : node.nodeName);

  /**
   * Which child before became which child after: equal ends, then by id, by content, and by name between those.
   * Gives the partners, and those of the children after that may differ from theirs.
   */
  const match = (before, after) => {
    const partner = new Map();
    const join = (node, old) => partner.set(node, old);
    // The usual case, and a cheap one: no two can be mistaken for each other, as in <html>, <table> and all that holds little.
    const names = after.map(nameOf);
    const isClear = before.length === after.length && before.every((old, index) => nameOf(old) === names[index]);
    if (isClear && new Set(names.filter((name) => name !== "#text")).size === after.filter((node) => node.nodeType !== Node.TEXT_NODE).length) {
      after.forEach((node, index) => join(node, before[index]));
      return [partner, after];
    }

    const least = Math.min(before.length, after.length);
    let [start, end] = [0, 0];
    while (start < least && before[start].isEqualNode(after[start])) start += 1;
    while (start + end < least && before.at(-1 - end).isEqualNode(after.at(-1 - end))) end += 1;
    for (let i = 0; i < start; i += 1) join(after[i], before[i]);
    for (let i = 1; i <= end; i += 1) join(after.at(-i), before.at(-i));

    const left = before.slice(start, before.length - end);
    const right = after.slice(start, after.length - end);
    const place = new Map(left.map((old, index) => [old, index]));
    const free = new Set(left);
    const joinBy = (key) => {
      const known = Map.groupBy(free, key);
      for (const node of right) {
        const old = !partner.has(node) && key(node) !== undefined && known.get(key(node))?.shift();
        if (old) join(node, old);
      }
      for (const old of partner.values()) free.delete(old);
    };
    joinBy((node) => (idOf(node) ? nameOf(node) : undefined));
    joinBy((node) => node.outerHTML ?? `${node.nodeName} ${node.data}`);
    // By name only between neighbours that were found already, so that nothing has to cross them.
    const bounds = [];
    for (let index = right.length - 1, bound = left.length; index >= 0; index -= 1) {
      bounds[index] = bound = place.get(partner.get(right[index])) ?? bound;
    }
    let low = 0;
    right.forEach((node, index) => {
      const fits = (old) => free.has(old) && nameOf(old) === nameOf(node);
      let at = partner.has(node) || idOf(node) ? bounds[index] : low;
      while (at < bounds[index] && !fits(left[at])) at += 1;
      if (at < bounds[index] && free.delete(left[at])) join(node, left[at]);
      if (partner.has(node)) low = place.get(partner.get(node)) + 1;
    });
    return [partner, right.filter((node) => partner.has(node) && !partner.get(node).isEqualNode(node))];
  };

  /** The members of a longest increasing subsequence. */
  const longestIncreasing = (numbers) => {
    const tails = []; // indexes of the least last number of a subsequence of each length
    const previous = [];
    numbers.forEach((number, index) => {
      let [low, high] = [0, tails.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (numbers[tails[middle]] < number) low = middle + 1;
        else high = middle;
      }
      previous[index] = tails[low - 1];
      tails[low] = index;
    });
    const members = new Set();
    for (let index = tails.at(-1); index !== undefined; index = previous[index]) members.add(numbers[index]);
    return members;
  };

  /** Makes `was`, a node of `served`, and what is on the page for it say what `now` says. */
  const alter = (was, now) => {
    const node = onPage.get(was);
    if (was.nodeType !== Node.ELEMENT_NODE) return rewrite(node, was, now);
    for (const { namespaceURI: space, localName: name } of [...was.attributes]) {
      if (now.hasAttributeNS(space, name)) continue;
      touched.add(node);
      for (const element of [was, node]) element.removeAttributeNS(space, name);
    }
    for (const attribute of now.attributes) {
      if (was.getAttributeNS(attribute.namespaceURI, attribute.localName) === attribute.value) continue;
      touched.add(node);
      for (const element of [was, node]) element.setAttributeNodeNS(attribute.cloneNode());
    }
    alterChildren(node, was, now);
  };

  /** Changes only the characters that differ: a selection around them stays. */
  const rewrite = (node, was, { data: text }) => {
    const old = was.data;
    if (old === text) return;
    was.data = text;
    if (node.parentElement) touched.add(node.parentElement);
    if (node.data !== old) return void (node.data = text);
    let [start, end] = [0, 0];
    while (start < old.length && old[start] === text[start]) start += 1;
    while (end < Math.min(old.length, text.length) - start && old.at(-1 - end) === text.at(-1 - end)) end += 1;
    node.replaceData(start, old.length - end - start, text.slice(start, text.length - end));
  };

  const alterChildren = (node, was, now) => {
    const before = [...was.childNodes];
    const after = [...now.childNodes];
    const [partner, changed] = match(before, after);
    const kept = new Set(partner.values());
    const gone = before.filter((old) => !kept.has(old));
    const create = (next) => {
      const made = document.importNode(next, true);
      pair(next, made);
      if (made.nodeType === Node.ELEMENT_NODE) touched.add(made);
      else if (made.data.trim()) touched.add(node);
      return made;
    };
    // A script put something else in the place of what is to change: nothing of it can be kept.
    const isLost = (old, next) => !onPage.get(old)?.isConnected && !(next && old.isEqualNode(next));
    if (node.isConnected && (gone.some((old) => isLost(old)) || changed.some((next) => isLost(partner.get(next), next)))) {
      node.replaceChildren(...after.map(create));
      return was.replaceChildren(...after);
    }

    for (const next of changed) alter(partner.get(next), next);
    for (const old of gone) onPage.get(old)?.remove();
    if (before.length === after.length && before.every((old, index) => partner.get(after[index]) === old)) return;

    // What a script has sorted stays as it sorted it.
    const order = before.filter((old) => kept.has(old));
    let found = 0;
    for (const child of node.childNodes) if (found < order.length && child === onPage.get(order[found])) found += 1;
    const place = new Map(order.map((old, index) => [old, index]));
    const places = after.filter((next) => partner.has(next)).map((next) => place.get(partner.get(next)));
    const stays = found === order.length ? longestIncreasing(places) : new Set(places);
    let last = null;
    for (const next of after) {
      const old = partner.get(next);
      const own = old ? onPage.get(old) : create(next);
      if (!old || !stays.has(place.get(old))) put(node, own, last);
      last = own;
    }
    was.replaceChildren(...after.map((next) => partner.get(next) ?? next));
  };

  /** Puts a node behind another one, or first. */
  const put = (parent, node, last) => {
    const isInside = last && last !== parent && parent.contains(last);
    const [into, before] = isInside ? [last.parentNode, last.nextSibling] : [parent, last ? null : parent.firstChild];
    if (before === node) return;
    // Moving keeps focus and selection, where the browser knows how.
    if (into.moveBefore && node.isConnected && into.isConnected) into.moveBefore(node, before);
    else into.insertBefore(node, before);
  };

  const scriptsOf = (page) => [...page.scripts].map((script) => script.outerHTML).join("\n");

  const update = (now) => {
    try {
      if (scriptsOf(tidy(now)) !== scriptsOf(served)) return location.reload();
      const focused = document.activeElement;
      touched.clear();
      alter(served.documentElement, now.documentElement);
      if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
      if (!ui.host.isConnected) document.documentElement.append(ui.host);
      // Scripts that made something of the page look at it again; they may see it as it was served.
      document.dispatchEvent(new CustomEvent("roadbook:update", { detail: served }));
      highlight();
    } catch (error) {
      console.error(error);
      location.reload();
    }
  };

  /** Lets what changed light up for a moment, by an animation that leaves no trace. Where much did, it would only flicker. */
  const highlight = () => {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const blocks = new Set([...touched].map((element) => element.closest("p, li, tr, h1, h2, h3, h4, h5, h6, dd, pre, figure") ?? element));
    const shown = [...blocks].filter((block) => block instanceof HTMLElement && document.body.contains(block) && block.offsetHeight < innerHeight / 2);
    if (shown.length > 24) return;
    for (const block of shown) block.animate({ backgroundColor: ["rgb(91 127 255 / .16)"], offset: [0] }, { duration: 1400, easing: "ease-out" });
  };

  // Keeping up ------------------------------------------------------------------------------------------------------------

  // A page that was missing from the start has nothing to lose.
  let isMissing = performance.getEntriesByType("navigation")[0]?.responseStatus === 404;

  /** What became of this address: another one, or nothing. */
  const successor = (moved) => {
    const path = decodeURIComponent(location.pathname.slice(1));
    let next;
    for (let from = path; Object.hasOwn(moved, from) && moved[from] && moved[from] !== path; from = next) next = moved[from];
    return next && `/${next.split("/").map(encodeURIComponent).join("/")}`;
  };

  const follow = (address) => history.replaceState(history.state, "", address + location.search + location.hash);

  /** Asks for the page again; gives whether there was an answer. */
  const renew = async () => {
    for (let hops = 0; hops < 8; hops += 1) {
      const next = successor(state.moved);
      if (next) follow(next);
      const options = { cache: "no-store", headers: { Accept: "text/html" } };
      const response = await fetch(location.pathname + location.search, options).catch(() => undefined);
      const text = await response?.text().catch(() => undefined);
      const now = new DOMParser().parseFromString(text ?? "", "text/html");
      const made = now.querySelector("script[data-generation]")?.dataset.generation;
      if (made === undefined) return false;
      const redirect = now.querySelector("meta[http-equiv=refresh i]")?.content.match(/url=(.*)/i)?.[1];
      const target = redirect && new URL(redirect, location);
      if (target && target.origin === location.origin) {
        follow(target.pathname);
        continue;
      }
      generation = made;
      const isGone = response.status === 404;
      ui.tellGone(isGone && !isMissing);
      if (isGone && !isMissing) return true;
      isMissing = isGone;
      update(now);
      return true;
    }
    return true;
  };

  let isBusy = false;
  const keepUp = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      for (let done; done !== state.generation; ) {
        done = state.generation;
        const isOld = generation !== done;
        if (!isOld || (await renew())) await compareFiles(isOld);
        // Without an answer the next message brings the next try, or the next second.
        else return void setTimeout(() => socket?.readyState === WebSocket.OPEN && keepUp(), 1000);
      }
    } finally {
      isBusy = false;
    }
  };

  // Files beside the page -------------------------------------------------------------------------------------------------

  const MAX_IMAGES = 50;
  const seen = new Map(); // address → fingerprint of what it held
  const leaving = new WeakSet(); // style sheets whose successor is on its way

  /** FNV-1a: enough to see a change, and there where `crypto.subtle` is not. */
  const fingerprint = (bytes) => {
    let hash = 0x811c9dc5;
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
    return `${bytes.length} ${hash}`;
  };

  /** Looks for files that changed under the page. The first look, at a page that is up to date, only remembers. */
  const compareFiles = async (isOld) => {
    const during = state.generation;
    const users = new Map();
    const images = [...document.images].filter((image) => image.getAttribute("src"));
    const elements = [...document.querySelectorAll("link[rel~=stylesheet][href], script[src]")];
    for (const element of images.length < MAX_IMAGES ? [...elements, ...images] : elements) {
      const url = new URL(element.href ?? element.src);
      if (url.origin !== location.origin || leaving.has(element)) continue;
      url.searchParams.delete("v");
      users.set(url.href, [...(users.get(url.href) ?? []), element]);
    }
    await Promise.all(
      [...users].map(async ([address, elements]) => {
        const response = await fetch(address, { cache: "no-store" }).catch(() => undefined);
        const bytes = await response?.arrayBuffer().catch(() => undefined);
        if (!bytes) return;
        const last = seen.get(address);
        const present = `${response.status} ${fingerprint(new Uint8Array(bytes))}`;
        seen.set(address, present);
        if (last !== present && (isOld || last)) for (const element of elements) exchange(element, address, last);
      }),
    );
    // What was remembered while something changed may be newer than what the page shows.
    if (!isOld && state.generation !== during) seen.clear();
  };

  let version = 0;
  const exchange = (element, address, last) => {
    const url = new URL(address);
    url.searchParams.set("v", `${Date.now()}-${(version += 1)}`);
    if (element.localName === "script") return last && location.reload();
    if (element.localName === "img") return (element.src = url.href);
    const next = element.cloneNode();
    const copy = [...served.querySelectorAll("link")].find((link) => onPage.get(link) === element);
    if (copy) onPage.set(copy, next);
    // Both apply until the new one is there, so that the page is never bare.
    for (const type of ["load", "error"]) next.addEventListener(type, () => element.remove(), { once: true });
    leaving.add(element);
    next.href = url.href;
    element.after(next);
  };

  // The connection --------------------------------------------------------------------------------------------------------

  let socket, timer, delay;
  const connect = () => {
    if (socket?.readyState <= WebSocket.OPEN) return;
    clearTimeout(timer);
    const mine = (socket = new WebSocket(`${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/.roadbook/live`));
    mine.addEventListener("message", ({ data }) => {
      delay = 250;
      ui.tellAway(false);
      const isFirst = !state;
      const last = state?.edit?.number;
      state = JSON.parse(data);
      if (state.edit && !isFirst && state.edit.number !== last) ui.tellEdit(state.edit);
      ui.tellProblems();
      keepUp();
    });
    mine.addEventListener("close", () => {
      if (mine !== socket) return;
      ui.tellAway(true);
      timer = setTimeout(connect, (delay ??= 250));
      delay = Math.min(2 * delay, 2000);
    });
  };

  // What is told ----------------------------------------------------------------------------------------------------------

  const STYLE = `
    :host { all: initial !important; }
    .frame { --bg: #fff; --sunken: #f3f3ef; --ink: #1a1c1f; --soft: #55595f; --line: #dcdcd5; --accent: #2348c4; --error: #b8322c; --warning: #965000;
      --note: #17774a; --help: #0d6b76; --shade: 0 1px 2px rgb(0 0 0 / .06), 0 8px 28px rgb(0 0 0 / .13);
      position: fixed; inset: auto 0 0 0; z-index: 2147483647; display: flex; flex-direction: column; max-block-size: 100%; pointer-events: none;
      color: var(--ink); font: 400 13px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", Cantarell, Ubuntu, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
      direction: ltr; color-scheme: light dark; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; text-align: start; }
    *, ::before, ::after { box-sizing: border-box; }
    p, ul { margin: 0; padding: 0; list-style: none; }
    [hidden] { display: none !important; }
    button { all: unset; box-sizing: border-box; cursor: pointer; -webkit-tap-highlight-color: transparent; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "Noto Sans Mono", "Liberation Mono", monospace; }
    .spoken { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
    .corner { display: flex; flex-direction: column; align-items: end; gap: 8px; align-self: end; margin: 12px; max-inline-size: min(23rem, 100% - 24px); }
    .corner > *, .panel { pointer-events: auto; }
    .notes { display: grid; gap: 8px; }
    .card { position: relative; padding: 12px 40px 14px 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--bg); box-shadow: var(--shade); overflow-wrap: anywhere; }
    .card b { display: block; font-weight: 600; }
    .card p, .card ul { color: var(--soft); font-variant-numeric: tabular-nums; }
    .card li { margin-block-start: 3px; padding-inline-start: 14px; position: relative; }
    .card li::before { content: ""; position: absolute; inset: .6em auto auto 0; inline-size: 5px; block-size: 5px; border-radius: 50%; background: var(--accent); }
    .card .rest { margin-block-start: 3px; padding-inline-start: 14px; }
    .card code { padding: 1px 4px; border-radius: 4px; background: var(--sunken); color: var(--ink); font-size: 12px; }
    .close { display: grid; place-items: center; inline-size: 28px; block-size: 28px; border-radius: 6px; color: var(--soft); }
    .close::before { content: ""; inline-size: 11px; block-size: 11px; background: currentColor; clip-path: polygon(0 10%, 10% 0, 50% 40%, 90% 0, 100% 10%, 60% 50%, 100% 90%, 90% 100%, 50% 60%, 10% 100%, 0 90%, 40% 50%); }
    .close:hover { background: var(--sunken); color: var(--ink); }
    .card .close { position: absolute; inset: 7px 7px auto auto; }
    .pill { display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; min-block-size: 26px; padding: 2px 11px; border: 1px solid var(--line); border-radius: 14px; background: var(--bg); color: var(--soft);
      box-shadow: 0 1px 3px rgb(0 0 0 / .1); font-size: 12px; font-weight: 500; font-variant-numeric: tabular-nums; }
    .pill:hover, .pill[aria-expanded=true] { color: var(--ink); }
    .pill::before { content: ""; inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--note); }
    .pill.stale::before { background: var(--error); }
    .pill.away::before { background: none; border: 1.5px solid var(--warning); }
    .count { display: flex; align-items: center; gap: 5px; color: var(--ink); }
    .count::before { content: ""; inline-size: 9px; block-size: 9px; background: var(--c); clip-path: polygon(50% 4%, 100% 96%, 0 96%); }
    .count.error { --c: var(--error); }
    .count.error::before { clip-path: polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%); }
    .count.warning { --c: var(--warning); }
    .panel { display: flex; flex-direction: column; min-block-size: 0; max-block-size: 45vh; border-block-start: 1px solid var(--line); background: var(--bg); box-shadow: 0 -8px 28px rgb(0 0 0 / .1); }
    .panel.stale { max-block-size: 72vh; border-block-start: 2px solid var(--error); }
    .bar { display: flex; align-items: center; gap: 4px 12px; padding: 8px 12px 8px 20px; border-block-end: 1px solid var(--line); }
    .bar p { flex: 1; min-inline-size: 0; color: var(--soft); }
    .bar b { margin-inline-end: 6px; font-weight: 600; color: var(--ink); }
    .more { padding: 3px 9px; border-radius: 6px; color: var(--accent); font-weight: 500; white-space: nowrap; }
    .more:hover { background: var(--sunken); }
    pre { margin: 0; padding: 14px 20px 18px; overflow: auto; overscroll-behavior: contain; font-size: 12.5px; line-height: 1.5; tab-size: 4; font-variant-ligatures: none; }
    pre:focus-visible { outline-offset: -3px; }
    pre:empty { display: none; }
    pre b { font-weight: 650; }
    pre .error { color: var(--error); font-weight: 650; }
    pre .warning { color: var(--warning); font-weight: 650; }
    pre .note { color: var(--note); font-weight: 650; }
    pre .help { color: var(--help); font-weight: 650; }
    pre .margin { color: var(--accent); }
    @media (prefers-color-scheme: dark) {
      .frame { --bg: #1a1c20; --sunken: #2a2d33; --ink: #ebebe7; --soft: #a9adb4; --line: #363a41; --accent: #9db8ff; --error: #ff8f86; --warning: #f0ab52;
        --note: #52c48b; --help: #6cccd8; --shade: 0 1px 2px rgb(0 0 0 / .3), 0 8px 28px rgb(0 0 0 / .45); }
    }
    @media (max-width: 40rem) {
      .bar { padding-inline-start: 14px; }
      pre { padding-inline: 14px; font-size: 12px; }
      .panel:not(.stale) .bar span { display: none; }
    }
    @media (prefers-reduced-motion: no-preference) {
      .card, .panel { animation: rise .18s cubic-bezier(.2, .7, .3, 1); }
      .pill.stale::before { background: var(--error); }
    .pill.away::before { animation: wait 1.2s ease-in-out infinite alternate; }
      @keyframes rise { from { opacity: 0; translate: 0 8px; } }
      @keyframes wait { to { opacity: .3; } }
    }
    @media print { .frame { display: none; } }`;

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const closer = (onclick) => make("button", { type: "button", className: "close", ariaLabel: "Close", onclick });
  const counted = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
  /** Text in which `names` stand in backticks. */
  const prose = (text) => text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? make("code", { textContent: part }) : part));

  /** A report in the terminal's colours, as text and elements that say exactly the same. */
  const paint = (report) => {
    let level = "error";
    const span = (className, textContent) => make("span", { className, textContent });
    const line = (text) => {
      const head = /^(error|warning|note|help)(\[[\w-]+\])?(:.*)/.exec(text);
      if (head) return [span((level = head[1]), head[1] + (head[2] ?? "")), make("b", { textContent: head[3] })];
      const [, margin, rest] = /^(\s*(?:-->|:::|\.\.\.|\d*\s*\||=))(.*)/.exec(text) ?? [text, "", text];
      const word = margin.endsWith("=") && /^\s*(help|note)(?=:)/.exec(rest);
      if (word) return [span("margin", margin), span(word[1], word[0]), rest.slice(word[0].length)];
      // Under a source line: carets in the colour of the finding, what belongs to it in the margin's.
      const isUnder = /^\s*\|$/.test(margin) && /^[\s|_/\\]*(\^|-)/.exec(rest);
      return [span("margin", margin), isUnder ? span(isUnder[1] === "^" ? level : "margin", rest) : rest];
    };
    return report.split("\n").flatMap((text, index) => [index ? "\n" : "", ...line(text)]);
  };

  const ui = (() => {
    const host = document.createElement("roadbook-preview");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];

    const pill = make("button", { type: "button", className: "pill", ariaExpanded: "false", onclick: () => (view ? close() : show("all", true)) });
    const notes = make("div", { className: "notes", role: "status" });
    const spoken = make("div", { className: "spoken", role: "status" });
    const title = make("b", {});
    const subtitle = make("span", {});
    const more = make("button", { type: "button", className: "more", textContent: "Show all", onclick: () => show("all", true) });
    const report = make("pre", { tabIndex: 0, role: "region", ariaLabel: "Report" });
    const bar = make("div", { className: "bar" }, make("p", {}, title, " ", subtitle), more, closer(() => close()));
    const panel = make("section", { className: "panel", ariaLabel: "Problems of the plan", hidden: true }, bar, report);
    root.append(make("div", { className: "frame" }, make("div", { className: "corner" }, notes, spoken, pill), panel));

    // Which fresh report was closed, in this tab; without storage it is remembered as long as the page is open.
    let closed = "";
    const dismissed = (text) => {
      try {
        if (text !== undefined) sessionStorage.setItem("roadbook:closed", text);
        return sessionStorage.getItem("roadbook:closed") ?? "";
      } catch {
        return (closed = text ?? closed);
      }
    };

    let view; // "fresh", "all", or nothing
    let fresh = "";
    let isAway = false;

    /** The kinds of problems there are, each with its count in words. */
    const totals = ({ errors, warnings }) =>
      [["error", errors], ["warning", warnings]].flatMap(([kind, count]) => (count ? [[kind, counted(count, kind)]] : []));
    const listed = (problems, none) => totals(problems).map(([, text]) => text).join(" · ") || none;
    const countIn = (text) => {
      const count = (pattern) => text.match(pattern)?.length ?? 0;
      return { errors: count(/^error\b/gm), warnings: count(/^warning\b/gm) };
    };

    /** Opens or closes the sheet; `byHand` where the reader asked for it, whose focus then goes along. */
    const show = (next, byHand) => {
      const hadFocus = panel.contains(root.activeElement);
      view = next;
      draw();
      if (next && byHand) report.focus();
      else if (!next && hadFocus) pill.focus();
    };

    const close = () => {
      dismissed(fresh);
      show(undefined);
    };

    const draw = () => {
      drawPill();
      panel.hidden = !view;
      if (!view) return;
      const { fresh, all, cut, stale } = state.problems;
      const isFresh = view === "fresh";
      const [heading, words] = stale
        ? ["The page could not be made.", "You see the last good one."]
        : isFresh
          ? [listed(countIn(fresh), "A note"), "New since the preview started"]
          : state.audience === "public"
            ? [listed(state.problems, "Nothing is wrong"), "In what everybody may see"]
            : [listed(state.problems, "Nothing is wrong."), all ? "In the whole plan" : "Every file of the plan reads as it was meant."];
      title.textContent = heading;
      subtitle.textContent = words + (!isFresh && cut ? `; the last ${cut.toLocaleString("en")} are not shown` : "");
      more.hidden = !isFresh || all.length <= fresh.length;
      panel.classList.toggle("stale", stale);
      const text = isFresh ? fresh : all;
      if (report.textContent !== text) report.replaceChildren(...paint(text));
    };

    const drawPill = () => {
      const stale = state?.problems.stale;
      pill.className = `pill ${isAway ? "away" : stale ? "stale" : ""}`;
      pill.ariaExpanded = String(!!view);
      pill.title = state ? `Live preview of ${state.title}` : "Live preview";
      if (isAway) return pill.replaceChildren("Reconnecting…");
      const words = ["Preview", state && (state.audience === "public" ? "Public" : "Internal"), stale && "Out of date"];
      const counts = totals(state?.problems ?? {}).flatMap(([kind, text], index) => [
        index ? "·" : "",
        make("span", { className: `count ${kind}`, textContent: text }),
      ]);
      pill.replaceChildren(make("span", { textContent: words.filter(Boolean).join(" · ") }), " ", ...counts);
    };

    const tellProblems = () => {
      const now = state.problems.fresh;
      if (now !== dismissed()) dismissed("");
      if (now !== fresh) {
        if (now && now !== dismissed()) view = "fresh";
        else if (view === "fresh") show(undefined);
        spoken.textContent = now.split("\n", 1)[0];
        fresh = now;
      }
      draw();
    };

    /** Puts a card above the pill, in place of an older one of its kind. */
    const card = (kind, ...content) => {
      clear(kind);
      const element = make("div", { className: `card ${kind}` }, ...content, closer(() => element.remove()));
      notes.append(element);
      return element;
    };
    const clear = (kind) => notes.querySelector(`.${kind}`)?.remove();

    const SECONDS = 8;
    const tellEdit = ({ notes: lines, more }) => {
      if (!lines.length) return;
      const items = lines.map((line) => make("li", {}, ...prose(line)));
      const rest = more ? [make("p", { className: "rest", textContent: `and ${more.toLocaleString("en")} more` })] : [];
      const element = card("edit", make("b", { textContent: "What the edit did" }), make("ul", {}, ...items), ...rest);
      // It goes by itself, yet never under the pointer, the keyboard, or unseen.
      let timer;
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          if (document.hidden || element.matches(":hover, :focus-within")) wait();
          else element.remove();
        }, SECONDS * 1000);
      };
      wait();
    };

    let isGone = false;
    const tellGone = (now) => {
      if (now === isGone) return;
      isGone = now;
      clear("gone");
      if (!now) return;
      const words = "You see it as it was last. When it comes back, so does this page.";
      card("gone", make("b", { textContent: "Nothing has this address any more" }), make("p", { textContent: words }));
    };

    let patience;
    const tellAway = (now) => {
      // A server that is back at once was not away.
      isAway = now;
      clearTimeout(patience);
      patience = setTimeout(draw, now ? 300 : 0);
    };

    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && view) close();
    });
    draw();
    return { host, tellProblems, tellEdit, tellGone, tellAway };
  })();

  document.addEventListener("readystatechange", () => {
    if (document.readyState !== "interactive") return;
    // The page's own deferred scripts have not run yet: this is what was served.
    served = document.cloneNode(true);
    pair(served, document);
    tidy(served);
    document.documentElement.append(ui.host);
    connect();
  });
  document.addEventListener("visibilitychange", () => document.hidden || (served && connect()));
  addEventListener("online", () => served && connect());
  addEventListener("pageshow", ({ persisted }) => persisted && connect());
  // A page that is left is not away; it may be come back to.
  addEventListener("pagehide", () => {
    const last = socket;
    socket = undefined;
    if (last?.readyState === WebSocket.OPEN) last.close();
  });
})();
