// Search, filters and sort over the table of places. The data are two scripts that call
// `reportkit`, loaded once the page can be read; what is asked for stands in the address's fragment.
"use strict";
(() => {
  const DAY = 86_400_000;
  const form = document.querySelector("form.search");
  const held = {};

  // How long ago a list is from, which no page can know when it is made.
  for (const place of document.querySelectorAll("[data-since]")) {
    const days = Math.floor((Date.now() - Date.parse(place.dataset.since)) / DAY);
    if (days > 0) {
      const lang = document.documentElement.lang;
      place.textContent = `(${new Intl.RelativeTimeFormat(`${lang}-US`).format(-days, "day")})`;
    }
  }

  // The same page in the other language, with the same search.
  const carry = () => {
    for (const link of document.querySelectorAll("[data-switch]")) link.hash = location.hash;
  };
  carry();
  if (!form) return;

  const table = document.querySelector("table.listing");
  const body = table.tBodies[0];
  const more = document.querySelector("p.more");
  const found = form.querySelector("[data-found]");
  const only = form.dataset.state;
  const fields = [...form.querySelectorAll("input, select")];
  const STEP = 50;
  const rows = [];
  let shown = [];
  let drawn = false;
  let labels;
  let answers;
  let models;
  let order;
  let sort = "";
  let turned = false;

  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const slug = (name) =>
    fold(name.replace(/['’‘ʼʻ`´′]/g, "").replace(/&/g, " and ")).replace(/[^0-9a-z]+/g, " ").trim().replaceAll(" ", "-");
  const bits = (number) => {
    let count = 0;
    for (let rest = number; rest; rest &= rest - 1) count += 1;
    return count;
  };

  window.reportkit = (name, data) => {
    held[name] = data;
    if (held.places && held.labels) begin();
  };

  function begin() {
    const { places } = held;
    labels = held.labels;
    answers = Object.keys(labels.answers);
    models = Object.keys(labels.models);
    let index = 0;
    for (const [state, list] of Object.entries(places.rows)) {
      for (const row of list) {
        const [code, source, listed = 0, answer = 0, own = 0, agencies = [], model = 0, agreements = 0, kinds = 0, gaps = 0] = row;
        const core = source.replace(/ County$/, "");
        const name = labels.names[index] ?? (core === source ? source : labels.county.replace("#", core));
        index += 1;
        if (only && only !== state) continue;
        const geoid = /^\d{3}$/.test(code) ? labels.fips[state] + code : code;
        const named = agencies.map((number) => places.agencies[number]);
        rows.push({
          name, state, geoid, answer, model, agreements, kinds, gaps, agencies: named,
          stateName: labels.states[state],
          list: places.lists[listed],
          href: `${state.toLowerCase()}/${geoid === labels.fips[state] ? "state" : own || slug(source)}/index.html`,
          key: fold(name),
          place: fold(`${name} ${source === name ? "" : source} ${labels.states[state]} ${state} ${geoid}`),
          all: fold(named.join("\n")),
          count: bits(gaps),
        });
      }
    }
    order = new Intl.Collator(labels.lang).compare;
    if (!only) rows.sort((a, b) => order(a.name, b.name) || order(a.stateName, b.stateName));
    rows.forEach((row, rank) => { row.rank = rank; });
    options("state", Object.entries(labels.states).sort((a, b) => order(a[1], b[1])));
    options("model", Object.entries(labels.models));
    options("answer", Object.entries(labels.answers).filter(([name]) => rows.some((row) => answers[row.answer] === name)));
    options("gap", Object.entries(labels.gaps));
    options("kind", Object.entries(labels.kinds));
    for (const head of table.querySelectorAll("[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sortBy(head.dataset.sort));
      head.append(button);
    }
    // What was typed while the places were loading counts too.
    if (fields.some((field) => field.value)) show();
    else read();
    table.hidden = false;
  }

  function options(name, entries) {
    const select = form.elements[name];
    if (!select) return;
    for (const [value, text] of entries) select.add(new Option(text, value));
  }

  // What each column is sorted by; numbers begin with the largest.
  const keys = {
    name: (row) => row.rank,
    state: (row) => row.stateName,
    answer: (row) => (row.answer + 5) % 6,
    models: (row) => -(row.model & 1 ? 4 : 0) - (row.model & 2 ? 2 : 0) - (row.model & 4 ? 1 : 0),
    agreements: (row) => -row.agreements,
    gaps: (row) => -row.count,
    list: (row) => -Date.parse(row.list),
  };

  function sortBy(name) {
    turned = sort === name && !turned;
    sort = name;
    show();
  }

  const bit = (names, name) => 1 << Math.max(0, names.indexOf(name));

  function fits() {
    const value = (name) => form.elements[name]?.value ?? "";
    const tests = [];
    const state = only || value("state");
    if (state) tests.push((row) => row.state === state);
    if (value("answer")) {
      const wanted = answers.indexOf(value("answer"));
      tests.push((row) => row.answer === wanted);
    }
    for (const [name, key, order] of [
      ["model", "model", models],
      ["gap", "gaps", Object.keys(labels.gaps)],
      ["kind", "kinds", Object.keys(labels.kinds)],
    ]) {
      if (!value(name)) continue;
      const wanted = bit(order, value(name));
      tests.push((row) => row[key] & wanted);
    }
    const words = fold(value("q")).split(/[\s,]+/).filter(Boolean);
    const whole = words.join(" ");
    const picked = [];
    for (const row of rows) {
      if (!tests.every((test) => test(row))) continue;
      if (words.every((word) => row.place.includes(word))) {
        row.agency = "";
        row.near = !whole || row.key.startsWith(whole) ? 0 : 1;
      } else if (words.every((word) => row.all.includes(word) || row.place.includes(word))) {
        const has = (name) => (word) => fold(name).includes(word);
        row.agency = row.agencies.find((name) => words.every(has(name))) ?? row.agencies.find((name) => words.some(has(name)));
        row.near = 2;
      } else continue;
      picked.push(row);
    }
    // Rows stand in the order of their names, which a sort by anything else leaves within equals.
    const key = keys[sort] ?? (whole ? (row) => row.near : null);
    const sign = keys[sort] && turned ? -1 : 1;
    const compare = (a, b) => (typeof a === "string" ? order(a, b) : a - b);
    return key ? picked.sort((a, b) => sign * compare(key(a), key(b))) : picked;
  }

  function show() {
    const before = shown;
    shown = fits();
    const same = shown.length === before.length && shown.every((row, index) => row === before[index]);
    found.textContent =
      shown.length === 0 ? labels.none
      : rows.length === 1 ? labels.single
      : (shown.length === rows.length ? labels.all : labels.some)
        .replace("#", number(shown.length)).replace("%", number(rows.length));
    // To lay out hundreds of rows takes longer than to find them.
    if (same && drawn) shown.slice(0, body.rows.length).forEach(line);
    else {
      body.replaceChildren();
      extend();
      drawn = true;
    }
    for (const head of table.querySelectorAll("[data-sort]")) {
      if (head.dataset.sort !== sort) head.removeAttribute("aria-sort");
      else {
        const down = ["agreements", "gaps", "list"].includes(sort) !== turned;
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
      }
    }
    write();
  }

  const number = (value) => value.toLocaleString(`${labels.lang}-US`);

  function extend() {
    const start = body.rows.length;
    // A state's page shows all its places until something is asked, as it does without scripts.
    const step = only && shown.length === rows.length ? rows.length : STEP;
    for (const row of shown.slice(start, start + step)) body.append(line(row));
    more.hidden = body.rows.length >= shown.length;
    return body.rows[start];
  }

  // A row is drawn once; what may change is the agency that a search found it by.
  function line(row) {
    row.line ??= draw(row);
    row.note.hidden = !row.agency;
    // Names of agencies stay in the language of the source.
    const named = Object.assign(document.createElement("span"), { lang: "en", textContent: row.agency });
    row.note.replaceChildren(labels.agency.replace("#", ""), named);
    return row.line;
  }

  function draw(row) {
    const home = form.dataset.home.replace(/index\.html$/, "");
    row.note = Object.assign(document.createElement("span"), { className: "agency" });
    const cells = {
      // Narrow screens have no column for the state.
      name: () => [
        Object.assign(document.createElement("a"), { href: home + row.href, textContent: row.name }),
        Object.assign(document.createElement("span"), { className: "where", textContent: only ? "" : row.stateName }),
        row.note,
      ],
      state: () => [row.stateName],
      answer: () => [labels.answers[answers[row.answer]]],
      models: () => models.filter((model) => row.model & bit(models, model)).flatMap((model) => [mark(model), " "]),
      agreements: () => [row.agreements ? number(row.agreements) : ""],
      gaps: () => [row.count ? number(row.count) : ""],
      list: () => [Object.assign(document.createElement("time"), { dateTime: row.list, textContent: labels.lists[row.list] })],
    };
    const tr = document.createElement("tr");
    for (const head of table.querySelectorAll("[data-sort]")) {
      const name = head.dataset.sort;
      const cell = document.createElement(name === "name" ? "th" : "td");
      if (name === "name") cell.scope = "row";
      cell.className = `c-${name}`;
      cell.append(...cells[name]());
      tr.append(cell);
    }
    return tr;
  }

  function mark(model) {
    const span = document.createElement("span");
    span.className = "model";
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const use = document.createElementNS(space, "use");
    svg.setAttribute("class", "mark");
    svg.setAttribute("viewBox", "0 0 10 10");
    svg.setAttribute("aria-hidden", "true");
    svg.dataset.mark = model;
    use.setAttribute("href", `#mark-${model}`);
    svg.append(use);
    span.append(svg, labels.models[model]);
    return span;
  }

  // The fragment holds what is asked for, so that an address can be kept and sent.
  function write() {
    const asked = new URLSearchParams();
    for (const field of fields) if (field.value) asked.set(field.name, field.value);
    if (sort) asked.set("sort", turned ? `-${sort}` : sort);
    const text = asked.toString();
    if (location.hash.slice(1) !== text && (text || location.hash.includes("="))) {
      history.replaceState(null, "", text ? `#${text}` : location.pathname);
    }
    carry();
  }

  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const field of fields) {
      field.value = asked.get(field.name) ?? "";
      if (field.value === "" && field.tagName === "SELECT") field.selectedIndex = 0;
    }
    const wanted = asked.get("sort") ?? "";
    turned = wanted.startsWith("-");
    sort = wanted.replace("-", "");
    if (!(sort in keys)) sort = "";
    show();
  }

  form.addEventListener("input", () => { if (labels) show(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const field of fields) field.value = "";
    sort = "";
    turned = false;
    if (labels) show();
    form.elements.q.focus();
  });
  window.addEventListener("hashchange", () => {
    if (rows.length && (location.hash.includes("=") || !location.hash)) read();
  });
  more.addEventListener("click", (event) => {
    if (event.target.tagName === "BUTTON") extend().querySelector("a").focus();
  });

  const load = () => {
    for (const address of [form.dataset.labels, form.dataset.places]) {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("error", () => { found.textContent = form.dataset.failed; });
      document.head.append(script);
    }
  };
  form.hidden = false;
  if (document.readyState === "complete") load();
  else window.addEventListener("load", load);
})();
