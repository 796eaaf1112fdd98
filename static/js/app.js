/* Progressive enhancement only: every page works without this file. */
(() => {
  "use strict";

  // CSRF for htmx: the cookie is HttpOnly, so the token of a signed-in page comes from a meta element.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]');
    const isSafe = /^(get|head|options)$/i.test(event.detail.verb);
    if (token && !isSafe) event.detail.headers["X-CSRFToken"] = token.content;
  });

  // After a refused save the summary of what to do takes the focus; its links go into the control itself.
  function focusErrors(root) {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a[href^='#']");
    if (!link) return;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    const control = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
    if (!control) return;
    event.preventDefault();
    control.focus();
    control.closest(".field, tr")?.scrollIntoView({ block: "center" });
  });

  // Leaving a changed form asks first. Only forms that say so: <form data-warn-unsaved>.
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.hasAttribute("data-warn-unsaved")) changed.add(form);
  });
  document.addEventListener("reset", (event) => changed.delete(event.target));
  // A form that the server returns with what was typed and not saved says so: <form data-unsaved>.
  function noteUnsaved() {
    for (const form of document.querySelectorAll("form[data-unsaved]")) changed.add(form);
  }
  window.addEventListener("beforeunload", (event) => {
    for (const form of changed) {
      if (form.isConnected) {
        event.preventDefault();
        return;
      }
    }
  });

  // One click, one save: a second submit while the first is under way is ignored. The button stays focusable.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    changed.delete(form);
    if (form.getAttribute("method")?.toLowerCase() !== "post" || form.hasAttribute("data-hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
  // A page that comes back from the history can be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) changed.delete(event.target.closest?.("form"));
  });

  // No answer, or one that says nothing: the page stays as it is and says so. The sentence stands in base.html.
  function sayNotSent() {
    const template = document.getElementById("not-sent");
    const messages = document.getElementById("messages");
    if (!template || !messages) return;
    messages.replaceChildren(template.content.cloneNode(true));
    messages.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("htmx:responseError", sayNotSent);
  document.addEventListener("htmx:sendError", sayNotSent);
  document.addEventListener("htmx:beforeRequest", () => {
    const template = document.getElementById("not-sent");
    const shown = document.querySelector("#messages > .message");
    if (template && shown?.isEqualNode(template.content.firstElementChild)) shown.remove();
  });

  // A document on its way: how much has gone, then that it is being read. <form data-upload> (plans/document_upload.html).
  function uploadOf(event) {
    const form = event.target.closest?.("form[data-upload]");
    if (!form) return null;
    const part = (name) => form.querySelector(`[data-upload-${name}]`);
    return { form, bar: part("progress"), percent: part("percent"), status: part("status"), note: part("note"), button: form.querySelector("[type=submit]") };
  }
  function showSent(upload, percent) {
    const bar = upload.bar.querySelector("progress");
    upload.percent.textContent = percent < 100 ? `${percent} %` : "";
    if (percent < 100) bar.value = percent;
    else bar.removeAttribute("value");
    const words = percent < 100 ? upload.status.dataset.sending : upload.status.dataset.reading;
    if (upload.status.textContent !== words) upload.status.textContent = words;
  }
  document.addEventListener("htmx:beforeSend", (event) => {
    const upload = uploadOf(event);
    if (!upload) return;
    upload.button.setAttribute("aria-disabled", "true");
    upload.note.hidden = true;
    upload.bar.hidden = false;
    showSent(upload, 0);
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const upload = uploadOf(event);
    const { lengthComputable, loaded, total } = event.detail;
    // What the server answers is progress too; by then the bar no longer counts.
    if (upload && lengthComputable && total && upload.bar.querySelector("progress").hasAttribute("value"))
      showSent(upload, Math.floor((100 * loaded) / total));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const upload = uploadOf(event);
    if (!upload || event.detail.successful) return;
    upload.button.removeAttribute("aria-disabled");
    upload.note.hidden = false;
    upload.bar.hidden = true;
    upload.status.textContent = "";
  });

  // How many characters are left, or too many, once a text comes near its bound; nothing is ever cut off:
  // <textarea data-limit="300" data-left="%s characters left" data-over="%s characters too many">.
  function countCharacters(control) {
    const { limit, left, over } = control.dataset;
    const room = limit - [...control.value].length;
    let line = control.nextElementSibling;
    if (!line?.classList.contains("field-count")) {
      line = document.createElement("p");
      line.className = "field-count";
      line.setAttribute("role", "status");
      control.after(line);
    }
    line.classList.toggle("field-count--over", room < 0);
    line.textContent = room > limit / 10 ? "" : (room < 0 ? over : left).replace("%s", Math.abs(room));
  }
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-limit]")) countCharacters(event.target);
  });

  // A row's evidence opens when one arrives through a link to the row.
  function openTarget() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target && (target.closest("details") ?? target.querySelector("details.unfold"));
    if (details) details.open = true;
  }
  window.addEventListener("hashchange", openTarget);

  // "Select all" for a table with ticked rows: <input type="checkbox" data-tick-all="choices" hidden>.
  for (const all of document.querySelectorAll("[data-tick-all]")) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of document.getElementsByName(all.dataset.tickAll)) box.checked = all.checked;
    });
  }

  // Long work in steps: the page after a step sends the next one, if nobody stops it. <form data-goes-on>.
  const goingOn = document.querySelector("form[data-goes-on]");
  if (goingOn) setTimeout(() => goingOn.requestSubmit(), 600);

  // A button that says how many boxes of its form are ticked: data-one and data-many hold it with any number.
  function countTicks(button) {
    const ticked = button.form.querySelectorAll("input[type=checkbox][name]:checked").length;
    button.textContent = (ticked === 1 ? button.dataset.one : button.dataset.many).replace(/\d+/, ticked);
  }
  const tickLabels = document.querySelectorAll("button[data-tick-label]");
  document.addEventListener("change", () => tickLabels.forEach(countTicks));
  window.addEventListener("pageshow", () => tickLabels.forEach(countTicks));

  document.addEventListener("htmx:afterSwap", (event) => {
    focusErrors(event.target);
    noteUnsaved();
  });
  noteUnsaved();
  focusErrors(document);
  openTarget();
})();
