"use strict";
// The query page: an editor with completions from this graph, answers in the page. Without it the form works.
(() => {
  const form = document.getElementById("ask");
  const box = document.getElementById("sparql");
  const answer = document.getElementById("answer");
  const Editor = window.Yasqe && (window.Yasqe.default || window.Yasqe);
  if (!form || !Editor) return;
  const { base, root, ontology } = form.dataset;
  const endpoint = new URL(form.action, location.href).href;
  const known = { prefixes: {}, classes: [], properties: [] };
  const names = new Map();
  const MOST = 1000;

  const element = (name, text = "", attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const short = (iri) => {
    if (iri.startsWith(base)) return iri.slice(base.length);
    const found = Object.entries(known.prefixes).filter(([, space]) => iri.startsWith(space))
      .sort((one, other) => other[1].length - one[1].length)[0];
    return found && iri.length > found[1].length ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
  };
  const pageOf = (iri) => {
    if (iri.startsWith(base)) {
      const rest = iri.slice(base.length);
      return `${root}${rest.startsWith("document/") ? "/" : "/page/"}${encodeURI(rest)}`;
    }
    if (iri.startsWith(ontology)) return `${root}/ontology${encodeURI(iri.slice(ontology.length))}`;
    return /^https?:\/\//.test(iri) ? iri : "";
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

  const download = form.querySelector(".pages button");
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
    editorHeight: "24rem",
    screenReaderLabel: "Query",
    hintConfig: { closeCharacters: /[>"]/ },
    tabMode: "default",
  });
  fetch(form.dataset.completions).then((found) => found.json()).then((found) => Object.assign(known, found)).catch(() => {});

  // Running.
  const run = element("button", "Run", { type: "button", title: "Ctrl + Enter" });
  const cancel = element("button", "Cancel", { type: "button", hidden: "" });
  download.textContent = "Download";
  form.querySelector(".pages").prepend(run, cancel);
  const keys = editor.getOption("extraKeys");
  editor.setOption("extraKeys", {
    ...keys, "Ctrl-Enter": () => ask(), "Cmd-Enter": () => ask(), "Ctrl-S": false, Tab: false, "Shift-Tab": false,
  });
  form.addEventListener("submit", () => { box.value = editor.getValue(); });
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
      const found = await fetch(endpoint, {
        method: "POST", body: text, signal: mine.signal,
        headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.8" },
      });
      const kind = found.headers.get("Content-Type") || "";
      if (!found.ok) show(...problem(await found.text(), kind, found.status));
      else if (kind.includes("json")) show(...rows(await found.json(), seconds));
      else show(element("p", `${seconds()}`, { class: "muted" }), element("pre", await found.text()));
      const link = `${location.pathname}?query=${encodeURIComponent(text)}`;
      if (link.length < 6000) history.replaceState(null, "", link);
    } catch (error) {
      if (mine === asked) {
        const said = mine.signal.aborted ? `Cancelled after ${seconds()}.` : `The answer broke off: ${error.message}`;
        show(element("p", said, { role: "alert" }));
      }
    } finally {
      clearInterval(clock);
      if (mine === asked) cancel.hidden = true;
    }
  };
  run.addEventListener("click", ask);
  cancel.addEventListener("click", () => asked?.abort());
  const show = (...parts) => answer.replaceChildren(...parts);

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

  const cell = (term) => {
    const made = element("td");
    if (!term) return made;
    if (term.type === "triple") made.textContent = Object.values(term.value).map((one) => one.value).join(" ");
    else if (term.type === "uri") {
      const href = pageOf(term.value);
      made.append(href ? element("a", short(term.value), { href, title: term.value }) : term.value);
    } else made.textContent = term.value;
    if (term.datatype && /#(integer|decimal|double|float|int|long)$/.test(term.datatype)) made.className = "number";
    return made;
  };
  const rows = (found, seconds) => {
    if ("boolean" in found) return [element("p", `${found.boolean ? "Yes" : "No"} · ${seconds()}`)];
    const all = found.results.bindings;
    const table = element("table", "", { class: "plain sortable asc" });
    const head = table.createTHead().insertRow();
    for (const name of found.head.vars) head.append(element("th", name, { scope: "col" }));
    const body = table.createTBody();
    for (const one of all.slice(0, MOST)) {
      const row = body.insertRow();
      for (const name of found.head.vars) row.append(cell(one[name]));
    }
    const number = all.length === 1 ? "1 row" : `${all.length.toLocaleString("en")} rows`;
    const cut = all.length > MOST ? `, the first ${MOST} are shown; Download has all` : "";
    const region = element("div", "", { class: "results", tabindex: "0", role: "region", "aria-label": "Rows" });
    region.append(table);
    return [element("p", `${number}${cut} · ${seconds()}`, { class: "muted", role: "status" }), region];
  };
})();
