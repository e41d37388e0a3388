// The list of flows: search, filters, order and selection. They are in the address, so that they survive a reload. Polls
// change single cells; this page never moves a row that a person looks at.
"use strict";

const flowList = document.querySelector("[data-flow-list]");
const rowsOf = () => [...document.querySelectorAll("#flow-rows > tr")];
const checkOf = row => row.querySelector("[name=flow]");
const idOfRow = row => row.id.slice("flow-".length);
const numberIn = cell => Number(cell.dataset.sort || cell.querySelector("data")?.value || 0);
/** What each column is sorted by. */
const ORDERS = {
  name: idOfRow,
  state: row => [...document.getElementById("flow-state-filter").options].findIndex(each => each.value === stateOf(row)),
  delivered: row => numberIn(row.querySelector(".c-delivered")),
  waiting: row => numberIn(row.querySelector(".c-waiting")),
  last: row => Date.parse(row.querySelector(".c-last time")?.dateTime) || 0,
  dead: row => numberIn(row.querySelector(".c-dead")),
};
const stateOf = row => row.querySelector("[data-state]").dataset.state;
const vendorOf = row => row.querySelector(".vendor").title;
const textOf = row => (row.querySelector(".c-name").textContent + " " + vendorOf(row) + " "
    + (row.querySelector(".c-name .sub").title || "")).toLowerCase();
const plural = (count, one) => number.format(count) + " " + one + (count === 1 ? "" : "s");

class FlowList {
  constructor(panel) {
    this.panel = panel;
    this.search = panel.querySelector("#flow-search");
    this.state = panel.querySelector("#flow-state-filter");
    this.vendor = panel.querySelector("#flow-vendor-filter");
    this.bulk = panel.querySelector("[data-bulk]");
    this.all = panel.querySelector("[data-check-all]");
    this.last = null;
    this.restore();
    for (const each of [this.search, this.state, this.vendor]) {
      each.addEventListener(each.tagName === "SELECT" ? "change" : "input", () => this.changed());
    }
    panel.addEventListener("click", event => this.clicked(event));
    panel.addEventListener("change", event => this.checked(event));
  }

  restore() {
    const asked = new URLSearchParams(location.search);
    this.search.value = asked.get("q") || "";
    this.state.value = asked.get("state") || "";
    this.vendor.value = asked.get("vendor") || "";
    const [column, direction] = (asked.get("sort") || "").split(".");
    const button = column && this.panel.querySelector(`.sort[data-column="${CSS.escape(column)}"]`);
    if (button) {
      this.sort(button, direction !== "desc");
    }
    this.filter();
  }

  changed() {
    this.filter();
    const sorted = this.panel.querySelector("th[aria-sort] .sort");
    const values = {q: this.search.value, state: this.state.value, vendor: this.vendor.value,
      sort: sorted && this.isSorted ? sorted.dataset.column + "." + (this.isUp ? "asc" : "desc") : ""};
    const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
    history.replaceState(history.state, "", location.pathname + (query ? "?" + query : ""));
  }

