// hx-swap="morph": changes a part of the page to what the server sends, and touches only what is different. Nothing that a
// person uses is exchanged: fields keep what was typed, and focus, selection, scroll position and open details stay.
"use strict";

/** Not its property: the one of a form is its field of the name id, if it has one. */
const idOf = each => each.getAttribute?.("id") || "";
const isField = each => /^(INPUT|SELECT|TEXTAREA)$/.test(each.tagName);
/** What a person changes in the page, or htmx does; the server knows less about it. */
const KEPT = new Set(["value", "checked", "selected", "open"]);
/** Further ones of an element that say so: data-keeps="aria-expanded hidden". The value of a number is the server's. */
const keeps = (each, name) => KEPT.has(name) && (name !== "value" || isField(each))
    || each.dataset.keeps?.split(" ").includes(name);
/** Classes that only the browser gives: of htmx, of open menus, of pickers, and our own beginning with js-. */
const OWN_CLASS = /^(htmx-|js-|show$|tomselected$|ts-hidden-accessible$)/;
/** What a picker shows in the place of its field, and what an open menu has for its time. */
const isMade = each => each.nodeType === Node.ELEMENT_NODE && each.matches(".ts-wrapper, .ts-dropdown, [data-made]");
const isOpenMenu = each => each.matches?.(".dropdown-menu.show, [data-bs-toggle=dropdown].show");

class Morph {
  constructor(root, fresh) {
    this.root = root;
    this.known = new Map([...root.querySelectorAll("[id]")].map(each => [idOf(each), each]));
    this.fresh = new Set([...fresh.querySelectorAll("[id]")].map(idOf));
    /** Elements that htmx has to look at. */
    this.changed = [];
  }

  element(old, fresh) {
    if (isOpenMenu(old)) {
      return;
    }
    const isHidden = old.tagName === "INPUT" && fresh.type === "hidden";
    for (const each of [...fresh.attributes]) {
      if ((!keeps(old, each.name) || isHidden) && old.getAttribute(each.name) !== each.value) {
        this.attribute(old, each.name, each.value);
      }
    }
    for (const each of [...old.attributes]) {
      if (!keeps(old, each.name) && each.name !== "data-keeps" && !fresh.hasAttribute(each.name)) {
        this.attribute(old, each.name, null);
      }
    }
    if (old.tagName === "SELECT") {
      this.options(old, fresh);
    } else if (!isField(old) && !this.stays(old)) {
      this.children(old, fresh);
    }
  }

  /** Parts with content of their own, such as the answer to a test, stay unless they say that they are out of date. */
  stays(old) {
    return old !== this.root && idOf(old) && old.hasAttribute("data-stays") && !old.querySelector("[data-stale]");
  }

  attribute(old, name, value) {
    if (name === "class") {
      const own = [...old.classList].filter(each => OWN_CLASS.test(each));
      value = [value || "", ...own].join(" ").trim();
    } else if ((name === "type" && old.dataset.shown) || (old.tomselect && (name === "tabindex" || name === "id"))) {
      return;
    } else if (name === "data-shown") {
      return;
    }
    if (value === null || (name === "class" && value === "")) {
      old.removeAttribute(name);
    } else if (old.getAttribute(name) !== value) {
      old.setAttribute(name, value);
    }
    if (name.startsWith("hx-")) {
      this.changed.push(old);
    }
  }

  /** A menu in use stays as it is, unless it has other entries now. */
  options(old, fresh) {
    const entries = select => [...select.options].map(each => each.value + "\n" + each.text).join("\n");
    if (entries(old) !== entries(fresh)) {
      const chosen = old.value;
      old.replaceChildren(...fresh.childNodes);
      if ([...old.options].some(each => each.value === chosen)) {
        old.value = chosen;
      }
      old.tomselect?.sync();
    }
  }

  children(parent, fresh) {
    const skip = node => {
      while (node && isMade(node)) {
        node = node.nextSibling;
      }
      return node;
    };
    let place = skip(parent.firstChild);
    for (const each of [...fresh.childNodes]) {
      const match = this.match(each, place, parent);
      if (!match) {
        parent.insertBefore(each, place);
        if (each.nodeType === Node.ELEMENT_NODE) {
          this.adopt(each);
        }
        continue;
      }
      while (place && place !== match && !this.isNeeded(place)) {
        const next = skip(place.nextSibling);
        place.remove();
        place = next;
      }
      if (match === place) {
        place = skip(place.nextSibling);
      } else {
        parent.insertBefore(match, place);
      }
      if (match.nodeType === Node.ELEMENT_NODE) {
        this.element(match, each);
      } else if (match.nodeValue !== each.nodeValue) {
        match.nodeValue = each.nodeValue;
      }
    }
    while (place) {
      const next = skip(place.nextSibling);
      place.remove();
      place = next;
    }
    // A picker goes with its field.
    for (const each of [...parent.childNodes].filter(isMade)) {
      if (each.matches(".ts-wrapper") && !each.previousElementSibling?.tomselect) {
        each.remove();
      }
    }
  }

  /** A new element may have fields in it that were elsewhere before. */
  adopt(added) {
    for (const each of [...added.querySelectorAll("[id]")]) {
      const before = this.known.get(idOf(each));
      if (before && before.tagName === each.tagName && isField(each) && each.isConnected) {
        each.replaceWith(before);
        this.element(before, each);
      }
    }
    this.changed.push(added);
  }

  isNeeded(node) {
    return node.nodeType === Node.ELEMENT_NODE && idOf(node) !== "" && this.fresh.has(idOf(node));
  }

  match(fresh, place, parent) {
    if (fresh.nodeType === Node.ELEMENT_NODE && idOf(fresh)) {
      const old = this.known.get(idOf(fresh));
      return old && old.tagName === fresh.tagName && !old.contains(parent) ? old : null;
    }
    for (let each = place; each; each = each.nextSibling) {
      if (isMade(each)) {
        continue;
      }
      if (each.nodeType === fresh.nodeType && each.nodeName === fresh.nodeName && !idOf(each)) {
        return each;
      }
      if (this.isNeeded(each)) {
        return null;
      }
    }
    return null;
  }
}

/** @returns the elements that htmx has to look at */
function morph(old, fresh) {
  const active = document.activeElement;
  const work = new Morph(old, fresh);
  work.element(old, fresh);
  const next = active?.isConnected ? active : active && idOf(active) && document.getElementById(idOf(active));
  if (next && next !== document.activeElement) {
    next.focus({preventScroll: true});
  }
  return work.changed;
}

htmx.defineExtension("morph", {
  isInlineSwap: style => style === "morph",
  handleSwap: (style, target, fragment) => {
    if (style !== "morph" && style !== "morphInner") {
      return false;
    }
    localTexts(fragment);
    if (style === "morphInner") {
      const inner = target.cloneNode(false);
      inner.replaceChildren(...fragment.childNodes);
      return morph(target, inner);
    }
    const fresh = fragment.firstElementChild;
    // An answer without this part changes nothing.
    return fresh ? morph(target, fresh) : [];
  }
});
