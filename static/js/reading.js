/* Keys of the reading view and of a review. Every act is a button or a box of the page; a key only presses it. */
(() => {
  "use strict";

  const STORE = "kiv-keys";
  const panel = document.querySelector("[data-keys-panel]");
  if (!panel) return;
  const onOff = panel.querySelector("[data-keys-switch]");
  panel.hidden = false;

  // Switched off stays switched off, on this machine. Private windows may have no store: then it is on.
  function read() {
    try {
      return localStorage.getItem(STORE) !== "off";
    } catch {
      return true;
    }
  }
  function apply() {
    document.documentElement.classList.toggle("has-keys", onOff.checked);
  }
  onOff.checked = read();
  apply();
  onOff.addEventListener("change", () => {
    try {
      localStorage.setItem(STORE, onOff.checked ? "on" : "off");
    } catch {
      // Without a store the choice holds for this page.
    }
    apply();
  });

  function move(card, step) {
    const cards = [...document.querySelectorAll("[data-keys]")];
    cards[cards.indexOf(card) + step]?.focus();
  }

  // Single keys count only while something of the list has the focus (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    if (!onOff.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.matches("select, textarea, input:not([type='checkbox'])")) return;
    if (!event.target.closest?.("[data-keys-root]")) return;
    const card = event.target.closest("[data-keys]");
    // On many keyboards a digit is typed with Shift: its place on the keyboard counts too.
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const key = digit ?? event.key.toLowerCase();
    if (card && (key === "j" || key === "k")) {
      event.preventDefault();
      move(card, key === "j" ? 1 : -1);
      return;
    }
    const control =
      card?.querySelector(`[data-key="${CSS.escape(key)}"]`) ??
      document.querySelector(`[data-keys-root] [data-page-key="${CSS.escape(key)}"]`);
    if (!control) return;
    event.preventDefault();
    control.click();
  });

  // A decision answers with the next passage: it takes the focus, so that the next key counts for it.
  document.addEventListener("htmx:afterSettle", () => {
    const next = document.querySelector("[data-keys-root] [autofocus]");
    if (next && document.activeElement !== next && !next.dataset.greeted) next.focus();
    if (next) next.dataset.greeted = "yes";
  });
  document.getElementById("first")?.focus({ preventScroll: !location.hash });
})();
