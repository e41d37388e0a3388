// The program sends times in UTC; the page shows local time. Forms are sent in the background, so that no answer but a good
// one takes a page away.
"use strict";

const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const ago = new Intl.RelativeTimeFormat(undefined, {numeric: "auto", style: "short"});
const clock = new Intl.DateTimeFormat(undefined, {dateStyle: "medium", timeStyle: "medium"});
const number = new Intl.NumberFormat();

/** Such as "2 min. ago"; of more than a month, the date. */
function relative(time) {
  const seconds = Math.round((time - Date.now()) / 1000);
  const [unit, length] = UNITS.find(([, each]) => Math.abs(seconds) >= each) || UNITS.at(-1);
  return Math.abs(seconds) > 31 * 86400 ? new Intl.DateTimeFormat().format(time)
      : ago.format(Math.trunc(seconds / length), unit);
}

/** Such as "09:39", or with seconds; of another day, with the day. */
function clockTime(time, precision) {
  const isToday = new Date().toDateString() === time.toDateString();
  return new Intl.DateTimeFormat(undefined, {hour: "2-digit", minute: "2-digit",
    ...(precision === "seconds" ? {second: "2-digit"} : {}),
    ...(isToday ? {} : {day: "numeric", month: "short"})}).format(time);
}

function write(each, text) {
  if (each.textContent !== text) {
    each.textContent = text;
  }
}

/** Times and numbers as the reader's language writes them. Relative times tell the exact one to the pointer. */
function localTexts(root) {
  for (const each of root.querySelectorAll("time[datetime]")) {
    const time = new Date(each.dateTime);
    if (each.hasAttribute("data-relative")) {
      each.title = clock.format(time);
      write(each, relative(time));
    } else if (each.hasAttribute("data-clock")) {
      each.title = clock.format(time);
      write(each, clockTime(time, each.dataset.clock));
    } else {
      write(each, clock.format(time));
    }
  }
  for (const each of root.querySelectorAll("data[data-number]")) {
    write(each, number.format(each.value));
  }
}

document.addEventListener("DOMContentLoaded", () => localTexts(document));

/** Today is a day of the browser's time zone, which the program does not know otherwise. A page made for another asks again. */
const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (browserZone && !document.cookie.split("; ").includes("zone=" + browserZone)) {
  document.cookie = "zone=" + browserZone + "; path=/; max-age=31536000; SameSite=Strict";
}
document.addEventListener("DOMContentLoaded", () => {
  const page = document.querySelector("[data-zone]");
  if (page && browserZone && page.dataset.zone !== browserZone) {
    htmx.trigger(page, "gtm:zone");
  }
});
document.addEventListener("htmx:afterSettle", () => localTexts(document));
setInterval(() => localTexts(document), 10_000);

// The numbers beside the names of the pages follow while somebody can see them.
setInterval(() => !document.hidden && document.getElementById("badges") && htmx.trigger("#badges", "gtm:badges"), 5000);

/** An element with attributes and content: texts and elements. */
function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...content);
  return made;
}

/** An icon of the page's sprite. */
function icon(name) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("class", "i");
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "/console.icons.svg#" + name);
  made.append(use);
  return made;
}

/** Shows a message at the top of the page; it takes the place of the one with the same id. */
function tell(id, ...content) {
  const line = element("div", {id: "alert-" + id, class: "note note-warn problems"}, element("span", {}, ...content));
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

const STYLES = {"": "btn-primary", secondary: "btn-plain", outline: "btn-plain", danger: "btn-danger"};

/** @param style of {@link STYLES} */
function button(text, style, action) {
  const made = element("button", {type: "button", class: "btn btn-sm " + STYLES[style]}, text);
  made.addEventListener("click", action);
  return made;
}

/**
 * Says for a few seconds what came of an action; longer while it is looked at.
 *
 * @param undo  what takes it back; undefined if nothing does
 * @param isBad whether the action failed
 */
function toast(text, undo, isBad) {
  const item = element("div", {class: "toast-item" + (isBad ? " toast-bad" : "")}, element("span", {}, text));
  const end = () => item.remove();
  if (undo) {
    const back = element("button", {type: "button", "data-undo": "", "aria-keyshortcuts": "Control+Z", title: "Ctrl+Z"},
        "Undo");
    back.addEventListener("click", () => {
      end();
      undo();
    });
    item.append(back);
  }
  const close = element("button", {type: "button", "aria-label": "Dismiss"}, "×");
  close.addEventListener("click", end);
  item.append(close);
  document.querySelector("[data-toasts]").append(item);
  const fade = () => item.matches(":hover, :focus-within") ? setTimeout(fade, 2000) : end();
  setTimeout(fade, undo ? 20_000 : 8000);
}

// Without a mouse, the way to the message is longer than it stays. In a field for text, the key takes back what was typed.
document.addEventListener("keydown", event => {
  const back = [...document.querySelectorAll("[data-undo]")].at(-1);
  const isTyped = event.target.matches?.("textarea, select, input:not([type=checkbox], [type=radio])");
  if (back && event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && !isTyped) {
    event.preventDefault();
    back.click();
  }
});

/** Asks in a dialog. Each answer is [text, style, what is done]; the last one does nothing, as the Escape key does. */
function ask(title, text, ...answers) {
  const dialog = element("dialog", {"aria-labelledby": "ask-title"});
  const buttons = answers.map(([name, style, action]) => button(name, style, () => {
    dialog.close();
    action?.();
  }));
  dialog.append(element("div", {class: "dialog-head"}, element("h2", {id: "ask-title"}, title)),
      element("div", {class: "dialog-body"}, element("p", {}, text)),
      element("div", {class: "dialog-foot"}, ...[...buttons].reverse()));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  buttons.at(-1).focus();
}

document.addEventListener("click", event => {
  const pressed = event.target.closest?.("[data-toggle-theme], [data-toggle-rail], [data-opens], [data-closes]");
  if (!pressed) {
    return;
  }
  if (pressed.hasAttribute("data-toggle-theme")) {
    const root = document.documentElement;
    const next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    root.setAttribute("data-bs-theme", next);
    localStorage.setItem("theme", next);
    document.dispatchEvent(new Event("gtm:theme"));
  } else if (pressed.hasAttribute("data-toggle-rail")) {
    const isOpen = pressed.closest(".rail").classList.toggle("open");
    pressed.setAttribute("aria-expanded", String(isOpen));
  } else if (pressed.hasAttribute("data-opens")) {
    document.getElementById(pressed.dataset.opens).showModal();
  } else {
    pressed.closest("dialog").close();
  }
});

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
        [event.target.dataset.verb, "danger" in event.target.dataset ? "danger" : "",
          () => event.detail.issueRequest(true)], ["Cancel", "outline"]);
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
  }
});
addEventListener("popstate", () => location.reload());
