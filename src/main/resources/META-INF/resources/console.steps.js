// The four steps of the form of a flow. Without this script, all of them are shown, one below the other.
"use strict";

const editor = document.getElementById("flow-editor");
const STEPS = ["source", "vendor", "endpoint", "configure"];
/** What was typed into fields that a choice takes away: it is there again if the next choice has the field, too. */
const typed = new Map();

const part = step => document.getElementById("step-" + step);
const stepOf = each => each.closest("[data-step-of]")?.dataset.stepOf;
const words = text => text.toLowerCase().split(/\s+/).filter(Boolean);
const isFound = (card, searched) => searched.every(word => card.textContent.toLowerCase().includes(word));

/** Shows one step. The address keeps it, so that it is there again after a reload. */
function showStep(step) {
  document.getElementById("flow-editor").dataset.step = step;
  for (const each of STEPS) {
    const link = document.getElementById("goes-" + each);
    each === step ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current");
  }
  history.replaceState(history.state, "", "#" + step);
}

/** @param field to be in focus; null for the title of the step */
function go(step, field) {
  showStep(step);
  const target = field || part(step).querySelector("h2");
  target.closest("details")?.setAttribute("open", "");
  target.focus();
  (field || document.getElementById("steps")).scrollIntoView({block: field ? "center" : "nearest"});
}

/** The mistakes beside the fields of each step are counted in the bar, and listed above it until they are mended. */
function countMistakes() {
  for (const step of STEPS) {
    const wrong = [...part(step).querySelectorAll("small.problem[id$='-error']")].filter(each => each.textContent.trim());
    const state = document.querySelector("#steps-" + step + " small");
    const text = wrong.length === 0 ? state.dataset.state
        : wrong.length === 1 ? "1 field is wrong" : wrong.length + " fields are wrong";
    write(state, text);
    document.getElementById("steps-" + step).classList.toggle("js-bad", wrong.length > 0);
    wrong.forEach(each => each.closest("details:not([open])")?.setAttribute("open", ""));
  }
  const listed = [...document.querySelectorAll("[data-mistake]")];
  for (const each of listed) {
    const error = document.getElementById(each.dataset.mistake + "-error");
    each.classList.toggle("js-hidden", !error?.textContent.trim());
  }
  const isMended = !document.querySelector(".mistakes li:not(.js-hidden)");
  document.getElementById("problems")?.classList.toggle("js-hidden", isMended);
}

// Cards: those of the vendor, or those that a person searches for.

const isAll = () => document.getElementById("all-vendors").getAttribute("aria-pressed") === "true";
const vendor = () => document.querySelector("input[name=vendor]:checked")?.value;

function filter(field) {
  const within = document.querySelector(field.dataset.finds);
  const searched = words(field.value);
  const only = field.id === "find-endpoint" && !isAll() ? vendor() : undefined;
  let count = 0;
  for (const group of within.querySelectorAll(".card-group")) {
    let inGroup = 0;
    for (const card of group.querySelectorAll("[data-card]")) {
      const isShown = (!only || card.dataset.card === only) && isFound(card, searched);
      card.classList.toggle("js-hidden", !isShown);
      inGroup += isShown;
    }
    group.classList.toggle("js-hidden", inGroup === 0);
    if (searched.length && group.tagName === "DETAILS") {
      group.open = inGroup > 0;
    }
    count += inGroup;
  }
  const found = document.querySelector("[data-found='" + field.dataset.finds + "']");
  write(found, count + (field.id === "find-endpoint" ? count === 1 ? " endpoint" : " endpoints"
      : count === 1 ? " source" : " sources") + (count === 0 && only ? " of " + only + ". Search all vendors." : ""));
}

function filterAll() {
  document.querySelectorAll("[data-finds]").forEach(filter);
  for (const group of document.querySelectorAll("#manual .card-group")) {
    const card = group.querySelector("[data-card]").dataset.card;
    group.classList.toggle("js-hidden", Boolean(vendor()) && card !== vendor());
  }
}

function ofAllVendors(all) {
  document.getElementById("this-vendor").setAttribute("aria-pressed", String(!all));
  document.getElementById("all-vendors").setAttribute("aria-pressed", String(all));
  filterAll();
}

