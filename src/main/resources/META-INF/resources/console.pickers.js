// Fields for names of attributes: data-picks says what a person picks. The value stays the text that it is without this
// file: one name, or several with commas between them. Names that no sample has can be typed.
"use strict";

const pickers = (() => {
  const LISTS = {"attribute": "mapped-attributes", "attributes": "mapped-attributes",
    "source-attribute": "source-attributes", "source-attributes": "source-attributes", "target-field": "target-fields"};
  const isMultiple = input => input.dataset.picks.endsWith("s");
  /** Separates nothing: a single name may have any character in it. */
  const NOTHING = "\u0000";

  const entries = input => [...document.querySelectorAll("#" + LISTS[input.dataset.picks] + " option")]
      .map((each, order) => ({value: each.value, type: each.dataset.type, sample: each.dataset.sample, $order: order}));

  const values = input => (isMultiple(input) ? input.value.split(",") : [input.value]).map(each => each.trim())
      .filter(each => each);

  const label = input => input.getAttribute("aria-label")
      || document.querySelector(`label[for="${CSS.escape(input.id)}"], label[for="${CSS.escape(input.id)}-ts-control"]`)
          ?.textContent.trim() || "";

  function option(data) {
    const about = [data.type, data.sample].filter(each => each).join(" · ");
    return element("div", {class: "pick"}, element("span", {class: "pick-name"}, data.value),
        element("small", {class: "pick-about"}, about));
  }

  function make(input) {
    const name = label(input);
    const before = input.value;
    const described = input.getAttribute("aria-describedby");
    const picker = new TomSelect(input, {
      plugins: isMultiple(input) ? {remove_button: {title: "Remove"}} : {},
      maxItems: isMultiple(input) ? null : 1,
      delimiter: isMultiple(input) ? "," : NOTHING,
      options: entries(input),
      labelField: "value", searchField: ["value"], maxOptions: 500,
      create: true, createOnBlur: true, persist: false, hideSelected: isMultiple(input), hidePlaceholder: true,
      // Otherwise Enter after fast typing picks what was marked before.
      refreshThrottle: 0,
      dropdownParent: "body",
      render: {
        option: option,
        item: data => element("div", {}, data.value),
        option_create: data => element("div", {class: "create"}, "Use “" + data.input + "”"),
        no_results: () => null
      }
    });
    // Names keep the blanks between them until another one is picked.
    input.value = before;
    const control = picker.control_input;
    input.setAttribute("aria-label", name);
    control.setAttribute("aria-label", name);
    picker.dropdown_content.setAttribute("aria-label", name);
    if (described) {
      control.setAttribute("aria-describedby", described);
    }
    const withoutAddresses = () => picker.control.querySelectorAll(".item .remove").forEach(each => {
      // The policy of the page allows no javascript: address.
      each.removeAttribute("href");
      each.setAttribute("role", "button");
      each.setAttribute("aria-label", "Remove " + each.closest(".item").dataset.value);
    });
    withoutAddresses();
    picker.on("item_add", () => {
      withoutAddresses();
      // What was typed is picked.
      picker.setTextboxValue("");
    });
    picker.on("dropdown_close", () => refresh(input));
    control.addEventListener("keydown", event => {
      if (event.key === "Enter") {
        // It picks, and does not send the form.
        event.preventDefault();
      }
    });
    // Such as from a list of mistakes.
    input.addEventListener("focus", () => picker.focus());
    new MutationObserver(() => mirror(input)).observe(input, {attributeFilter: ["aria-invalid", "disabled"]});
    mirror(input);
  }

  /** What is said of the field, the control in its place shows. */
  function mirror(input) {
    const isInvalid = input.getAttribute("aria-invalid") === "true";
    input.tomselect.wrapper.classList.toggle("is-invalid", isInvalid);
    input.tomselect.control_input.setAttribute("aria-invalid", String(isInvalid));
    if (input.matches(":disabled") !== input.tomselect.isDisabled) {
      input.matches(":disabled") ? input.tomselect.disable() : input.tomselect.enable();
    }
  }

  /** Shows what is in the field now, if it was changed without the control. */
  function show(input) {
    const picker = input.tomselect;
    const now = picker ? values(input) : [];
    if (picker && now.join("\n") !== picker.items.join("\n")) {
      const text = input.value;
      now.filter(each => !picker.options[each]).forEach(each => picker.addOption({value: each}));
      picker.setValue(now, true);
      input.value = text;
      picker.control.querySelectorAll(".item .remove").forEach(each => each.removeAttribute("href"));
    }
  }

  /** Offers what is in its list now; an open list stays as it is until it closes. */
  function refresh(input) {
    const picker = input.tomselect;
    const fresh = entries(input);
    const text = JSON.stringify(fresh);
    if (picker.isOpen || picker.fresh === text) {
      return;
    }
    picker.fresh = text;
    picker.clearOptions();
    picker.addOptions(fresh);
    // Of a name that is picked, the list may know more by now.
    fresh.filter(each => picker.items.includes(each.value)).forEach(each => picker.options[each.value] = {...each});
  }

  function all() {
    for (const input of document.querySelectorAll("input[data-picks]")) {
      if (!LISTS[input.dataset.picks]) {
        continue;
      }
      if (!input.tomselect) {
        make(input);
      }
      show(input);
      refresh(input);
    }
  }

  for (const event of ["DOMContentLoaded", "htmx:afterSettle", "htmx:oobAfterSwap"]) {
    document.addEventListener(event, all);
  }
  // Such as a draft that is restored.
  document.addEventListener("input", event => {
    if (event.target.id === "flow-form") {
      all();
    }
  });
  return {show, focus: input => input.tomselect ? input.tomselect.focus() : input.focus()};
})();