  filter() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(each => each);
    let shown = 0;
    const rows = rowsOf();
    for (const row of rows) {
      const text = words.length && textOf(row);
      const fits = words.every(each => text.includes(each)) && (!this.state.value || this.state.value === stateOf(row))
          && (!this.vendor.value || this.vendor.value === vendorOf(row));
      row.classList.toggle("js-hidden", !fits);
      if (!fits && checkOf(row)) {
        checkOf(row).checked = false;
      }
      shown += fits;
    }
    const text = number.format(shown) + " of " + plural(rows.length, "flow");
    write(this.panel.querySelector("[data-shown]"), text);
    this.panel.querySelector("[data-none]").classList.toggle("js-hidden", shown > 0);
    this.select();
  }

  /** @param up whether the smallest comes first */
  sort(button, up) {
    const head = button.closest("th");
    this.panel.querySelectorAll("th[aria-sort]").forEach(each => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    this.isSorted = true;
    this.isUp = up;
    const order = (one, other) => typeof one === "string" ? one.localeCompare(other) : one - other;
    const sorted = rowsOf().map(row => [ORDERS[button.dataset.column](row), row])
        .sort(([one, row], [other, next]) => (up ? 1 : -1) * order(one, other) || idOfRow(row).localeCompare(idOfRow(next)))
        .map(([, row]) => row);
    const rows = rowsOf();
    if (sorted.some((each, index) => each !== rows[index])) {
      document.getElementById("flow-rows").append(...sorted);
    }
  }

  /** Rows came or went. */
  reordered() {
    const sorted = this.isSorted && this.panel.querySelector("th[aria-sort] .sort");
    if (sorted) {
      this.sort(sorted, this.isUp);
    }
    this.filter();
  }

  clicked(event) {
    const sort = event.target.closest(".sort");
    if (sort) {
      const before = sort.closest("th").getAttribute("aria-sort");
      const numbers = !["name", "state"].includes(sort.dataset.column);
      this.sort(sort, before ? before === "descending" : !numbers);
      this.changed();
    } else if (event.target.closest("[data-clear]")) {
      rowsOf().map(checkOf).filter(each => each).forEach(each => each.checked = false);
      this.select();
    } else if (event.target.closest("[data-reset]")) {
      this.search.value = this.state.value = this.vendor.value = "";
      this.changed();
      this.search.focus();
    } else if (event.target.name === "flow" && event.shiftKey && this.last) {
      this.range(event.target);
    }
    if (event.target.name === "flow") {
      this.last = event.target;
    }
  }

  /** Shift and a click select all between. */
  range(to) {
    const boxes = rowsOf().filter(each => !each.classList.contains("js-hidden")).map(checkOf);
    const [from, until] = [boxes.indexOf(this.last), boxes.indexOf(to)].sort((one, other) => one - other);
    if (from >= 0) {
      boxes.slice(from, until + 1).forEach(each => each.checked = to.checked);
      this.select();
    }
  }

  checked(event) {
    if (event.target === this.all) {
      rowsOf().filter(each => !each.classList.contains("js-hidden"))
          .forEach(each => checkOf(each).checked = this.all.checked);
    }
    if (event.target === this.all || event.target.name === "flow") {
      this.select();
    }
  }

  /** Shows what can be done with the selected flows. */
  select() {
    if (!this.bulk) {
      return;
    }
    const rows = rowsOf();
    const selected = rows.filter(each => checkOf(each).checked);
    const shown = rows.filter(each => !each.classList.contains("js-hidden"));
    this.all.checked = selected.length > 0 && selected.length === shown.length;
    this.all.indeterminate = selected.length > 0 && selected.length < shown.length;
    this.panel.querySelector("[data-tools]").classList.toggle("js-hidden", selected.length > 0);
    const hadFocus = this.bulk.contains(document.activeElement);
    this.bulk.classList.toggle("js-hidden", selected.length === 0);
    if (hadFocus && selected.length === 0) {
      this.all.focus({preventScroll: true});
    }
    write(this.bulk.querySelector("[data-selected]"), plural(selected.length, "flow") + " selected");
    const button = this.bulk.querySelector("[data-delete]");
    if (button && selected.length) {
      this.question(button, selected);
    }
  }

  question(button, selected) {
    const sum = number => selected.reduce((all, row) => all + number(row), 0);
    const files = sum(row => Number(row.querySelector(".c-waiting").dataset.files || 0));
    const letters = sum(ORDERS.dead);
    const names = selected.slice(0, 5).map(idOfRow).join(", ")
        + (selected.length > 5 ? " and " + (selected.length - 5) + " more" : "");
    button.dataset.verb = "Delete " + (selected.length === 1 ? "flow " + names : plural(selected.length, "flow"));
    button.setAttribute("hx-confirm", (selected.length === 1 ? "The file of the flow is" : "The files of " + names + " are")
        + " deleted. " + (files ? plural(files, "file") + " in the inbox " + (files === 1 ? "stays" : "stay")
        + " on the disk and will not be sent. " : "") + (letters ? plural(letters, "dead letter")
        + (letters === 1 ? " stays. " : " stay. ") : "") + "Requests in flight end first.");
  }
}

