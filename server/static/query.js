"use strict";
// The query page: an editor with completions from this graph, answers in the page. Without it the form works.
(() => {
  const form = document.getElementById("ask");
  const box = document.getElementById("sparql");
  const answer = document.getElementById("answer");
  const Editor = window.Yasqe && (window.Yasqe.default || window.Yasqe);
  if (!form || !Editor) return;
  const { base, root, ontology } = form.dataset;
  const endpoint = new URL(form.dataset.endpoint, location.href).href;
  const known = { prefixes: {}, classes: [], properties: [], names: new Map() };
  const names = new Map();
  const PAGE = 100;

  const element = (name, text = "", attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  // Completions. `<` and letters of a name give things; the editor's own completers would ask other hosts.
  const thing = (editor) => {
    const cursor = editor.getDoc().getCursor();
    const before = editor.getDoc().getLine(cursor.line).slice(0, cursor.ch);
    const found = /(?<!PREFIX\s+\S*\s*)<([^<>"{}|^`\\:?]{2,40})$/i.exec(before);
    return found && { words: found[1], start: cursor.ch - found[0].length, end: cursor.ch };
  };
  const fitting = (list) => (_, token) => {
    const wanted = token?.autocompletionString || "";
    return list().filter((iri) => iri.startsWith(wanted) || /[#/]([^#/]*)$/.exec(iri)?.[1].startsWith(wanted));
  };
  const stock = Editor.Autocompleters;
  const own = (name, list) => Editor.registerAutocompleter({
    ...stock[name], name: `own-${name}`, bulk: false, persistenceId: null, get: fitting(list),
    postProcessSuggestion: (editor, token, iri) => {
      const used = Object.entries(editor.getPrefixesFromQuery()).find(([, space]) => iri.startsWith(space));
      return used ? `${used[0]}:${iri.slice(used[1].length)}` : `<${iri}>`;
    },
    isValidCompletionPosition: (editor) => !thing(editor) && stock[name].isValidCompletionPosition(editor),
  }, false);
  own("class", () => known.classes);
  own("property", () => known.properties);
  Editor.registerAutocompleter({
    ...stock.prefixes, name: "own-prefixes", bulk: false, persistenceId: null,
    get: (_, token) => Object.entries(known.prefixes).map(([name, space]) => `${name}: <${space}>`)
      .filter((line) => line.startsWith((token?.autocompletionString || token?.string || "").trim())),
  }, false);
  Editor.registerAutocompleter({
    name: "own-things", bulk: false, autoShow: true,
    isValidCompletionPosition: (editor) => Boolean(thing(editor)),
    preProcessToken: (editor, token) => {
      const found = thing(editor);
      return found && { ...token, autocompletionString: found.words, from: { ch: found.start }, to: { ch: found.end } };
    },
    get: async (_, token) => {
      const found = await (await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(token.autocompletionString)}`)).json();
      for (const one of found) names.set(one.iri, [one.name, one.year || one.kind].filter(Boolean).join(", "));
      return found.map((one) => one.iri);
    },
    postProcessSuggestion: (_, token, iri) => `<${iri}>`,
    postprocessHints: (_, hints) => hints.map((hint) => ({ ...hint, displayText: names.get(hint.text.slice(1, -1)) || hint.text })),
  }, false);

  const place = element("div", "", { class: "editor" });
  box.before(place);
  box.hidden = true;
  Editor.defaults.autocompleters = [];
  const editor = new Editor(place, {
    value: box.value,
    autocompleters: ["own-prefixes", "own-class", "own-property", "own-things", "variables"],
    requestConfig: { endpoint },
    persistenceId: null,
    consumeShareLink: null,
    syntaxErrorCheck: false,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "20rem",
    screenReaderLabel: "Query",
    hintConfig: { closeCharacters: /[>"]/ },
    tabMode: "default",
  });
  fetch(form.dataset.completions).then((found) => found.json()).then((found) => Object.assign(known, found)).catch(() => {});

  // Running.
  const run = form.querySelector("button.run"), without = document.getElementById("without");
  const cancel = element("button", "Cancel", { type: "button", hidden: "" });
  run.title = "Ctrl + Enter";
  run.after(cancel);
  const keys = editor.getOption("extraKeys");
  editor.setOption("extraKeys", {
    ...keys, "Ctrl-Enter": () => ask(), "Cmd-Enter": () => ask(), "Ctrl-S": false, Tab: false, "Shift-Tab": false,
  });
  form.addEventListener("submit", (event) => {
    box.value = editor.getValue();
    if (!event.submitter || event.submitter === run) { event.preventDefault(); ask(); }
  });
  let asked = null, wrong = null;

  const ask = async () => {
    asked?.abort();
    const mine = asked = new AbortController();
    const begun = performance.now();
    const seconds = () => `${((performance.now() - begun) / 1000).toFixed(2)} s`;
    if (wrong) editor.removeLineClass(wrong, "background", "wrong-line");
    wrong = null;
    cancel.hidden = false;
    answer.replaceChildren(element("p", "Running …", { class: "muted" }));
    const clock = setInterval(() => { answer.firstChild.textContent = `Running … ${seconds()}`; }, 250);
    const text = editor.getValue();
    try {
      const sent = without?.value ? await leftOut(text, mine.signal) : text;
      const found = await fetch(endpoint, {
        method: "POST", body: sent, signal: mine.signal,
        headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.8" },
      });
      const kind = found.headers.get("Content-Type") || "";
      if (!found.ok) show(...problem(await found.text(), kind, found.status));
      else if (kind.includes("json")) show(...result(await found.json(), seconds, text));
      else show(element("p", `${seconds()}`, { class: "muted" }), element("pre", await found.text()));
      const link = `${location.pathname}?query=${encodeURIComponent(text)}&run=1`;
      if (link.length < 6000) history.replaceState(null, "", link);
    } catch (error) {
      if (mine === asked) {
        if (error.problem) { show(...problem(...error.problem)); return; }
        const said = mine.signal.aborted ? `Cancelled after ${seconds()}.` : `The answer broke off: ${error.message}`;
        show(element("p", said, { role: "alert" }));
      }
    } finally {
      clearInterval(clock);
      if (mine === asked) cancel.hidden = true;
    }
  };
  cancel.addEventListener("click", () => asked?.abort());
  const show = (...parts) => answer.replaceChildren(...parts);

  // The server knows all graphs, and so how to ask without one.
  const leftOut = async (text, signal) => {
    const found = await fetch(`${form.action}/without`, { method: "POST", body: new URLSearchParams({ query: text, without: without.value }), signal, headers: { Accept: "application/sparql-query, application/problem+json;q=0.8" } });
    const body = await found.text();
    if (!found.ok) throw Object.assign(new Error(body), { problem: [body, found.headers.get("Content-Type") || "", found.status] });
    return body;
  };

  const problem = (text, kind, status) => {
    const said = kind.includes("json") ? JSON.parse(text) : { detail: text };
    const found = /line (\d+), column (\d+)/.exec(said.detail || "");
    const line = said.line ?? (found && Number(found[1])), column = said.column ?? (found && Number(found[2]));
    if (line) {
      wrong = editor.getDoc().getLineHandle(line - 1);
      if (wrong) editor.addLineClass(wrong, "background", "wrong-line");
      editor.getDoc().setCursor({ line: line - 1, ch: Math.max(0, (column || 1) - 1) });
      editor.focus();
    }
    return [element("pre", said.detail || `${status}`, { class: "wrong", role: "alert" })];
  };

  // Rows: the same table as the server makes of them without JavaScript, sorted and paged here.
  const isNumber = (term) => /#(integer|decimal|double|float|int|long)$/.test(term?.datatype || "");
  const isDate = (term) => /#(date|gYear|gYearMonth)$/.test(term?.datatype || "");
  const textOf = (term) => (!term ? "" : term.type === "triple" ? Object.values(term.value).map(textOf).join(" ") : term.value);
  const asTsv = (term) => {
    if (!term) return "";
    if (term.type === "uri") return `<${term.value}>`;
    if (term.type !== "literal") return "";
    const text = `"${term.value.replace(/[\\"\n\r\t]/g, (one) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[one])}"`;
    return term["xml:lang"] ? `${text}@${term["xml:lang"]}` : term.datatype ? `${text}^^<${term.datatype}>` : text;
  };
  const order = (one, other) => {
    if (!one || !other) return one ? -1 : other ? 1 : 0;
    if (isNumber(one) && isNumber(other)) return Number(one.value) - Number(other.value);
    return textOf(one).localeCompare(textOf(other), "en");
  };
  const result = (found, seconds, text) => {
    if ("boolean" in found) return [element("p", `${found.boolean ? "Yes" : "No"} · ${seconds()}`, { role: "status" })];
    const all = found.results.bindings, vars = found.head.vars, told = seconds();
    const number = all.length === 1 ? "1 row" : `${all.length.toLocaleString("en")} rows`;
    const line = element("p", `${number} · ${told}`, { class: "muted", role: "status" });
    if (!all.length) return [line];
    const region = element("div", "", { class: "results", tabindex: "0", role: "region", "aria-label": "Rows" });
    const pager = element("p", "", { class: "pages" });
    const figure = element("figure", "", { class: "drawing", "data-table": "rows", "data-kind": "table", "data-title": "Result", "data-vendor": form.dataset.vendor });
    const state = { rows: all, sort: "", backwards: false, page: 0, kind: "table" };
    const kindOf = (name) => {
      const terms = all.map((row) => row[name]).filter(Boolean);
      if (!terms.length) return "text";
      return terms.every((one) => one.type === "uri") ? "iri" : terms.every(isNumber) ? "number" : terms.every(isDate) ? "date" : "text";
    };
    const kinds = Object.fromEntries(vars.map((name) => [name, kindOf(name)]));
    const render = async () => {
      const shown = state.rows.slice(state.page * PAGE, (state.page + 1) * PAGE);
      await learn(shown.flatMap((row) => Object.values(row)).filter((one) => one.type === "uri").map((one) => one.value));
      region.replaceChildren(tableOf(shown, vars, kinds, state, (name) => {
        state.backwards = state.sort === name && !state.backwards;
        state.sort = name;
        state.page = 0;
        const bound = all.filter((row) => row[name]).sort((one, other) => order(one[name], other[name]));
        state.rows = [...(state.backwards ? bound.reverse() : bound), ...all.filter((row) => !row[name])];
        return render();
      }));
      const turn = (label, by) => {
        const button = element("button", label, { type: "button" });
        button.addEventListener("click", () => { state.page += by; render(); });
        return button;
      };
      const first = state.page * PAGE;
      pager.replaceChildren(...(state.page ? [turn("Previous rows", -1)] : []),
        element("span", `Rows ${(first + 1).toLocaleString("en")} to ${(first + shown.length).toLocaleString("en")}`, { class: "muted" }),
        ...(first + PAGE < all.length ? [turn("More rows", 1)] : []));
      figure.dataset.kind = figure.querySelector("select")?.value || figure.dataset.kind;
      window.reelgraphViews?.attach(figure);
    };
    // The table is there before the drawing looks for it.
    queueMicrotask(render);
    return [line, figure, region, pager];
  };
  const learn = async (iris) => {
    const fresh = [...new Set(iris)].filter((iri) => !known.names.has(iri)).slice(0, 1000);
    if (!fresh.length) return;
    try {
      const found = await fetch(form.dataset.names, { method: "POST", body: JSON.stringify(fresh), headers: { "Content-Type": "application/json" } });
      for (const [iri, one] of Object.entries(await found.json())) known.names.set(iri, one);
    } catch { /* they are shown by their IRIs, then */ }
  };
  const cell = (term) => {
    const made = element("td");
    if (!term) return made;
    if (term.type === "uri") {
      const told = known.names.get(term.value);
      made.dataset.value = term.value;
      made.append(told?.page ? element("a", told.name, { href: told.page, title: term.value }) : told?.name || term.value);
    } else made.textContent = isNumber(term) && /^-?\d{5,}$/.test(term.value) ? Number(term.value).toLocaleString("en") : textOf(term);
    if (isNumber(term)) made.className = "number";
    if (isNumber(term) || isDate(term)) made.dataset.value = term.value;
    return made;
  };
  const tableOf = (shown, vars, kinds, state, sort) => {
    const table = element("table", "", { id: "rows", class: "rows" });
    table.append(element("caption", "Rows", { class: "unseen" }));
    const head = table.createTHead().insertRow();
    for (const name of vars) {
      const heading = element("th", "", { scope: "col", "data-name": name, "data-kind": kinds[name] });
      if (state.sort === name) heading.setAttribute("aria-sort", state.backwards ? "descending" : "ascending");
      if (kinds[name] === "number") heading.className = "number";
      const button = element("button", name, { type: "button" });
      button.addEventListener("click", async () => {
        await sort(name);
        document.querySelector(`#rows th[data-name="${CSS.escape(name)}"] button`)?.focus();
      });
      heading.append(button);
      head.append(heading);
    }
    const last = element("th", "", { scope: "col", class: "why" });
    last.append(element("span", "Why this row", { class: "unseen" }));
    head.append(last);
    const body = table.createTBody();
    shown.forEach((one, place) => {
      const row = body.insertRow();
      for (const name of vars) row.append(cell(one[name]));
      const value = `${vars.map((name) => `?${name}`).join("\t")}\n${vars.map((name) => asTsv(one[name])).join("\t")}\n`;
      const button = element("button", "why", { class: "link", form: "ask", formaction: `${form.action}/why`, name: "row", value });
      button.append(element("span", ` row ${state.page * PAGE + place + 1}`, { class: "unseen" }));
      const last = element("td", "", { class: "why" });
      last.append(button);
      row.append(last);
    });
    return table;
  };
  if (new URLSearchParams(location.search).get("run")) ask();
})();
