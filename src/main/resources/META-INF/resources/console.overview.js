// The overview: today is a day of the browser's time zone, which the program does not know otherwise.
"use strict";

(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.split("; ").includes("zone=" + zone)) {
    document.cookie = "zone=" + zone + "; path=/; max-age=31536000; SameSite=Strict";
  }
  document.addEventListener("DOMContentLoaded", () => {
    const page = document.getElementById("overview");
    if (page && zone && page.dataset.zone !== zone) {
      htmx.trigger(page, "gtm:zone");
    }
  });
  document.addEventListener("click", event => {
    const pressed = event.target.closest?.("[data-copies]");
    if (pressed) {
      navigator.clipboard?.writeText(document.getElementById(pressed.dataset.copies).textContent)
          .then(() => toast("Copied."), () => toast("The browser did not allow copying. Select the command instead."));
    }
  });
})();
