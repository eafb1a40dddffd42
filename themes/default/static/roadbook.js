// The backlog's filter and sorting, kept in the address. The page is complete without it.
(() => {
  let form, tables, columns, rows;
  const fields = ["q", "state", "theme", "owner", "ready"];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const key = (link) => decodeURIComponent(link.pathname.split("/").pop().replace(/\.html$/, ""));

  // The cells of a head that name a column, and what one of them says of its column.
  const heads = (table) => [...table.querySelectorAll("thead [data-column]")];
  const columnOf = (head) => ({
    name: head.dataset.column,
    number: head.dataset.type === "number",
    down: head.dataset.first === "descending",
  });

  // Reads what each row says: in a row, `data-column` marks the element of a column, whose value is `data-value`, else its text. Nothing is
  // found by its position. `served` is the page as it was made: there the rows stand in their order, whatever is sorted here.
  const scan = (served) => {
    tables = [...document.querySelectorAll("table.backlog")];
    columns = new Map(tables.flatMap(heads).map((head) => [head.dataset.column, columnOf(head)]));
    const order = new Map([...served.querySelectorAll("table.backlog > tbody > tr")].map((row, place) => [row.id, place]));
    const choices = { state: new Map(), theme: new Map(), owner: new Map() };
    rows = tables.flatMap((table) =>
      [...table.querySelectorAll("tbody > tr")].map((element) => {
        const cells = new Map([...element.querySelectorAll("[data-column]")].map((cell) => [cell.dataset.column, cell]));
        const value = (name) => cells.get(name)?.dataset.value ?? cells.get(name)?.textContent ?? "";
        const links = (name) =>
          [...(cells.get(name)?.querySelectorAll("a") ?? [])].map((link) => {
            choices[name].set(key(link), link.textContent);
            return key(link);
          });
        const state = value("state");
        if (state) choices.state.set(state, state[0].toUpperCase() + state.slice(1));
        return {
          element,
          table,
          place: order.get(element.id),
          text: fold(element.id.replace("item-", "") + " " + element.textContent),
          state,
          theme: links("theme"),
          owner: links("owner"),
          ready: value("ready") === "ready",
          // To sort by. What has no number comes last where the column is first sorted.
          values: new Map(
            [...columns.values()].map(({ name, number, down }) => {
              const digits = value(name).replace(/[^\d.-]/g, "");
              return [name, !number ? fold(value(name)) : digits ? parseFloat(digits) : down ? -Infinity : Infinity];
            }),
          ),
        };
      }),
    );
    for (const [name, options] of Object.entries(choices)) offer(form.elements[name], options);
    // The header cells become buttons.
    for (const head of tables.flatMap(heads)) {
      if (head.querySelector("button")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
    }
  };

  // Keeps a list of choices in step with the rows; what is chosen stays, even where no row has it any more.
  const offer = (select, options) => {
    const here = new Map([...select.options].map((option) => [option.value, option]));
    let before = here.get("");
    here.delete("");
    for (const [value, option] of here) if (!options.has(value) && !option.selected) option.remove();
    for (const [value, label] of [...options].sort((a, b) => a[1].localeCompare(b[1]))) {
      const option = here.get(value) ?? new Option(label, value);
      if (option.text !== label) option.text = label;
      if (before.nextElementSibling !== option) before.after(option);
      before = option;
    }
    select.closest("label").hidden = select.options.length === 1;
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const name of fields) {
      const field = form.elements[name];
      if (field.type === "checkbox") field.checked = query.get(name) === "1";
      else field.value = query.get(name) ?? "";
      // An address may name what this page does not have; show everything rather than nothing.
      if (field.value === "" && field.tagName === "SELECT") field.selectedIndex = 0;
    }
    apply();
    sortBy(query.get("sort"));
  };

  const write = () => {
    const query = new URLSearchParams(location.search);
    for (const name of fields) {
      const field = form.elements[name];
      const value = field.type === "checkbox" ? (field.checked ? "1" : "") : field.value.trim();
      if (value) query.set(name, value);
      else query.delete(name);
    }
    replace(query);
  };

  const replace = (query) => {
    const text = query.toString();
    try {
      history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
    } catch {
      // Some browsers refuse this for local files; the filter works all the same.
    }
  };

  const apply = () => {
    const words = fold(form.elements.q.value).split(/\s+/).filter(Boolean);
    const { state, theme, owner, ready } = form.elements;
    const active = words.length || state.value || theme.value || owner.value || ready.checked;
    let shown = 0;
    for (const row of rows) {
      const fits =
        words.every((word) => row.text.includes(word)) &&
        (!state.value || row.state === state.value) &&
        (!theme.value || row.theme.includes(theme.value)) &&
        (!owner.value || row.owner.includes(owner.value)) &&
        (!ready.checked || row.ready);
      row.element.hidden = !fits;
      shown += fits;
    }
    for (const table of tables) {
      const group = table.closest(".group");
      const some = rows.some((row) => row.table === table && !row.element.hidden);
      group.hidden = !some;
      // A hit inside a folded list must be seen; what the reader opened stays open.
      if (group.tagName === "DETAILS") {
        if (active && some && !group.open) group.open = group.opened = true;
        else if (!active && group.opened) group.open = group.opened = false;
      }
    }
    const paged = document.querySelector(".pager") ? " on this page" : "";
    form.querySelector("output").textContent = active ? `${shown} of ${rows.length} items${paged}` : "";
  };

  // Sorting, by the name of a column, behind a minus for downwards: a third press on a header goes back to the order.
  let sorted = "";
  const sortBy = (name) => {
    const down = !!name?.startsWith("-");
    const column = down ? name.slice(1) : name;
    const found = columns.has(column);
    sorted = found ? name : "";
    const focused = document.activeElement;
    for (const head of tables.flatMap(heads)) {
      if (head.dataset.column === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    for (const body of new Set(rows.map((row) => row.element.parentNode))) {
      const own = rows.filter((row) => row.element.parentNode === body);
      own.sort((a, b) => {
        const [x, y] = found ? [a.values.get(column), b.values.get(column)] : [a.place, b.place];
        const order = x === y ? 0 : typeof x === "number" ? (x < y ? -1 : 1) : x.localeCompare(y);
        return (down ? -order : order) || a.place - b.place;
      });
      // Only rows that are out of place move, so that what is selected stays so.
      const move = body.moveBefore ?? body.insertBefore;
      let next = body.rows[0];
      for (const { element } of own) {
        if (element === next) next = next.nextElementSibling;
        else move.call(body, element, next);
      }
    }
    if (focused !== document.activeElement) focused.focus({ preventScroll: true });
  };

  // Parts of the page may come and go, so the page listens for them.
  const on = (type, selector, act) =>
    document.addEventListener(type, (event) => {
      const target = event.target.closest(selector);
      if (target) act(target, event);
    });
  const renew = () => {
    apply();
    write();
  };
  on("click", "table.backlog thead [data-column] button", (button) => {
    const { name, down } = columnOf(button.closest("[data-column]"));
    const cycle = down ? [`-${name}`, name, ""] : [name, `-${name}`, ""];
    const next = cycle[(cycle.indexOf(sorted) + 1) % 3];
    sortBy(next);
    const query = new URLSearchParams(location.search);
    if (next) query.set("sort", next);
    else query.delete("sort");
    replace(query);
  });
  on("submit", "form.filter", (_, event) => event.preventDefault());
  on("input", "form.filter", renew);
  on("reset", "form.filter", () => setTimeout(renew));
  document.addEventListener("keydown", (event) => {
    if (!form || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    form.elements.q.focus();
    form.elements.q.select();
  });
  addEventListener("popstate", () => form && read());

  // At first, and whenever the preview has changed the page in place.
  const start = (served) => {
    const old = form;
    form = document.querySelector("form.filter");
    if (!form) return;
    scan(served);
    form.hidden = false;
    if (form !== old) return read();
    apply();
    sortBy(sorted);
  };
  document.addEventListener("roadbook:update", (event) => start(event.detail));
  start(document);
})();
