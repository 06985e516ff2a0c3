"use strict";
// Drawings of a result: bars, lines, points, timelines and graphs, all from the table beside them, which has the same
// to read. The libraries that draw are loaded when there is something to draw, not before.
(() => {
  const MOST = { bar: 60, timeline: 80, graph: 60 };
  const KINDS = { table: "the table only", bar: "bars", line: "a line", scatter: "points", timeline: "a timeline", graph: "a graph" };
  const NOT_NAMES = /^(source|sources|quote|currency|status|titles|best|start|end)$/;
  const loaded = new Map();

  const element = (name, text = "", attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const load = (address) => {
    if (!loaded.has(address)) {
      loaded.set(address, new Promise((done, failed) => {
        const script = element("script", "", { src: address });
        script.addEventListener("load", done);
        script.addEventListener("error", () => failed(new Error(`${address} cannot be loaded`)));
        document.head.append(script);
      }));
    }
    return loaded.get(address);
  };

  // The table as values.
  const read = (table) => {
    const heads = [...table.tHead.rows[0].cells].filter((one) => one.dataset.name);
    const columns = heads.map((one) => ({ name: one.dataset.name, label: one.textContent.trim(), kind: one.dataset.kind, at: one.cellIndex }));
    const rows = [...table.tBodies[0].rows].map((row) => columns.map((column) => {
      const cell = row.cells[column.at];
      return { text: cell.textContent.trim(), value: cell.dataset.value ?? cell.textContent.trim(), href: cell.querySelector("a")?.getAttribute("href") || "" };
    }));
    return { columns, rows };
  };
  const isNumber = (text) => text !== "" && Number.isFinite(Number(text));
  // Which columns are what: as the query says, else the first that fits.
  const plan = ({ columns, rows }, figure) => {
    const named = (part) => (figure.dataset[part] || "").split(" ").filter(Boolean)
      .map((name) => columns.findIndex((one) => one.name === name)).filter((at) => at >= 0);
    const places = columns.map((_, at) => at);
    const filled = (at) => rows.some((row) => row[at].text);
    const isYear = (at) => columns[at].kind === "year" || (columns[at].kind === "number" && /year$/i.test(columns[at].name));
    const isRepeat = (at) => columns.some((one) => `${one.name}Name` === columns[at].name);
    const years = places.filter(isYear);
    const texts = places.filter((at) => ["text", "iri"].includes(columns[at].kind) && !NOT_NAMES.test(columns[at].name) && !isRepeat(at) && filled(at));
    const numbers = places.filter((at) => columns[at].kind === "number" && columns[at].name !== "position" && !isYear(at));
    const dates = [...places.filter((at) => columns[at].kind === "date"), ...years].filter(filled);
    const key = (row, at) => at.map((one) => row[one].text).join("\u0000");
    let label = named("label").filter(filled);
    if (!label.length) {
      for (const at of texts) {
        label.push(at);
        if (new Set(rows.map((row) => key(row, label))).size === rows.length) break;
      }
      if (!label.length) label = (years.length ? years : places).slice(0, 1);
    } else if (label.length > 1) {
      // A name that is the same in all rows tells nothing.
      const telling = label.filter((at) => rows.length < 2 || new Set(rows.map((row) => row[at].text)).size > 1);
      if (telling.length) label = telling;
    }
    // In time, films come one through the other: each step says of which it is.
    const film = places.find((at) => /^film(Name)?$/.test(columns[at].name));
    const several = film !== undefined && named("label").length && !label.includes(film) && new Set(rows.map((row) => row[film].text)).size > 1;
    const things = places.filter((at) => columns[at].kind === "iri" && filled(at) && !/^sources?$/.test(columns[at].name));
    const ends = things.length > 1 ? things : places.filter((at) => columns[at].kind === "iri" && filled(at));
    return {
      label, film: several ? film : undefined, value: named("value").length ? named("value") : numbers, date: named("date").length ? named("date") : dates,
      colour: named("colour"), panel: named("panel").filter((at) => new Set(rows.map((row) => row[at].text)).size > 1),
      ends: ends.slice(0, 2), between: texts.find((at) => !ends.slice(0, 2).includes(at)), numbers,
    };
  };
  const possible = (chosen, rows) => Object.keys(KINDS).filter((kind) => ({
    table: true, bar: chosen.value.length, scatter: chosen.value.length > 1, timeline: chosen.date.length,
    line: chosen.date.length && chosen.value.length, graph: chosen.ends.length > 1,
  })[kind] && rows.length);

  const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
  // As much of a text as there is room for, in pixels, before an axis.
  const ruler = document.createElement("canvas").getContext("2d");
  const fitting = (text, room) => {
    ruler.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    let most = text.length;
    while (most > 1 && ruler.measureText(short(text, most)).width > room - 12) most -= 1;
    return short(text, most);
  };
  const naming = (row, at) => at.map((one) => row[one].text).filter(Boolean).join(" · ");
  const days = (text) => {
    const [begin, end] = text.split("/");
    const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(begin);
    if (!found) return null;
    const [year, month, day] = [Number(found[1]), found[2] && Number(found[2]), found[3] && Number(found[3])];
    const from = new Date(Date.UTC(year, (month || 1) - 1, day || 1));
    const until = end ? days(end)?.until ?? from
      : day ? from : month ? new Date(Date.UTC(year, month, 0)) : new Date(Date.UTC(year, 11, 31));
    return { from, until };
  };

  // Plots. Their style element is taken away before the page could refuse it; query.css has what it says.
  const finish = (drawn) => {
    drawn.querySelectorAll("style").forEach((one) => one.remove());
    // One picture with one name; its parts are told apart by class.
    for (const one of drawn.querySelectorAll("[aria-label]")) {
      one.classList.add(...one.getAttribute("aria-label").split(" "));
      one.removeAttribute("aria-label");
    }
    return drawn;
  };
  const drawBars = (data, chosen, width, label) => {
    const at = chosen.value[0], rows = data.rows.filter((row) => isNumber(row[at].value)).slice(0, MOST.bar);
    const groups = chosen.panel.length ? Map.groupBy(rows, (row) => row[chosen.panel[0]].text) : new Map([["", rows]]);
    return [...groups].map(([panel, members]) => {
      const room = Math.min(width * 0.42, 300);
      const bars = members.map((row, place) => ({ key: `${place}`, name: fitting(naming(row, chosen.label), room), value: Number(row[at].value), text: row[at].text }));
      const names = new Map(bars.map((one) => [one.key, one.name]));
      const least = Math.min(0, ...bars.map((one) => one.value));
      return finish(Plot.plot({
        className: "plot", width, height: bars.length * 24 + 52, marginLeft: room, marginRight: 14 + 6.6 * Math.max(...bars.map((one) => one.text.length)), marginTop: 44, marginBottom: 8, ariaLabel: panel ? `${label}, ${panel}` : label,
        x: { axis: "top", grid: true, labelOffset: 40, label: [data.columns[at].label, panel].filter(Boolean).join(", "), domain: [least, Math.max(1e-9, ...bars.map((one) => one.value))], ticks: width < 500 ? 3 : 6, tickFormat: "~s" },
        y: { label: null, tickSize: 0, domain: bars.map((one) => one.key), tickFormat: (key) => names.get(key) },
        marks: [
          Plot.barX(bars, { x: "value", y: "key", className: "mark", insetTop: 2, insetBottom: 2, fill: null }),
          Plot.text(bars, { x: "value", y: "key", text: "text", textAnchor: "start", dx: 4, className: "values", fill: null }),
        ],
      }));
    });
  };
  const drawPoints = (data, chosen, width, label, isLine) => {
    const [across, up] = isLine ? [chosen.date[0], chosen.value[0]] : chosen.value;
    const value = (row, at) => (isLine && at === across ? days(row[at].value)?.from : isNumber(row[at].value) ? Number(row[at].value) : null);
    const groups = chosen.panel.length ? Map.groupBy(data.rows, (row) => row[chosen.panel[0]].text) : new Map([["", data.rows]]);
    return [...groups].map(([panel, members]) => {
      const points = members.map((row) => ({ x: value(row, across), y: value(row, up), name: short(naming(row, chosen.label), 30) }))
        .filter((one) => one.x !== null && one.x !== undefined && one.y !== null);
      if (isLine) points.sort((one, other) => one.x - other.x);
      const marks = isLine ? [Plot.lineY(points, { x: "x", y: "y", className: "line", stroke: null })] : [];
      return finish(Plot.plot({
        className: "plot", width, height: Math.min(420, width * 0.7), marginLeft: 60, marginRight: 90, ariaLabel: panel ? `${label}, ${panel}` : label,
        x: { label: data.columns[across].label, grid: true, nice: true, tickFormat: isLine ? undefined : "~s" }, y: { label: [data.columns[up].label, panel].filter(Boolean).join(", "), grid: true, nice: true, tickFormat: "~s" },
        marks: [...marks, Plot.dot(points, { x: "x", y: "y", r: 4, className: "mark", fill: null }),
          ...(points.length > 40 ? [] : [Plot.text(points, { x: "x", y: "y", text: "name", textAnchor: "start", dx: 8, className: "values", fill: null })])],
      }));
    });
  };
  const drawTimeline = (data, chosen, width, label) => {
    const at = chosen.date[0];
    const found = data.rows.map((row) => ({ when: days(row[at].value), name: naming(row, chosen.label.filter((one) => one !== at)), film: chosen.film === undefined ? "" : row[chosen.film].text, date: row[at].text, value: row[at].value, colour: chosen.colour.length ? row[chosen.colour[0]].text : "" }))
      .filter((one) => one.when);
    // What several sources say is one thing of the timeline.
    const events = [...new Map(found.map((one) => [`${one.film}\u0000${one.name}\u0000${one.date}`, one])).values()]
      .sort((one, other) => one.when.from - other.when.from).slice(0, MOST.timeline);
    if (!events.length) return [];
    // Where there is little room the dates are part of the names.
    const isNarrow = width < 560, room = isNarrow ? width * 0.62 : Math.min(width * 0.48, 330);
    const named = (one) => [one.film && short(one.film, isNarrow ? 10 : 20), one.name].filter(Boolean).join(" · ");
    const names = events.map((one) => fitting(isNarrow ? `${one.value} ${named(one)}` : named(one) || one.date, room));
    const colours = [...new Set(events.map((one) => one.colour))];
    const kind = (one) => `mark k${colours.indexOf(one.colour) % 6}`;
    const first = events[0].when.from, last = new Date(Math.max(...events.map((one) => one.when.until)));
    const slack = Math.max((last - first) * 0.04, 864e5 * 20);
    const marks = colours.flatMap((colour) => {
      const own = events.map((one, place) => ({ ...one, key: `${place}` })).filter((one) => one.colour === colour);
      return [
        Plot.ruleY(own, { x1: (one) => one.when.from, x2: (one) => one.when.until, y: "key", className: `span ${kind(own[0]).split(" ")[1]}`, stroke: null }),
        Plot.dot(own, { x: (one) => one.when.from, y: "key", r: 4.5, className: kind(own[0]), fill: null }),
        ...(isNarrow ? [] : [Plot.text(own, { x: (one) => one.when.until, y: "key", text: "date", textAnchor: "start", dx: 9, className: "values", fill: null })]),
      ];
    });
    return [finish(Plot.plot({
      className: "plot", width, height: events.length * 24 + 36, marginLeft: room, marginRight: isNarrow ? 14 : 110, marginTop: 28, marginBottom: 8, ariaLabel: label,
      x: { axis: "top", type: "utc", grid: true, label: null, domain: [new Date(first - slack), new Date(+last + slack)], ticks: width < 500 ? 3 : 6 },
      y: { label: null, tickSize: 0, domain: events.map((_, place) => `${place}`), tickFormat: (key) => names[Number(key)] },
      marks,
    }))];
  };

  // Graphs. The nodes begin on a circle in the order of the table and nothing is left to chance, so that a picture repeats.
  const network = (data, chosen) => {
    const nodes = new Map(), edges = new Map();
    const [from, to] = chosen.ends;
    let left = 0;
    for (const row of data.rows) {
      const ends = [row[from], row[to]];
      if (ends.some((one) => !one.text)) continue;
      const fresh = new Set(ends.map((one) => one.value).filter((id) => !nodes.has(id)));
      if (nodes.size + fresh.size > MOST.graph) { left += 1; continue; }
      for (const one of ends) nodes.set(one.value, nodes.get(one.value) || { ...one, degree: 0 });
      for (const one of ends) nodes.get(one.value).degree += 1;
      const key = `${ends[0].value} ${ends[1].value}`;
      const said = chosen.between === undefined ? "" : row[chosen.between].text;
      const known = edges.get(key);
      if (!known) edges.set(key, { id: key, source: ends[0].value, target: ends[1].value, said: new Set(said ? [said] : []) });
      else if (said) known.said.add(said);
    }
    return { nodes, edges, left };
  };
  const drawGraph = (data, chosen, canvas, label) => {
    const { nodes, edges, left } = network(data, chosen);
    const style = getComputedStyle(document.documentElement), of = (name) => style.getPropertyValue(name).trim();
    const size = nodes.size, radius = Math.max(130, size * 5.5);
    const centre = data.centre || "";
    const box = element("div", "", { class: "network", role: "img", "aria-label": `${label}: ${size} nodes and ${edges.size} lines` });
    canvas.replaceChildren(box);
    const wide = Math.max(0.5, Math.min(2.1, box.clientWidth / box.clientHeight));
    const first = [...nodes.keys()].filter((id) => id !== centre);
    // All tied to one thing: rings around it, as wide as the picture is, the inner one with the fewest.
    const isStar = centre !== "" && [...edges.values()].every((one) => one.source === centre || one.target === centre);
    const rings = first.length > 30 ? [0.22, 0.55, 1] : first.length > 12 ? [0.4, 1] : [1];
    const ring = first.map((_, at) => {
      const share = (at + 0.5) / first.length;
      return rings.findIndex((_, place) => share <= rings.slice(0, place + 1).reduce((sum, one) => sum + one, 0) / rings.reduce((sum, one) => sum + one, 0));
    });
    const place = (id) => {
      if (id === centre) return { x: 0, y: 0 };
      const at = first.indexOf(id), own = isStar ? ring.filter((one) => one === ring[at]) : first;
      const nth = isStar ? ring.slice(0, at).filter((one) => one === ring[at]).length : at;
      const turn = (2 * Math.PI * (nth + (isStar ? 0.5 * (ring[at] % 2) : 0))) / Math.max(1, own.length) - Math.PI / 2;
      const far = isStar ? (radius * (ring[at] + 1)) / rings.length : radius * (0.75 + 0.25 * (at % 2));
      return { x: far * Math.cos(turn) * (isStar ? wide : 1), y: far * Math.sin(turn) };
    };
    if (!document.getElementById("__________cytoscape_stylesheet")) document.head.append(element("template", "", { id: "__________cytoscape_stylesheet" }));
    const shown = cytoscape({
      container: box, minZoom: 0.2, maxZoom: 3, boxSelectionEnabled: false, userZoomingEnabled: matchMedia("(pointer: coarse)").matches,
      elements: [
        ...[...nodes].map(([id, one]) => ({ data: { id, name: short(one.text, 28), href: one.href, size: 14 + 4 * Math.sqrt(one.degree) }, position: place(id), classes: id === centre ? "centre" : "" })),
        ...[...edges.values()].map((one) => ({ data: { ...one, said: short([...one.said].join(", "), 26) } })),
      ],
      layout: { name: "preset", fit: true, padding: 40 },
      style: [
        { selector: "node", style: { label: "data(name)", width: "data(size)", height: "data(size)", "background-color": of("--accent"), color: of("--ink"), "font-size": 12, "text-margin-y": -3, "text-wrap": "wrap", "text-max-width": 110, "text-background-color": of("--paper"), "text-background-opacity": 0.8, "text-background-padding": 1 } },
        { selector: ".centre", style: { "background-color": of("--warn"), "font-size": 15, "font-weight": "bold" } },
        { selector: "edge", style: { width: 1.2, "line-color": of("--edge") || of("--soft"), "curve-style": "straight", label: edges.size <= 24 ? "data(said)" : "", "font-size": 9, color: of("--soft"), "text-rotation": "autorotate", "text-background-color": of("--paper"), "text-background-opacity": 0.8 } },
      ],
    });
    if (!isStar) {
      shown.layout({ name: "cose", animate: false, randomize: false, fit: false, nodeRepulsion: () => 120000, idealEdgeLength: () => 70, nodeOverlap: 40, numIter: 800, nodeDimensionsIncludeLabels: true }).run();
      // As wide as the picture is.
      const drawn = shown.elements().boundingBox(), wider = Math.max(1, (0.9 * box.clientWidth * drawn.h) / (box.clientHeight * drawn.w));
      shown.nodes().positions((one) => ({ x: one.position("x") * Math.min(2.4, wider), y: one.position("y") }));
    }
    shown.fit(undefined, 36);
    if (shown.zoom() > 1.3) { shown.zoom(1.3); shown.center(); }
    // Names as large as the text of the page, however far the picture had to shrink.
    const zoom = Math.min(1, shown.zoom());
    shown.style().selector("node").style({ "font-size": 12 / zoom, "text-max-width": 110 / zoom }).update();
    shown.on("tap", "node", (event) => { const href = event.target.data("href"); if (href) location.assign(href); });
    box.network = shown;
    return left ? `${left} rows are left out: a graph has at most ${MOST.graph} nodes.` : "";
  };

  const draw = async (figure, canvas, data, chosen, kind) => {
    const vendor = figure.dataset.vendor, title = figure.dataset.title || "Result";
    if (kind === "graph") {
      await load(`${vendor}/cytoscape/cytoscape.min.js`);
      return drawGraph(data, chosen, canvas, title);
    }
    await load(`${vendor}/d3/d3.min.js`);
    await load(`${vendor}/plot/plot.umd.min.js`);
    const width = Math.max(280, Math.floor(canvas.clientWidth)), label = `${title} as ${KINDS[kind]}; the table has the same`;
    const plots = kind === "bar" ? drawBars(data, chosen, width, label)
      : kind === "timeline" ? drawTimeline(data, chosen, width, label) : drawPoints(data, chosen, width, label, kind === "line");
    plots.forEach((one) => one.setAttribute("role", "img"));
    canvas.replaceChildren(...plots);
    const most = MOST[kind];
    return most && data.rows.length > most ? `The first ${most} are drawn.` : "";
  };

  const attach = (figure) => {
    const table = document.getElementById(figure.dataset.table);
    if (!table) return;
    const data = { ...read(table), centre: figure.dataset.centre };
    const chosen = plan(data, figure), kinds = possible(chosen, data.rows);
    if (kinds.length < 2) { figure.hidden = true; return; }
    const canvas = element("div", "", { class: "canvas" }), note = element("p", "", { class: "muted", role: "status" });
    const pick = element("select", "", { id: `${figure.dataset.table}-kind` });
    for (const kind of kinds) pick.append(element("option", KINDS[kind], { value: kind }));
    const caption = element("figcaption");
    caption.append(element("label", "Draw ", { for: pick.id }), pick, note);
    const which = element("select", "", { "aria-label": "Value" });
    for (const at of chosen.value) which.append(element("option", data.columns[at].label, { value: at }));
    which.addEventListener("change", () => {
      chosen.value = [Number(which.value), ...chosen.value.filter((at) => at !== Number(which.value))];
      show(pick.value);
    });
    pick.after(which);
    figure.replaceChildren(caption, canvas);
    const show = async (kind) => {
      figure.dataset.drawn = "";
      canvas.replaceChildren();
      which.hidden = !["bar", "line"].includes(kind) || chosen.value.length < 2;
      if (kind === "table") { note.textContent = ""; return; }
      try {
        note.textContent = await draw(figure, canvas, data, chosen, kind);
        figure.dataset.drawn = kind;
      } catch (error) {
        note.textContent = `This cannot be drawn: ${error.message}`;
      }
    };
    pick.value = kinds.includes(figure.dataset.kind) ? figure.dataset.kind : "table";
    pick.addEventListener("change", () => show(pick.value));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (pick.value === "graph") show("graph"); });
    show(pick.value);
  };
  window.reelgraphViews = { attach };
  document.querySelectorAll("figure.drawing").forEach(attach);
})();
