// The mapping of a flow as a table. The text is the mapping: the server makes the rows of its lines, and an edit of a row
// changes a line. What no row shows stays in the text as it is.
"use strict";

(() => {
  const section = () => document.querySelector("[data-mapping]");
  const field = () => section()?.querySelector("textarea");
  const table = () => document.getElementById("mapping-table-rows");
  const byId = id => document.getElementById(id);
  /** Kinds of values that a person has chosen, by the keys of rows: a value may be shown in several ways. */
  const kinds = new Map();
  let edit = 0;
  /** Which row gets the focus once it is there: its key or its line. */
  let next = null;
  let rowsTimer = 0;
  let listsTimer = 0;

  const canEdit = () => table()?.hasAttribute("hx-post");

  function later(milliseconds) {
    clearTimeout(rowsTimer);
    rowsTimer = setTimeout(() => canEdit() && htmx.trigger(table(), "gtm:mapping"), milliseconds);
  }

  function listsLater(milliseconds) {
    clearTimeout(listsTimer);
    listsTimer = setTimeout(() => canEdit() && htmx.trigger(byId("attribute-lists-place"), "gtm:attributes"), milliseconds);
  }

  const lines = () => field().value === "" ? [] : field().value.split("\n");

  function write(changed) {
    field().value = changed.join("\n");
    field().dispatchEvent(new Event("input", {bubbles: true}));
  }

  /** The place of a row's line, from 0; -1 if the text has no such line any more. */
  function place(row, all) {
    const at = Number(row.dataset.line) - 1;
    return at >= 0 && all[at] === row.dataset.text ? at : all.indexOf(row.dataset.text);
  }

  function append(all, line) {
    while (all.length && !all.at(-1).trim()) {
      all.pop();
    }
    all.push(line);
    write(all);
    return all.length;
  }

  /** Puts another right side into the line of a row, or makes the line. */
  function setValue(row, value) {
    const all = lines();
    if (row.dataset.line === "0") {
      if (!value) {
        return;
      }
      row.dataset.text = row.dataset.target + " = " + value;
      row.dataset.valueAt = row.dataset.text.length - value.length;
      row.dataset.line = all.length + 1;
      row.dataset.line = append(all, row.dataset.text);
      return;
    }
    const at = place(row, all);
    if (at < 0) {
      later(0);
      return;
    }
    const left = all[at].slice(0, Number(row.dataset.valueAt));
    const line = left + (/[ \t]$/.test(left) ? "" : " ") + value;
    row.dataset.line = at + 1;
    row.dataset.text = line;
    row.dataset.valueAt = line.length - value.length;
    all[at] = line;
    write(all);
  }

  /** How a mapping reads an attribute. */
  function attribute(name) {
    const known = name && [...byId("source-attributes")?.options ?? []].find(each => each.value === name);
    return !name ? "" : known?.dataset.expression || "{" + (/[:|{}"]/.test(name) ? JSON.stringify(name) : name) + "}";
  }

  function isJson(text) {
    try {
      JSON.parse(text);
      return true;
    } catch (e) {
      return false;
    }
  }

  /** A text that a mapping would read otherwise stands in quotes. */
  function constant(typed) {
    const text = typed.trim();
    const isPlain = !/[{}"]|^[=['\]]|[,;]$/.test(text);
    return !text || isPlain || isJson(text) ? text : JSON.stringify(text).replaceAll("{", "\\u007b");
  }

  function edited(input) {
    const row = input.closest(".map-row");
    const value = row.dataset.kind === "attribute" ? attribute(input.value.trim())
        : row.dataset.kind === "constant" ? constant(input.value) : input.value.trim();
    if (input.value !== input.dataset.value) {
      input.dataset.value = input.value;
      setValue(row, value);
    }
  }

  function choose(row, kind) {
    const value = Number(row.dataset.line) ? row.dataset.text.slice(Number(row.dataset.valueAt)).trim() : "";
    kinds.set(row.dataset.key, kind);
    next = {key: row.dataset.key};
    if (kind === "expression" || !value || kind === row.dataset.kind) {
      later(0);
    } else {
      const name = value.match(/^\{\s*([^{}:|"]+)/)?.[1].trim();
      setValue(row, kind === "attribute" && name ? "{" + name + "}" : "");
    }
  }

  function remove(row) {
    const all = lines();
    const at = place(row, all);
    if (at < 0) {
      later(0);
      return;
    }
    const before = field().value;
    all.splice(at, 1);
    kinds.delete(row.dataset.key);
    write(all);
    const after = field().value;
    next = {line: at + 1};
    toast((row.dataset.target || "Line " + (at + 1)) + " removed.", () => {
      const now = lines();
      if (field().value !== after) {
        now.splice(Math.min(at, now.length), 0, row.dataset.text);
      }
      write(field().value === after ? before.split("\n") : now);
    });
  }

  /** @param step -1 for up, 1 for down */
  function move(row, step) {
    const rows = [...table().querySelectorAll(".map-row")].filter(each => each.dataset.line > 0);
    const other = rows[rows.indexOf(row) + step];
    const all = lines();
    const from = place(row, all);
    const to = other ? place(other, all) : -1;
    next = {key: row.dataset.key, part: "kind"};
    if (from >= 0 && to >= 0) {
      all.splice(to, 0, ...all.splice(from, 1));
      write(all);
    } else {
      later(0);
    }
  }

  function focusNext() {
    const rows = [...table().querySelectorAll(".map-row")];
    const isNext = each => next.key ? each.dataset.key === next.key : each.dataset.line === String(next.line);
    const row = next && (rows.find(isNext)
        || next.line && rows.filter(each => each.dataset.line > 0).at(-1));
    if (row) {
      const control = next.part === "kind" ? row.querySelector(".kind")
          : row.querySelector("input[data-value]") || row.querySelector("button");
      pickers.focus(control);
    }
    next = null;
  }

  /** Fields show what the text has, but the one that a person types in. */
  function show() {
    for (const input of table().querySelectorAll("input[data-value]")) {
      const isUsed = input === document.activeElement || input.tomselect?.isFocused;
      if (!isUsed && input.value !== input.dataset.value) {
        input.value = input.dataset.value;
      }
      if (!isUsed) {
        pickers.show(input);
      }
    }
  }

  function select(tab, focus) {
    const tabs = [byId("tab-mapping-table"), byId("tab-mapping-text")];
    for (const each of tabs) {
      each.setAttribute("aria-selected", String(each === tab));
      each.tabIndex = each === tab ? 0 : -1;
      byId(each.getAttribute("aria-controls")).hidden = each !== tab;
    }
    if (focus) {
      tab.focus();
    }
    problems();
  }

  /** In the table, mistakes stand in their rows. */
  function problems() {
    // The preview exchanges this line with each answer.
    byId(field().id + "-error").hidden = byId("tab-mapping-table").getAttribute("aria-selected") === "true"
        && table().querySelector(".map-row.bad") !== null;
  }

  function begin() {
    if (!field() || !canEdit() || section().dataset.begun) {
      return;
    }
    section().dataset.begun = "true";
    section().dataset.keeps = "data-begun";
    byId("mapping-tools").hidden = false;
    select(byId("tab-mapping-table"));
    later(0);
    listsLater(0);
  }

  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:afterSettle", event => {
    const target = event.target;
    begin();
    if (!field() || !canEdit()) {
      return;
    }
    if (target === table()) {
      const rows = byId("mapping-rows");
      byId("mapping-count").textContent = rows.dataset.count;
      if (rows.dataset.edit === String(edit)) {
        show();
        focusNext();
      }
      problems();
    } else if (target.id === "flow-parts" || target.id === "main" || target.closest("#sample-choice")) {
      later(50);
      listsLater(50);
    }
  });
  document.addEventListener("htmx:oobAfterSwap", event => field() && canEdit() && event.target.id === field().id + "-error"
      && problems());
  document.addEventListener("htmx:configRequest", event => {
    if (event.target === table()) {
      event.detail.parameters["mapping-edit"] = String(edit);
      event.detail.parameters["mapping-kinds"] = [...kinds].map(([key, kind]) => key + "=" + kind).join("\n");
    }
  });

  document.addEventListener("input", event => {
    const target = event.target;
    if (!field() || !canEdit()) {
      return;
    }
    if (target === field() || target.id === "flow-form") {
      edit++;
      later(100);
      listsLater(600);
    } else if (target.matches("#mapping-table input[data-value]")) {
      edited(target);
    } else if (target.id === "mapping-new-target") {
      added(target);
    } else if (target.closest("#sample-choice") || target.closest("#flow-form") && target.name) {
      later(300);
      listsLater(600);
    }
  });

  function added(input) {
    const target = input.value.trim();
    if (target) {
      input.value = "";
      pickers.show(input);
      byId("mapping-new").hidden = true;
      next = {line: append(lines(), target + " = ")};
    }
  }

  /** A mistake in the mapping stands in its row; what is in no row, in the text. */
  function showMistake() {
    const wrong = table().querySelector(".map-row.bad input[data-value]");
    select(byId(wrong ? "tab-mapping-table" : "tab-mapping-text"));
    pickers.focus(wrong || field());
  }

  document.addEventListener("click", event => {
    if (canEdit() && event.target.closest?.(".mistakes a")?.getAttribute("href") === "#" + field()?.id) {
      setTimeout(showMistake);
    }
    const pressed = event.target.closest?.("[data-mapping] button");
    if (!pressed) {
      return;
    }
    const row = pressed.closest(".map-row");
    if (pressed.id === "mapping-add") {
      select(byId("tab-mapping-table"));
      byId("mapping-new").hidden = false;
      pickers.focus(byId("mapping-new-target"));
    } else if (pressed.role === "tab") {
      select(pressed);
    } else if (pressed.dataset.kindChoice) {
      choose(row, pressed.dataset.kindChoice);
    } else if (pressed.dataset.move) {
      move(row, Number(pressed.dataset.move));
    } else if ("remove" in pressed.dataset) {
      remove(row);
    } else if ("fix" in pressed.dataset) {
      next = {key: row.dataset.key};
      kinds.delete(row.dataset.key);
      setValue(row, pressed.dataset.fix);
    }
  });

  document.addEventListener("keydown", event => {
    const target = event.target;
    if (target.role === "tab" && target.closest("[data-mapping]") && /^Arrow(Left|Right)$/.test(event.key)) {
      event.preventDefault();
      select(byId(target.id === "tab-mapping-table" ? "tab-mapping-text" : "tab-mapping-table"), true);
    } else if (event.key === "Enter" && target.matches("#mapping-table input")) {
      // It ends an edit, and does not send the form.
      event.preventDefault();
    } else if (event.key === "Escape" && target.closest?.("#mapping-new")) {
      byId("mapping-new").hidden = true;
      byId("mapping-add").focus();
    } else if (event.altKey && /^Arrow(Up|Down)$/.test(event.key) && target.closest?.("#mapping-table .map-row")) {
      event.preventDefault();
      move(target.closest(".map-row"), event.key === "ArrowUp" ? -1 : 1);
    }
  });
})();
