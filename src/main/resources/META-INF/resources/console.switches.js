// From the press of Activate or Pause to the answer, a flow is on its way from one state to the other. Polls in between would
// show the state before.
"use strict";

(() => {
  const underWay = new Map();
  const chipsOf = flow => document.querySelectorAll(`#flow-${CSS.escape(flow)} .c-state .chip, #flow-head .chip, #edit-state .chip`);

  /** The flows that a request switches, and how that is called meanwhile; null for any other request. */
  function switched({path, parameters}) {
    const [, flow, action] = path.match(/^\/flows(?:-selected|\/([^/]+))\/(activate|pause)$/) || [];
    return action ? {flows: [].concat(flow || parameters.flow || []), text: action === "activate" ? "Starting…" : "Pausing…"}
        : null;
  }

  /** Whether a chip shows the state before. */
  const isBefore = (chip, text) => (chip.dataset.state === "paused") === (text === "Starting…");

  function showUnderWay() {
    for (const [flow, {text, before}] of underWay) {
      for (const chip of chipsOf(flow)) {
        if (isBefore(chip, text) && chip.textContent !== text) {
          before.set(chip, [...chip.childNodes]);
          chip.replaceChildren(icon("clock"), text);
        }
      }
    }
  }

  document.addEventListener("htmx:beforeRequest", event => {
    const change = switched(event.detail.requestConfig);
    change?.flows.forEach(each => underWay.set(each, {text: change.text, before: new Map()}));
    showUnderWay();
  });
  document.addEventListener("htmx:afterSettle", showUnderWay);
  document.addEventListener("htmx:afterRequest", event => {
    for (const flow of switched(event.detail.requestConfig)?.flows || []) {
      const {text, before} = underWay.get(flow) || {text: "", before: new Map()};
      const hasFailed = !event.detail.successful || event.detail.xhr.responseText.includes('"problems":["');
      // The page asks for the new state at once. If it is the one before, that is shown again.
      setTimeout(() => before.forEach((nodes, chip) => chip.textContent === text && chip.replaceChildren(...nodes)),
          hasFailed ? 0 : 5000);
      underWay.delete(flow);
    }
  });
})();
