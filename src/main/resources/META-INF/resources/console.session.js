// A session that ends, a program that stops, a flow that was deleted elsewhere: the page stays as it is and says so.
"use strict";

const ENDED = [401, 499];
const UNREACHABLE = [0, 502, 503, 504];
const RETRY = 3000;
/** Characters of an answer that is no page of the program. */
const MOST_SHOWN = 500;

let unreachable = null;

function isUnreachable() {
  unreachable ??= new Date();
  tell("unreachable", "The program is not reachable since ", unreachable.toLocaleTimeString(),
      ". The page tries again every few seconds. Your text stays.");
}

/** Pages that ask for nothing by themselves would not learn that the program is there again. */
setInterval(() => {
  if (unreachable) {
    fetch("/console.css", {method: "HEAD", cache: "no-store"})
        .then(answer => !UNREACHABLE.includes(answer.status) && isReachable(), () => {});
  }
}, RETRY);

function isReachable() {
  unreachable = null;
  untell("unreachable");
}

document.addEventListener("htmx:sendError", isUnreachable);
document.addEventListener("htmx:timeout", isUnreachable);
document.addEventListener("htmx:afterOnLoad", event => {
  if (!UNREACHABLE.includes(event.detail.xhr.status)) {
    isReachable();
  }
  if (event.detail.successful) {
    untell("gone-" + event.detail.pathInfo.requestPath, "refused-" + event.detail.pathInfo.requestPath);
  }
});

document.addEventListener("htmx:responseError", event => {
  const {xhr, requestConfig, pathInfo} = event.detail;
  const isPoll = requestConfig.verb === "get";
  if (ENDED.includes(xhr.status)) {
    logIn(!isPoll);
  } else if (UNREACHABLE.includes(xhr.status)) {
    isUnreachable();
  } else if (xhr.status === 404 && document.body.querySelector("[data-flow]")) {
    const flow = document.body.querySelector("[data-flow]").dataset.flow;
    tell("gone-" + pathInfo.requestPath, "The flow " + flow + " does not exist any more: it was deleted elsewhere."
        + (flowForm ? " Your text stays in this page until you leave it. To keep it, copy it into a new flow." : ""));
  } else {
    tell("refused-" + pathInfo.requestPath, detail(xhr));
  }
});

/** What the answer says, one sentence. */
function detail(xhr) {
  try {
    return JSON.parse(xhr.responseText).detail;
  } catch (e) {
    return "The request failed with the status " + xhr.status + ". Try again.";
  }
}

let dialog = null;

/** @param isAsked whether a person has done something: then the dialog opens also after it was closed */
async function logIn(isAsked) {
  if (dialog || (!isAsked && document.getElementById("alert-session"))) {
    return;
  }
  dialog = element("dialog", {"aria-label": "Your session has ended", id: "log-in"});
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    closeDialog();
    before?.focus?.({preventScroll: true});
  });
  dialog.addEventListener("submit", event => {
    event.preventDefault();
    const form = event.target;
    page("/login", {method: "POST", body: new URLSearchParams(new FormData(form))});
  });
  document.body.append(dialog);
  tell("session", "Your session has ended. ", button("Log in", "", () => logIn(true)));
  await page("/login", {});
}

function closeDialog() {
  dialog?.remove();
  dialog = null;
}

/** Shows the log-in page in the dialog, or closes it once a person is logged in. */
async function page(address, request) {
  try {
    const answer = await fetch(address, {...request, cache: "no-store"});
    if (request.method === "POST" && !answer.url.includes("/login")) {
      loggedIn();
    } else if (UNREACHABLE.includes(answer.status)) {
      throw new Error("not reachable");
    } else {
      const text = await answer.text();
      show(new DOMParser().parseFromString(text, "text/html").querySelector("main article")
          || refusal({status: answer.status, responseText: text}));
    }
  } catch (e) {
    isUnreachable();
    closeDialog();
  }
}

/** In the place of the log-in page: what the program or a proxy has answered instead. */
function refusal(answer) {
  const said = new DOMParser().parseFromString(answer.responseText, "text/html").body.textContent.trim();
  const text = said.startsWith("{") || !said ? detail(answer) : said.slice(0, MOST_SHOWN);
  return element("article", {}, element("h1", {}), element("p", {class: "problem", role: "alert"}, text),
      element("p", {}, button("Try again", "secondary", () => page("/login", {}))));
}

function show(shown) {
  if (!dialog) {
    return;
  }
  shown.querySelector("h1").replaceWith(element("h2", {}, "Your session has ended"),
      element("p", {}, "Log in again to continue. The page stays as it is, with all that you entered."));
  const elsewhere = shown.querySelector("a[href='/login/single-sign-on']");
  if (elsewhere) {
    elsewhere.target = "_blank";
    elsewhere.parentElement.after(element("p", {}, button("I have logged in", "secondary", loggedIn)));
  }
  shown.append(element("p", {}, button("Not now", "outline", () => dialog.close())));
  dialog.replaceChildren(shown);
  if (!dialog.open) {
    dialog.showModal();
  }
  dialog.querySelector("input[type=password]")?.focus();
}

function loggedIn() {
  untell("session");
  dialog?.close();
  tell("again", "You are logged in again. If you pressed a button, press it again. ",
      button("Close", "outline", () => untell("again")));
}
