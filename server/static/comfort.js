"use strict";
// Comfort only: every page works without this file.
(() => {
  const suggest = (box) => {
    const list = document.getElementById(box.getAttribute("list"));
    const address = box.dataset.suggest + (box.dataset.suggest.includes("?") ? "&" : "?");
    let timer, last = "";
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const text = box.value.trim();
        if (text.length < 2 || text === last) return;
        last = text;
        try {
          const answer = await fetch(`${address}q=${encodeURIComponent(text)}`);
          const found = await answer.json();
          if (last !== text) return;
          list.replaceChildren(...found.map((one) => {
            const option = document.createElement("option");
            option.value = one.name;
            option.label = [one.kind, one.year].filter(Boolean).join(", ");
            return option;
          }));
        } catch { /* no suggestions, then */ }
      }, 150);
    });
  };
  document.querySelectorAll("input[data-suggest]").forEach(suggest);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
      event.preventDefault();
      document.getElementById("q")?.focus();
    }
  });
  // A mark lights up with all other parts of the same words.
  const light = (event, on) => {
    const mark = event.target.closest("a.m");
    if (!mark) return;
    for (const one of document.querySelectorAll("a.m")) {
      if (one.hash === mark.hash) one.classList.toggle("lit", on);
    }
  };
  document.addEventListener("mouseover", (event) => light(event, true));
  document.addEventListener("mouseout", (event) => light(event, false));
})();