// Texts with attributes in braces: an opening brace opens the list of attributes.
(() => {
  const list = element("ul", {id: "variable-list", class: "ts-dropdown variable-list", role: "listbox", hidden: "",
    "aria-label": "Attributes", "data-made": ""});
  let field = null;
  let marked = 0;

  /** What is typed behind the last open brace; null where none is open. */
  function typed(input) {
    const before = input.value.slice(0, input.selectionStart);
    return before.match(/\{[?&]?(?:[^{}:|"]*,)?([^{}:|",]*)$/)?.[1] ?? null;
  }

  function close() {
    list.hidden = true;
    field?.setAttribute("aria-expanded", "false");
    field?.removeAttribute("aria-activedescendant");
    field = null;
  }

  function mark(place) {
    const items = [...list.children];
    marked = (place + items.length) % items.length;
    items.forEach((each, i) => {
      each.classList.toggle("active", i === marked);
      each.setAttribute("aria-selected", String(i === marked));
    });
    items[marked].scrollIntoView({block: "nearest"});
    field.setAttribute("aria-activedescendant", items[marked].id);
  }

  function open(input) {
    const name = typed(input);
    const source = document.getElementById(input.dataset.list || "mapped-attributes");
    const found = name === null || !source ? [] : [...source.options]
        .filter(each => each.value.toLowerCase().includes(name.trim().toLowerCase()))
        .sort((a, b) => b.value.toLowerCase().startsWith(name.toLowerCase()) - a.value.toLowerCase()
            .startsWith(name.toLowerCase())).slice(0, 50);
    if (!found.length) {
      close();
      return;
    }
    field = input;
    list.replaceChildren(...found.map((each, i) => {
      const item = element("li", {id: "variable-" + i, class: "option", role: "option"},
          element("span", {class: "pick-name"}, each.value),
          element("small", {class: "pick-about"},
              [each.dataset.type, each.dataset.sample].filter(text => text).join(" · ")));
      // Braces of a mapping quote some names.
      item.dataset.name = each.dataset.expression && input.dataset.list ? each.dataset.expression.slice(1, -1) : each.value;
      return item;
    }));
    document.body.append(list);
    list.hidden = false;
    const box = input.getBoundingClientRect();
    list.style.left = box.left + scrollX + "px";
    list.style.top = box.bottom + scrollY + "px";
    list.style.width = Math.max(box.width, 220) + "px";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "true");
    mark(0);
  }

  function pick(name) {
    const input = field;
    const at = input.selectionStart;
    const from = at - typed(input).length;
    const rest = input.value.slice(at);
    const end = /^[^{}]*}/.test(rest) ? "" : "}";
    input.setRangeText(name + end, from, at, "end");
    close();
    input.dispatchEvent(new Event("input", {bubbles: true}));
    close();
  }

  document.addEventListener("input", event => {
    if (event.target.matches?.("input[data-picks=variables]") && event.target === document.activeElement) {
      open(event.target);
    }
  });
  document.addEventListener("keydown", event => {
    if (!field || event.target !== field) {
      return;
    }
    const move = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (move) {
      mark(marked + move);
    } else if (event.key === "Enter" || event.key === "Tab") {
      pick(list.children[marked].dataset.name);
    } else if (event.key === "Escape") {
      close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }, true);
  list.addEventListener("mousedown", event => {
    event.preventDefault();
    const item = event.target.closest("li");
    if (item) {
      pick(item.dataset.name);
    }
  });
  document.addEventListener("focusout", event => event.target === field && close());
})();
