// Dead letters: which form of a record is shown, which letters are selected, questions before something is done, and what
// came of it.
"use strict";

const desk = () => document.getElementById("desk");

// Edited, as received, changes.
function showPart(pressed) {
  for (const each of pressed.parentElement.querySelectorAll("[data-shows-part]")) {
    each.setAttribute("aria-pressed", String(each === pressed));
    document.getElementById(each.dataset.showsPart)?.classList.toggle("js-hidden", each !== pressed);
  }
}

function showParts() {
  document.querySelectorAll("[data-shows-part][aria-pressed=true]").forEach(showPart);
}

// How many are selected.
function countSelected() {
  const count = document.querySelectorAll("#dl-selected [name=name]:checked").length;
  for (const each of document.querySelectorAll("#dl-selected [data-selected]")) {
    each.classList.toggle("js-hidden", count === 0);
    const text = (each.value === "replay" ? "Replay " : "Discard ") + count + " selected";
    if (count > 0 && each.textContent !== text) {
      each.textContent = text;
    }
  }
  document.querySelectorAll("#dl-selected [data-unselected]").forEach(each => each.classList.toggle("js-hidden", count > 0));
}

document.addEventListener("change", event => event.target.matches?.("#dl-selected [name=name]") && countSelected());

document.addEventListener("click", event => {
  const pressed = event.target.closest?.("[data-shows-part]");
  if (pressed) {
    showPart(pressed);
  }
  const cancel = event.target.closest?.("#ask a[data-closes]");
  if (cancel) {
    event.preventDefault();
  }
  const restore = event.target.closest?.("[data-restores]");
  if (restore) {
    const field = document.getElementById(restore.dataset.restores);
    field.value = restore.parentElement.querySelector("pre").textContent;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    showPart(restore.closest(".letter-body").querySelector("[data-shows-part]"));
  }
  const dialog = event.target.closest?.("dialog button[form]")?.closest("dialog");
  if (dialog) {
    // Not before the form is sent: which button was pressed is forgotten once it loses the focus.
    setTimeout(() => dialog.close());
  }
  // A held record is sent again only by the button that says so.
  if (event.target.closest?.("button[data-held]")) {
    const form = event.target.closest("button[data-held]").form;
    if (!form.elements.held) {
      form.append(element("input", {type: "hidden", name: "held", value: "true"}));
    }
  }
});

// Unsaved edits of a record are not left without a word.
document.addEventListener("htmx:confirm", event => {
  const {elt, verb} = event.detail;
  if (verb === "get" && elt.closest?.("#desk") && elt.id !== "desk" && event.detail.target?.id === "desk" && hasEdits()) {
    event.preventDefault();
    askToLeave(() => {
      leavingBy = elt;
      event.detail.issueRequest(true);
    });
  }
});
document.addEventListener("htmx:afterSettle", event => event.target.id === "desk" && stay());

document.addEventListener("htmx:beforeSwap", event => {
  const {xhr, target} = event.detail;
  if (target.id === "desk" && xhr.status === 422) {
    // The same page, with what is wrong.
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

document.addEventListener("htmx:afterRequest", event => {
  if (event.detail.successful && event.target.matches?.("form[data-guarded]")) {
    // It is saved now.
    initial.set(event.target, content(event.target));
  }
  if (event.detail.successful && event.target.closest?.("dialog")) {
    event.target.closest("dialog").close();
  }
});

/** What was said already; of what was over before the page was opened nothing is said. */
const said = new Set();

function sayResults(isFirst) {
  for (const each of document.querySelectorAll("#tasks [data-toast]")) {
    if (!said.has(each.id) && !isFirst) {
      toast(each.dataset.toast);
    }
    said.add(each.id);
  }
}

function settle(isFirst) {
  showParts();
  countSelected();
  sayResults(isFirst);
}

document.addEventListener("DOMContentLoaded", () => settle(true));
document.addEventListener("htmx:afterSettle", event => {
  settle(false);
  if (event.target.id === "ask") {
    document.getElementById("ask-dialog").showModal();
  }
  const from = event.detail.requestConfig?.elt;
  if (from?.matches?.("a[data-letter]") && innerWidth < 1180) {
    document.getElementById("letter")?.scrollIntoView({block: "start"});
  }
  if (event.target.id === "desk") {
    document.querySelector("#letter [role=alert]")?.scrollIntoView({block: "nearest"});
  }
});
