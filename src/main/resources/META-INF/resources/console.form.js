// The form of a flow: unsaved edits are not lost without a word, and stay in this browser until they are saved.
"use strict";

const flowForm = document.getElementById("flow-form");
const guarded = () => document.querySelectorAll("form[data-guarded]");
const initial = new WeakMap();
/** Set when the page is left on purpose. */
let leaving = false;
/** The form that leaves it. */
let leavingBy = null;

/** What is in the form, as text to compare. */
const content = form => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "version" && name !== "tried"));
const isEdited = form => initial.has(form) ? content(form) !== initial.get(form) || form.dataset.guarded === "edited" : false;
const hasEdits = () => !leaving && [...guarded()].some(isEdited);

function begin() {
  guarded().forEach(each => initial.has(each) || initial.set(each, content(each)));
}

document.addEventListener("htmx:afterSettle", begin);

addEventListener("beforeunload", event => {
  if (hasEdits()) {
    event.preventDefault();
    event.returnValue = "";
  }
});

/** Asks before unsaved edits are left by a link or by a form that leads elsewhere. */
function askToLeave(go) {
  ask("Leave without saving?", "This page has unsaved edits.",
      ["Leave without saving", "", () => {
        leaving = true;
        go();
      }],
      ["Stay", "outline"]);
}

document.addEventListener("click", event => {
  const link = event.target.closest?.("a[href]");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (link && isPlain && !link.target && !link.hasAttribute("hx-get") && !link.getAttribute("href").startsWith("#")
      && hasEdits()) {
    event.preventDefault();
    askToLeave(() => { location.href = link.href; });
  }
}, true);

guards.push((form, go) => {
  if (form.hasAttribute("data-guarded") || !hasEdits()) {
    return true;
  }
  askToLeave(() => {
    leavingBy = form;
    go();
  });
  return false;
});

/** The page is still there: it was not possible to leave it, or somebody goes on typing. */
function stay() {
  leaving = false;
  leavingBy = null;
}

for (const failure of ["htmx:sendError", "htmx:sendAbort", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, event => event.target === leavingBy && stay());
}
document.addEventListener("htmx:afterSettle", event => event.target.id === "main" && stay());
document.addEventListener("input", stay);

// What was sent and taken is saved: the answer leads to the next page.
document.addEventListener("htmx:beforeOnLoad", event => {
  if (event.detail.xhr.getResponseHeader("HX-Redirect")) {
    leaving = true;
    forget();
    if (isNewFlow && event.target === flowForm) {
      takeBesideTo(new URL(event.detail.xhr.getResponseHeader("HX-Redirect"), location.href).pathname);
    }
  }
});

// Activate runs the saved version, which is not the one in the form.
document.addEventListener("htmx:confirm", event => {
  const form = event.target;
  if (!form.matches?.("form[data-activates]") || !flowForm || !hasEdits()) {
    return;
  }
  event.preventDefault();
  ask("Activate without your edits?", "The form has unsaved edits. The saved version of the flow does not contain them.",
      ["Save and activate", "", () => flowForm.requestSubmit(document.getElementById("save-and-activate"))],
      ["Activate the saved version", "secondary", () => event.detail.issueRequest(true)],
      ["Cancel", "outline"]);
});

// Beside the draft, this tab keeps tests and sample records. What belongs to a new flow that was left without saving comes
// back with its draft only; what belongs to one that is saved goes on to its form.
const BESIDE = ["gtm-tests:", "gtm-records:"];
const isNewFlow = location.pathname === "/flows/new";
let isLeft = isNewFlow && performance.getEntriesByType("navigation")[0]?.type === "navigate";

const keptBeside = name => isLeft ? null : sessionStorage.getItem(name + location.pathname);

function dropBeside() {
  BESIDE.forEach(each => sessionStorage.removeItem(each + location.pathname));
}

function takeBesideTo(path) {
  for (const each of BESIDE) {
    const kept = sessionStorage.getItem(each + location.pathname);
    kept === null ? sessionStorage.removeItem(each + path) : sessionStorage.setItem(each + path, kept);
  }
  dropBeside();
}

// Who logs out leaves no tests and no records in this tab.
document.addEventListener("submit", event => {
  if (event.target.getAttribute("action") === "/logout") {
    Object.keys(sessionStorage).filter(each => BESIDE.some(begin => each.startsWith(begin)))
        .forEach(each => sessionStorage.removeItem(each));
  }
}, true);

// Edits stay when the flow is activated. They are not saved over a file that another person has changed in between.
document.addEventListener("htmx:configRequest", event => {
  if (event.target.matches?.("form[data-activates]") && flowForm) {
    event.detail.headers["If-Match"] = flowForm.elements.version.value;
  }
});

// Drafts. What may hold a secret is never part of one.
const DRAFT = "gtm-draft:" + location.pathname;
const SECRET = /(key|token|secret|password|passwd|authorization|bearer|signature)/i;
// Of any protocol: a user and a password may be in it.
const URL_IN = /\b[a-z][a-z0-9+.-]*:\/\/|^jdbc:/im;

function draft() {
  const values = {};
  for (const field of flowForm.elements) {
    const isKept = field.name && !field.closest("[data-secret]")
        && /^(text|textarea|select-one|checkbox|radio)$/.test(field.type)
        && (!/^(checkbox|radio)$/.test(field.type) || field.checked);
    if (isKept && !SECRET.test(field.value) && !URL_IN.test(field.value)) {
      values[field.name] = field.value;
    }
  }
  return values;
}

function remember() {
  if (isEdited(flowForm) && !leaving) {
    const at = new Date().toISOString();
    sessionStorage.setItem(DRAFT, JSON.stringify({at, version: flowForm.elements.version.value, values: draft()}));
    tellDraft(at);
  } else if (!document.getElementById("draft")) {
    forget();
  }
}

