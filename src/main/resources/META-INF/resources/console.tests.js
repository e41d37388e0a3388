// Beside the form of a flow: what the preview shows, a payload that is edited for one test, and the tests of this session.
"use strict";

const preview = document.getElementById("samples");

// Requests or sample records.
const previewTabs = [...document.querySelectorAll("[data-previews]")];

function showPreview(tab) {
  preview.dataset.previewed = tab.dataset.previews;
  for (const each of previewTabs) {
    each.setAttribute("aria-selected", String(each === tab));
    each.tabIndex = each === tab ? 0 : -1;
  }
  if (tab.dataset.previews === "records") {
    htmx.trigger("#sample", "gtm:records");
  }
}

for (const [place, each] of previewTabs.entries()) {
  each.addEventListener("click", () => showPreview(each));
  each.addEventListener("keydown", event => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (step) {
      const next = previewTabs.at((place + step) % previewTabs.length);
      showPreview(next);
      next.focus();
    }
  });
}

// Edits of a payload.
const editorOf = number => document.querySelector(`#edit-${number} form`);
const fieldOf = (form, name) => form.elements["edit-" + name];

/** What goes elsewhere than the endpoint of the flow has an effect that nobody has said anything about. */
function confirmElsewhere(form) {
  const method = fieldOf(form, "method");
  const url = fieldOf(form, "url");
  const isElsewhere = method.value !== [...method.options].find(each => each.defaultSelected).value
      || url.value !== url.defaultValue;
  const isAsked = form.dataset.confirms === "true" || isElsewhere && method.value !== "GET";
  form.querySelector(".confirm-test").classList.toggle("js-hidden", !isAsked);
}

async function openEditor(number) {
  if (!editorOf(number)) {
    await htmx.ajax("POST", "/flows/samples/editor", {source: "#edits-" + number, target: "#edit-" + number,
      swap: "innerHTML"}).catch(() => {});
  }
  return editorOf(number);
}

preview?.addEventListener("input", event => {
  const form = event.target.closest("form[data-payload]");
  if (form) {
    confirmElsewhere(form);
  }
});

preview?.addEventListener("click", event => {
  const undone = event.target.closest("[data-undoes]");
  if (undone) {
    document.getElementById("edit-" + undone.dataset.undoes).replaceChildren();
    document.getElementById("edits-" + undone.dataset.undoes).focus();
  } else if (event.target.closest("[data-edits-records]")) {
    const choice = document.getElementById("sample");
    choice.value = "pasted";
    choice.dispatchEvent(new Event("change", {bubbles: true}));
  }
});

// Tests of this session: in this page as they were, and in this tab without what may hold a secret.
const TESTS = "gtm-tests:" + location.pathname;
const MOST_TESTS = 20;
const MOST_KEPT = 16 * 1024;
const MOST_LINES = 100;
const readTests = () => JSON.parse(keptBeside("gtm-tests:") || "[]");
const tests = readTests();

const templateNow = () => new FormData(flowForm).get("template") || "";

/** The answer to a test, as data. */
function readTest(result) {
  const response = result.querySelector("[data-kept=response]");
  const head = response.querySelector(".resp-head");
  const text = name => result.querySelector(`[data-kept=${name}]`)?.textContent || "";
  return {
    at: result.dataset.at, template: templateNow(), number: result.dataset.tested, isEdited: result.dataset.edited === "true",
    style: head.classList[1], status: head.querySelector("strong").textContent, result: head.children[2].textContent,
    millis: head.querySelector("data").value, said: [...response.querySelectorAll(".hdr-box p")].map(each => each.textContent),
    responseHeaders: [...response.querySelectorAll("dl > div")].map(each => [...each.children].map(part => part.textContent)),
    responseBody: response.querySelector("pre")?.textContent || "",
    method: text("method"), url: text("url"), headers: text("headers"), body: text("body"), isCut: Boolean(text("cut")),
  };
}

/** A test as this tab keeps it: without headers, queries and bodies that may hold a secret, and without long bodies. */
function keptTest(test) {
  const mayKeep = body => body.length <= MOST_KEPT && !SECRET.test(body);
  const headers = test.headers.split("\n").filter(each => !SECRET.test(each)).slice(0, MOST_LINES).join("\n");
  const url = SECRET.test(test.url) ? test.url.split("?")[0] : test.url;
  const body = mayKeep(test.body) ? test.body : "";
  return {...test, headers, url, body,
    responseHeaders: test.responseHeaders.filter(each => !each.some(part => SECRET.test(part))).slice(0, MOST_LINES),
    responseBody: mayKeep(test.responseBody) ? test.responseBody : "",
    isPart: test.isPart || headers !== test.headers || url !== test.url || body !== test.body};
}

