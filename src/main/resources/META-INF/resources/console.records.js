// Own sample records of the preview: they stay in this tab, also when the flow is saved, until it is closed or the person
// logs out.
"use strict";

(() => {
  const RECORDS = "gtm-records:" + location.pathname;
  const MOST = 256 * 1024;
  // Names of attributes often end in "key", so that word alone is no sign of a secret.
  const SECRET_IN = /(token|secret|password|passwd|authorization|bearer)/i;

  const field = () => document.getElementById("pasted");

  function keep() {
    const text = field()?.value || "";
    const why = SECRET_IN.test(text) ? "they may contain a secret" : text.length > MOST ? "they are too long" : "";
    text && !why ? sessionStorage.setItem(RECORDS, text) : sessionStorage.removeItem(RECORDS);
    if (field()) {
      document.getElementById("pasted-kept").textContent = why ? `This tab does not keep these records, because ${why}.` : "";
    }
  }

  /** Where there is no space, they are in the page only. */
  function tryToKeep() {
    try {
      keep();
    } catch {
      sessionStorage.removeItem(RECORDS);
    }
  }

  function bringBack() {
    const kept = keptBeside("gtm-records:");
    const choice = document.getElementById("sample");
    if (kept && choice) {
      choice.value = "pasted";
      htmx.ajax("POST", "/flows/samples/records", {source: "#sample", target: "#sample-records", swap: "morph",
        values: {pasted: kept}}).catch(() => {});
    }
  }

  document.addEventListener("input", event => event.target.id === "pasted" && tryToKeep());
  document.addEventListener("htmx:afterSettle", event => event.target.id === "sample-records" && tryToKeep());
  document.addEventListener("gtm:restored", bringBack);
  document.addEventListener("DOMContentLoaded", bringBack);
})();
