// The page of credentials: the dialog in which one is entered, and what came of tests, changes and deletions.
"use strict";

const credentialDialog = document.getElementById("credential-dialog");

async function openCredential(address) {
  await htmx.ajax("GET", address, {target: credentialDialog, swap: "innerHTML"});
  if (credentialDialog.querySelector("form")) {
    chooseKind();
    credentialDialog.showModal();
    credentialDialog.querySelector("select:not(.js-hidden *), input:not([readonly], [type=hidden], :disabled)").focus();
  }
}

/** Shows the fields of the chosen vendor and kind. Those of others are not sent. */
function chooseKind() {
  const vendor = credentialDialog.querySelector("[name=vendor]").value;
  let isTestable = true;
  for (const each of credentialDialog.querySelectorAll("[data-kinds]")) {
    each.classList.toggle("js-hidden", each.dataset.kinds !== vendor);
  }
  const kind = document.getElementById("credential-kind-" + vendor)?.value;
  for (const each of credentialDialog.querySelectorAll("[data-group]")) {
    const isShown = each.dataset.group === vendor + " " + kind;
    each.classList.toggle("js-hidden", !isShown);
    each.disabled = !isShown;
    isTestable = isShown ? each.dataset.testable === "true" : isTestable;
  }
  document.getElementById("credential-test").hidden = !isTestable;
  document.getElementById("credential-untestable").hidden = isTestable;
}

document.addEventListener("click", event => {
  const opener = event.target.closest?.("[data-credential]");
  const reveal = event.target.closest?.("[data-reveal]");
  if (opener) {
    openCredential(opener.dataset.credential);
  } else if (reveal) {
    const isShown = reveal.getAttribute("aria-pressed") !== "true";
    reveal.setAttribute("aria-pressed", String(isShown));
    document.getElementById(reveal.dataset.reveal).type = isShown ? "text" : "password";
  }
});

credentialDialog.addEventListener("change", event => {
  if (event.target.matches("[name=vendor], [data-kinds] select")) {
    chooseKind();
  } else {
    return;
  }
  document.getElementById("credential-result").replaceChildren();
});
// What was typed does not stay in the page.
credentialDialog.addEventListener("close", () => credentialDialog.replaceChildren());

document.addEventListener("htmx:beforeSwap", event => {
  if (event.detail.target.id === "credential-result" && event.detail.serverResponse.includes("data-said")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:afterSwap", event => {
  const said = event.detail.target.querySelector?.("[data-done]");
  if (!said || !event.detail.target.id.startsWith("credential-")) {
    return;
  }
  if (event.detail.target.id === "credential-result") {
    credentialDialog.close();
  }
  toast(said.textContent.trim(), undefined, said.classList.contains("note-bad"));
  document.body.dispatchEvent(new Event("credentials-changed"));
});
document.addEventListener("DOMContentLoaded", () => {
  if (credentialDialog.dataset.opened) {
    openCredential(credentialDialog.dataset.opened);
  }
});
