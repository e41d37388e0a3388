// People without a mouse: if what has the focus goes or is moved, such as a button that is done, the focus goes to what is
// nearest to it.
"use strict";

(() => {
  const MOST_REMEMBERED = 10;
  /** Milliseconds in which the script that took it away may give the focus to something itself. */
  const OWN_CHOICE = 100;
  const CONTROLS = "a[href], button:not(:disabled), input:not(:disabled, [type=hidden]), select:not(:disabled), "
      + "textarea:not(:disabled), summary, [tabindex='0']";

  /** What had the focus, the last one first: [element, what it was in, the innermost first]. */
  let remembered = [];
  let isWaiting = false;
  /** Whether a person has left what had the focus, for nothing: by a click beside it, or with the last Tab. */
  let isLeft = false;
  let isByKeys = false;
  /** A button that had the focus and cannot be used until its request is answered. */
  let resting = null;

  const isSeen = each => each.isConnected && each.checkVisibility({visibilityProperty: true});

  document.addEventListener("pointerdown", () => {
    isLeft = true;
    isByKeys = false;
  }, true);
  document.addEventListener("keydown", event => {
    isLeft = event.key === "Tab";
    isByKeys = true;
  }, true);
  document.addEventListener("focusin", event => {
    isLeft = false;
    const around = [];
    for (let each = event.target.parentElement; each && each !== document.body; each = each.parentElement) {
      around.push(each);
    }
    remembered = [[event.target, around], ...remembered.filter(([each]) => each !== event.target)]
        .slice(0, MOST_REMEMBERED);
    show(event.target);
  });

  /** The control in its place, or the one that was used before it, or the page. */
  function nearest() {
    const [[last, around]] = remembered;
    const again = last.id && document.getElementById(last.id);
    if (again && isSeen(again)) {
      return again;
    }
    const limit = around.findIndex(each => each.matches("main, .shell, dialog, [data-toasts]"));
    for (const each of around.slice(0, Math.max(limit, 0)).filter(isSeen)) {
      const control = [...each.querySelectorAll(CONTROLS)].find(isSeen);
      if (control) {
        return control;
      }
    }
    return remembered.map(([each]) => each).find(isSeen) || document.getElementById("main");
  }

  const isLost = () => remembered.length && !isLeft
      && (document.activeElement === document.body || !isSeen(document.activeElement));

  /** Bars that stay in the window may cover what a person reaches by keys. */
  function show(control) {
    if (isByKeys && control.id !== "main" && !control.closest(".savebar, .rail, dialog, [data-toasts]")) {
      control.scrollIntoView({block: "nearest"});
    }
  }

  function give(control) {
    control.focus({preventScroll: true});
  }

  function look() {
    isWaiting = false;
    if (isLost()) {
      const last = remembered[0][0];
      give(isSeen(last) && !last.disabled ? last : nearest());
    }
  }

  new MutationObserver(() => {
    const last = remembered[0]?.[0];
    if (last?.disabled && last.isConnected) {
      resting = last;
    } else if (resting) {
      last === resting && isLost() && isSeen(last) && give(last);
      resting = null;
    }
    // What is hidden or moved loses the focus with the next picture of the page, so not yet.
    if (!isWaiting && !resting && remembered.length) {
      isWaiting = true;
      setTimeout(look, OWN_CHOICE);
    }
  }).observe(document.documentElement, {childList: true, subtree: true, attributes: true});

  /** A new page begins with what it says was done, or is wrong. */
  function begin(main) {
    if (document.activeElement !== document.body) {
      return;
    }
    const said = main.querySelector(".note[role=status], .note[role=alert]");
    if (said) {
      said.tabIndex = -1;
      give(said);
    } else if (main !== document) {
      give(main);
    }
  }
  document.addEventListener("htmx:afterSettle", event => event.target.id === "main" && begin(event.target));
  begin(document);
})();