function keepTests() {
  for (let from = 0; from < tests.length; from++) {
    try {
      sessionStorage.setItem(TESTS, JSON.stringify(tests.slice(from).map(keptTest)));
      return;
    } catch {
      // No space: without the oldest one.
    }
  }
}

function messagePart(title, head, headers, body) {
  const rows = headers.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)));
  return element("div", {class: "resp"}, head, ...(rows.length ? [element("dl", {class: "hdrs hdr-box"}, ...rows)] : []),
      body ? element("pre", {class: "code short", tabindex: "0", role: "region", "aria-label": title},
          element("code", {}, body)) : element("p", {class: "hdr-box small muted"}, "No body."));
}

function testCard(test) {
  const time = () => element("time", {datetime: test.at, "data-clock": ""});
  const lines = test.headers.split("\n").filter(each => each).map(each => {
    const colon = each.indexOf(":");
    return [each.slice(0, colon), each.slice(colon + 1)];
  });
  const again = button("Send again", "outline", () => sendAgain(test));
  again.setAttribute("aria-label", `Send again: ${test.method} ${test.url}`);
  const response = messagePart("Response of this test",
      element("div", {class: "resp-head " + test.style}, element("strong", {}, test.status), element("span", {}, test.result),
          element("span", {class: "muted nowrap"}, element("data", {value: test.millis, "data-number": ""}), " ms")),
      test.responseHeaders, test.responseBody);
  response.firstElementChild.after(element("div", {class: "hdr-box small"}, ...test.said.map(each => element("p", {}, each))));
  return element("details", {class: "req-card past-test"},
      element("summary", {}, time(), element("span", {class: "t-" + test.style}, test.status),
          element("span", {}, test.result + (test.isEdited ? " · payload edited" : "")), icon("chevron-right")),
      element("div", {class: "inner"},
          messagePart("Request of this test", element("div", {class: "resp-head neutral"},
              element("span", {class: "method"}, test.method), element("span", {class: "url"}, test.url)), lines, test.body),
          ...(test.isPart ? [element("p", {class: "form-hint"}, "This tab did not keep all of the request.")] : []),
          response, element("div", {class: "row-gap"}, again)));
}

function listTests() {
  const list = document.getElementById("test-list");
  list.replaceChildren(...tests.map(testCard).reverse(), element("p", {class: "form-hint"}, `This tab keeps the last ${MOST_TESTS} `
      + "tests until you close it or log out, without values that may be secrets."));
  document.getElementById("test-count").textContent = tests.length;
  document.getElementById("test-history").classList.toggle("js-hidden", tests.length === 0);
  localTexts(list);
}

/** Loads a test into the editor: it is sent when a person presses the button. */
async function sendAgain(test) {
  if (test.template !== templateNow()) {
    toast("This test was sent to another endpoint. Choose that endpoint to send the test again.");
    return;
  }
  const number = document.getElementById("request-" + test.number) ? test.number : "0";
  const form = document.getElementById("edits-" + number) ? await openEditor(number) : null;
  if (!form) {
    toast("These records result in no request that can be edited.");
    return;
  }
  document.getElementById("request-" + number).open = true;
  const values = {method: test.method, url: test.url.startsWith("/") ? test.url : "", headers: test.headers, body: test.body};
  for (const [name, value] of Object.entries(values)) {
    if (fieldOf(form, name) && !(name === "body" && (test.isCut || test.isPart && !value))) {
      fieldOf(form, name).value = value;
    }
  }
  confirmElsewhere(form);
  form.scrollIntoView({block: "start"});
  fieldOf(form, "method").focus({preventScroll: true});
  if (test.isPart || test.isCut) {
    toast("This tab did not keep all of the request. Check the headers and the body before you send them.");
  }
}

document.addEventListener("htmx:afterSettle", event => {
  if (event.target.id === "flow-parts" && preview?.dataset.previewed === "records") {
    htmx.trigger("#sample", "gtm:records");
  }
  const form = preview?.querySelector("form[data-payload]:not([data-made-ready])");
  if (form) {
    form.dataset.madeReady = "true";
    fieldOf(form, "method").focus({preventScroll: true});
  }
  for (const each of preview?.querySelectorAll(".test-result:not([data-noted])") || []) {
    each.dataset.noted = "true";
    tests.push(readTest(each));
    tests.splice(0, Math.max(0, tests.length - MOST_TESTS));
    keepTests();
    listTests();
  }
});

if (preview && tests.length > 0) {
  listTests();
}
document.addEventListener("gtm:restored", () => {
  const before = tests.length;
  tests.unshift(...readTests().filter(each => !tests.some(known => known.at === each.at)));
  if (tests.length > before) {
    listTests();
  }
});
