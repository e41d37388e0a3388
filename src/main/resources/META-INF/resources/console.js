// The program sends times in UTC; the page shows local time. Forms are sent in the background, so that no answer but a good
// one takes a page away.
"use strict";

function localTimes(root) {
  for (const each of root.querySelectorAll("time[datetime]")) {
    const text = new Date(each.dateTime).toLocaleString();
    if (each.textContent !== text) {
      each.textContent = text;
    }
  }
}

document.addEventListener("DOMContentLoaded", () => localTimes(document));
document.addEventListener("htmx:afterSettle", () => localTimes(document));

/** An element with attributes and content: texts and elements. */
function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...content);
  return made;
}

/** Shows a message at the top of the page; it takes the place of the one with the same id. */
function tell(id, ...content) {
  const line = element("div", {id: "alert-" + id, class: "problems"}, ...content);
  const before = document.getElementById(line.id);
  if (!before) {
    document.getElementById("alerts").append(line);
  } else if (before.textContent !== line.textContent) {
    before.replaceWith(line);
  }
}

function untell(...ids) {
  ids.forEach(id => document.getElementById("alert-" + id)?.remove());
}

function button(text, style, action) {
  const made = element("button", {type: "button", class: "small " + style}, text);
  made.addEventListener("click", action);
  return made;
}

/** Asks in a dialog. Each answer is [text, style, what is done]; the last one does nothing, as the Escape key does. */
function ask(title, text, ...answers) {
  const dialog = element("dialog", {"aria-labelledby": "ask-title"});
  const buttons = answers.map(([name, style, action]) => button(name, style, () => {
    dialog.close();
    action?.();
  }));
  dialog.append(element("article", {}, element("h2", {id: "ask-title"}, title), element("p", {}, text),
      element("div", {class: "actions"}, ...buttons)));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  buttons.at(-1).focus();
}

/** Whether this form or link may go on now; pages with unsaved edits ask first. */
const guards = [];
const mayLeave = (from, go) => guards.every(each => each(from, go));

document.addEventListener("submit", event => {
  const form = event.target;
  const isOther = form.hasAttribute("hx-post") || form.closest("dialog") || form.getAttribute("action") === "/login";
  if (event.defaultPrevented || form.method !== "post" || isOther) {
    return;
  }
  event.preventDefault();
  const pressed = event.submitter;
  if (!form.dataset.sending && mayLeave(form, () => send(form, pressed))) {
    send(form, pressed);
  }
});

/** Sends a form in the background: the answer is the next page, or this one with what is wrong. */
function send(form, pressed) {
  const values = {};
  for (const [name, value] of new FormData(form, pressed)) {
    values[name] = (values[name] || []).concat(value);
  }
  form.dataset.sending = "true";
  const action = pressed?.getAttribute("formaction") || form.getAttribute("action");
  htmx.ajax("POST", action, {source: form, target: "#main", select: "#main", swap: "morph", values})
      .catch(() => {}).finally(() => delete form.dataset.sending);
}

document.addEventListener("htmx:confirm", event => {
  if (event.detail.question) {
    event.preventDefault();
    ask(event.target.dataset.verb + "?", event.detail.question,
        [event.target.dataset.verb, "", () => event.detail.issueRequest(true)], ["Cancel", "outline"]);
  }
});

document.addEventListener("htmx:beforeSwap", event => {
  const {xhr, target} = event.detail;
  const isPage = target.id === "main" && xhr.getResponseHeader("Content-Type")?.startsWith("text/html");
  if (isPage && xhr.status >= 400) {
    // The same page again, with what is wrong.
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else if (isPage) {
    event.detail.swapOverride = "outerHTML show:window:top";
    history.pushState({}, "", location.href);
  }
});
document.addEventListener("htmx:afterSettle", event => {
  if (event.target.id === "main") {
    const problem = event.target.querySelector("[role=alert]");
    problem?.scrollIntoView({block: "nearest"});
    if (document.activeElement === document.body) {
      event.target.focus({preventScroll: true});
    }
  }
});
addEventListener("popstate", () => location.reload());
