/* Keys of the review, the day slider, focus after a swap. Every page works without this file. */
"use strict";
(function () {
  const day = 86400000;
  const typing = (node) => node.closest && node.closest("input, textarea, select, [contenteditable]");

  function slider(root) {
    root.querySelectorAll("label.slider").forEach((label) => {
      const range = label.querySelector("input");
      const field = label.form || label.closest("form");
      const date = field && field.querySelector('input[name="as_of"]');
      if (!date || !label.hidden) return;
      const from = Date.parse(range.dataset.from), to = Date.parse(range.dataset.to);
      const text = (n) => new Date(from + n * day).toISOString().slice(0, 10);
      range.max = String(Math.round((to - from) / day));
      range.value = date.value ? String(Math.round((Date.parse(date.value) - from) / day)) : range.max;
      range.setAttribute("aria-valuetext", date.value || text(Number(range.max)));
      range.addEventListener("input", () => {
        date.value = text(Number(range.value));
        range.setAttribute("aria-valuetext", date.value);
      });
      label.hidden = false;
    });
  }

  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.keys !== "on" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === " " && event.target.closest("button, summary, a")) return;
    const found = Array.from(document.querySelectorAll("[data-key]")).find((node) => node.dataset.key === event.key);
    if (!found) return;
    event.preventDefault();
    if (found.matches("textarea")) { found.focus(); found.select(); } else found.click();
  });

  function pick(event) {
    const node = event.target.closest && event.target.closest("svg.network .node");
    document.querySelectorAll("svg.network").forEach((svg) => {
      svg.classList.toggle("picked", Boolean(node) && svg.contains(node));
      if (!node || !svg.contains(node)) return;
      const name = node.dataset.node, near = new Set([name]);
      svg.querySelectorAll("line").forEach((line) => {
        const mine = line.dataset.one === name || line.dataset.other === name;
        line.classList.toggle("near", mine);
        if (mine) { near.add(line.dataset.one); near.add(line.dataset.other); }
      });
      svg.querySelectorAll(".node").forEach((other) => other.classList.toggle("near", near.has(other.dataset.node)));
    });
  }
  document.addEventListener("mouseover", pick);
  document.addEventListener("focusin", pick);

  document.addEventListener("DOMContentLoaded", () => slider(document));
  document.addEventListener("htmx:afterSwap", () => {
    slider(document);
    const item = document.getElementById("item");
    if (item) item.focus({ preventScroll: true });
    document.title = (document.querySelector("main h1") || document).textContent + " · Whipcount";
  });
})();