/** The box and the menu of each line; the server need not send them 500 times. */
function dress() {
  const lists = document.getElementById("flow-lists");
  const mayChange = lists && "mayChange" in lists.dataset;
  for (const row of lists?.querySelectorAll("#flow-rows > tr, #webhook-rows > tr") || []) {
    const id = idOfRow(row);
    const check = row.querySelector(".c-check");
    if (check && mayChange && !check.firstElementChild) {
      check.append(element("input", {class: "form-check-input", type: "checkbox", name: "flow", value: id,
        "aria-label": "Select " + id, "data-made": ""}));
    }
    const cell = row.querySelector(".c-menu");
    if (!cell.querySelector("button") && (check || mayChange && cell.dataset.can !== "nothing")) {
      cell.append(element("div", {class: "dropdown", "data-made": ""},
          element("button", {class: "btn btn-icon btn-ghost btn-sm", type: "button", "data-bs-toggle": "dropdown",
            "data-bs-popper-config": '{"strategy":"fixed"}', "aria-expanded": "false", "aria-label": "Actions for " + id},
          icon("dots-vertical")), element("div", {class: "dropdown-menu dropdown-menu-end"})));
    }
  }
}

/** What can be done with a flow now. */
function fillMenu(row) {
  const id = idOfRow(row);
  const lists = document.getElementById("flow-lists");
  const entry = (text, image) => [icon(image), text, element("span", {class: "visually-hidden"}, " " + id)];
  const link = (page, style, ...content) => element("a", {class: "dropdown-item" + style, href: "/flows/" + id + page},
      ...content);
  const can = "mayChange" in lists.dataset ? row.querySelector(".c-menu").dataset.can || "pause" : "nothing";
  const entries = [];
  if (can !== "nothing") {
    const address = "/flows-selected/" + can;
    entries.push(element("form", {action: address, method: "post", "hx-post": address, "hx-swap": "none"},
        element("input", {type: "hidden", name: "flow", value: id}),
        element("button", {class: "dropdown-item"}, ...entry(can === "pause" ? "Pause" : "Activate", "player-"
            + (can === "pause" ? "pause" : "play")))));
  }
  if (row.querySelector(".c-check")) {
    const mayEdit = "mayEdit" in lists.dataset;
    entries.push(link("/edit", "", ...entry(mayEdit ? "Edit" : "Settings", "pencil")));
    if (mayEdit) {
      entries.push(link("/duplicate", "", ...entry("Duplicate", "copy")),
          link("/rename", "", ...entry("Rename", "cursor-text")), link("/delete", " danger", ...entry("Delete", "trash")));
    }
  }
  const menu = row.querySelector(".dropdown-menu");
  menu.replaceChildren(...entries);
  htmx.process(menu);
}

// Before the menu opens.
for (const each of ["click", "keydown"]) {
  window.addEventListener(each, event => {
    const pressed = event.target.closest?.(".c-menu [data-bs-toggle]");
    if (pressed && !pressed.classList.contains("show")) {
      fillMenu(pressed.closest("tr"));
    }
  }, true);
}

dress();
const list = flowList && new FlowList(flowList);

const undoBy = (action, flows) => () => htmx.ajax("POST", "/flows-selected/" + action,
    {source: "#flow-changes", target: "#flow-changes", swap: "none", values: {flow: flows}});

// A flow that was deleted on its own page.
const deleted = new URLSearchParams(location.search).get("deleted");
if (list && deleted) {
  list.changed();
  if (!rowsOf().some(each => each.dataset.id === deleted)) {
    addEventListener("DOMContentLoaded", () => toast("Flow " + deleted + " deleted.", undoBy("restore", [deleted])));
  }
}

document.addEventListener("htmx:afterSettle", event => {
  if (event.detail.requestConfig?.path?.startsWith("/flows-changes")) {
    dress();
    list?.reordered();
  }
});

document.addEventListener("htmx:afterRequest", event => {
  const {requestConfig, successful, xhr} = event.detail;
  if (!successful || !requestConfig.path.startsWith("/flows-selected/")) {
    return;
  }
  const result = JSON.parse(xhr.responseText);
  if (result.flows.length) {
    toast(result.message, result.undo && undoBy(result.undo, result.flows));
  }
  untell("flows");
  if (result.problems.length) {
    tell("flows", result.problems.join(" "));
  }
  if (list) {
    rowsOf().map(checkOf).filter(each => each && result.flows.includes(each.value)).forEach(each => each.checked = false);
    list.select();
  }
  document.dispatchEvent(new Event("gtm:flows-changed"));
  const poll = document.getElementById("flow-changes");
  poll && htmx.trigger(poll, "refresh");
});
