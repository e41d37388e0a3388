// Before anything is shown: light or dark, as this browser was told, or as its system is.
"use strict";

(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    let chosen = null;
    try {
      chosen = localStorage.getItem("theme");
    } catch (e) {
      // Private windows may refuse it.
    }
    const isDark = chosen ? chosen === "dark" : system.matches;
    document.documentElement.setAttribute("data-bs-theme", isDark ? "dark" : "light");
    document.dispatchEvent(new Event("gtm:theme"));
  };
  follow();
  system.addEventListener("change", follow);
})();