function forget() {
  if (flowForm) {
    sessionStorage.removeItem(DRAFT);
    document.getElementById("draft-state")?.replaceChildren();
  }
}

/** Beside the buttons: what is typed here is not lost. */
function tellDraft(at) {
  const state = document.getElementById("draft-state");
  if (state) {
    state.replaceChildren(icon("device-floppy"), element("span", {}, "Draft saved in this browser ",
        element("time", {datetime: at, "data-relative": ""})));
    localTexts(state);
  }
}

/** Offers what was typed before the page was loaded anew. */
function offer() {
  const kept = JSON.parse(sessionStorage.getItem(DRAFT) || "null");
  const now = kept && draft();
  if (!kept || Object.entries(kept.values).every(([name, value]) => now[name] === value)) {
    forget();
    if (isLeft) {
      dropBeside();
    }
    return;
  }
  const changed = kept.version !== flowForm.elements.version.value;
  const line = element("div", {id: "draft", class: "note", role: "status"}, element("span", {}, "This browser kept unsaved edits of ",
      new Date(kept.at).toLocaleString(), ", without secrets, headers and URLs. ",
      changed ? "The flow was saved in between: check all fields before you save. " : "",
      button("Restore", "", async () => {
        await restore(kept.values, line);
        isLeft = false;
        document.dispatchEvent(new Event("gtm:restored"));
      }), " ",
      button("Discard", "outline", () => {
        line.remove();
        forget();
        if (isLeft) {
          dropBeside();
        }
      })));
  document.getElementById("alerts").append(line);
}

/** First the fields of the source and template, then what was in them. */
async function restore(values, line) {
  line.remove();
  const fill = () => {
    for (const field of flowForm.elements) {
      if (Object.hasOwn(values, field.name)) {
        field.type === "checkbox" ? field.checked = true
            : field.type === "radio" ? field.checked = field.value === values[field.name] : field.value = values[field.name];
      }
    }
  };
  fill();
  await htmx.ajax("POST", "/flows/form", {source: "#source-cards", target: "#flow-parts", select: "#flow-parts",
    swap: "morph"}).catch(() => {});
  fill();
  flowForm.dispatchEvent(new Event("input", {bubbles: true}));
}

// Another person saved in between: single values of theirs come into the form, which is still not saved.
document.addEventListener("click", async event => {
  const taken = event.target.closest?.("[data-takes]");
  if (taken) {
    taken.disabled = true;
    await restore({[taken.dataset.takes]: taken.dataset.value}, element("div", {}));
    taken.textContent = "Taken";
    taken.removeAttribute("aria-label");
  }
});

// People who have the same form open are told of each other. The window has a name while the page is open.
const presence = document.querySelector("[data-presence]");
const windowName = Array.from(crypto.getRandomValues(new Uint32Array(4)), each => each.toString(36)).join("-").padEnd(8, "0");

async function tellPresence() {
  const place = document.querySelector("[data-presence]");
  if (!place) {
    return;
  }
  try {
    const answer = await fetch(place.dataset.presence, {method: "POST", cache: "no-store", headers: {"HX-Request": "true"},
      body: new URLSearchParams({window: windowName})});
    const others = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").body : null;
    localTexts(others || document.createElement("div"));
    if (others && others.textContent !== place.textContent) {
      place.replaceChildren(...others.childNodes);
    }
  } catch (e) {
    // The page says by itself when the program is not reachable.
  }
}

if (presence) {
  // Behind the word of the page before that it is closed.
  setTimeout(tellPresence, 1000);
  setInterval(tellPresence, 10_000);
  addEventListener("pagehide", () => fetch(presence.dataset.presence + "/end",
      {method: "POST", keepalive: true, body: new URLSearchParams({window: windowName})}).catch(() => {}));
}

// A value that is typed and hidden can be shown; one that is stored cannot.
function toggles() {
  for (const field of document.querySelectorAll("#flow-form [data-secret] input[type=password], #flow-form input[data-shown]")) {
    const toggle = document.getElementById(field.id + "-show");
    if (toggle) {
      toggle.hidden = field.value === "";
      toggle.textContent = field.dataset.shown ? "Hide" : "Show";
      toggle.setAttribute("aria-pressed", String(Boolean(field.dataset.shown)));
    }
  }
}

document.addEventListener("click", event => {
  const toggle = event.target.closest?.("[data-shows]");
  if (toggle) {
    const field = document.getElementById(toggle.dataset.shows);
    const isShown = field.type === "text";
    isShown ? delete field.dataset.shown : field.dataset.shown = "true";
    field.type = isShown ? "password" : "text";
    toggles();
  }
});

// Mistakes are reported beside a field; the field itself must be marked, too.
function markFields() {
  for (const each of document.querySelectorAll("#flow-form small.problem[id$='-error']")) {
    const field = document.getElementById(each.id.replace(/-error$/, ""));
    if (field && each.textContent.trim()) {
      field.setAttribute("aria-invalid", "true");
    } else if (field) {
      field.removeAttribute("aria-invalid");
    }
  }
}

document.addEventListener("htmx:oobAfterSwap", markFields);

document.addEventListener("DOMContentLoaded", () => {
  begin();
  if (flowForm) {
    toggles();
    offer();
    let timer = 0;
    document.addEventListener("input", event => {
      if (flowForm.contains(event.target)) {
        toggles();
        clearTimeout(timer);
        timer = setTimeout(remember, 200);
      }
    });
    document.addEventListener("htmx:afterSettle", toggles);
    addEventListener("pagehide", remember);
  }
});
