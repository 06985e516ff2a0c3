"use strict";
// Comfort only: every page works without this file.
(() => {
  const box = document.querySelector("input[data-suggest]");
  const list = document.getElementById("suggestions");
  if (box && list) {
    let timer, last = "";
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const text = box.value.trim();
        if (text.length < 2 || text === last) return;
        last = text;
        try {
          const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(text)}`);
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
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && !/^(input|textarea|select)$/i.test(document.activeElement.tagName)) {
        event.preventDefault();
        box.focus();
      }
    });
  }
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