function tab(name) {
  document.getElementById("endpoint-panel").dataset.tab = name;
  for (const each of ["endpoints", "manual"]) {
    const button = document.getElementById("tab-" + each);
    button.setAttribute("aria-selected", String(each === name));
    button.tabIndex = each === name ? 0 : -1;
  }
}

/** A vendor and an endpoint of another one do not go together: the choice that was made last counts. */
function agree(changed) {
  const chosen = document.querySelector("input[name=template]:checked");
  const of = chosen?.closest("[data-card]").dataset.card;
  if (changed.name === "vendor") {
    if (chosen && of !== changed.value) {
      chosen.checked = false;
    }
    document.getElementById("find-endpoint").value = "";
    ofAllVendors(false);
  } else if (changed.name === "template" && of !== vendor()) {
    document.querySelector("input[name=vendor][value='" + CSS.escape(of) + "']").checked = true;
    filterAll();
  }
}

function keep(field) {
  if (field.name && field.form === flowForm && /^(text|textarea|password|select-one)$/.test(field.type)) {
    typed.set(field.name, field.value);
  }
}

/** After a choice: fields that were here before have what was typed into them. */
function giveBack() {
  for (const [name, value] of typed) {
    const field = flowForm.elements[name];
    const mayHave = field?.type !== "select-one" || [...field.options].some(each => each.value === value);
    if (field && field.value !== value && mayHave) {
      field.value = value;
    }
  }
}

if (editor) {
  document.addEventListener("change", event => {
    keep(event.target);
    if (event.target.matches?.("input[name=vendor], input[name=template]")) {
      agree(event.target);
    } else if (event.target.id === "sink-credential") {
      htmx.trigger("#vendor-cards", "change");
    }
  }, true);
  document.addEventListener("input", event => {
    if (event.target.matches?.("[data-finds]")) {
      // No edit of the flow.
      event.stopPropagation();
      filter(event.target);
    } else {
      keep(event.target);
    }
  }, true);
  document.addEventListener("click", event => {
    const pressed = event.target.closest?.("[data-goes], [data-tab], [data-all], .mistakes a");
    if (!pressed || pressed.id === "endpoint-panel") {
      return;
    }
    if (pressed.dataset.goes) {
      event.preventDefault();
      go(pressed.dataset.goes, null);
    } else if (pressed.dataset.tab) {
      tab(pressed.dataset.tab);
    } else if (pressed.dataset.all) {
      ofAllVendors(pressed.dataset.all === "true");
    } else {
      const id = pressed.getAttribute("href").slice(1);
      const field = document.getElementById(id + "-cards")?.querySelector("input") || document.getElementById(id);
      event.preventDefault();
      go(stepOf(field), field);
    }
  });
  document.addEventListener("keydown", event => {
    const field = event.target;
    const isCard = field.matches?.(".cards input[type=radio]");
    if (event.key === "Enter" && (isCard || field.matches?.("[data-finds]"))) {
      // Goes on, in the place of saving what is not complete.
      event.preventDefault();
      if (isCard) {
        go(STEPS[STEPS.indexOf(stepOf(field)) + 1], null);
      }
    } else if (/^Arrow(Left|Right)$/.test(event.key) && field.getAttribute?.("role") === "tab") {
      tab(field.id === "tab-manual" ? "endpoints" : "manual");
      document.querySelector("#endpoint-panel [aria-selected=true]").focus();
    }
  });
  document.addEventListener("htmx:afterSwap", event => {
    const now = document.getElementById("flow-editor");
    if (!now) {
      return;
    }
    if (event.target.id === "flow-parts") {
      giveBack();
    }
    if (event.target.id === "main") {
      showStep(now.dataset.step || now.dataset.first);
      filterAll();
    }
    countMistakes();
  });
  document.addEventListener("DOMContentLoaded", () => {
    const wanted = location.hash.slice(1);
    showStep(STEPS.includes(wanted) ? wanted : editor.dataset.first);
    tab(document.querySelector("#manual input:checked") ? "manual" : "endpoints");
    ofAllVendors(!vendor());
    countMistakes();
  });
}
