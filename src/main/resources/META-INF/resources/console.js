// The program sends times in UTC; the page shows local time.
"use strict";

function localTimes(root) {
  for (const each of root.querySelectorAll("time[datetime]")) {
    each.textContent = new Date(each.dateTime).toLocaleString();
  }
}

document.addEventListener("DOMContentLoaded", () => localTimes(document));
document.addEventListener("htmx:afterSettle", () => localTimes(document));

// The preview reports mistakes beside a field; the field itself must be marked, too.
function markFields() {
  for (const each of document.querySelectorAll("#flow-form small.problem[id$='-error']")) {
    const field = document.getElementById(each.id.replace(/-error$/, ""));
    if (field && each.textContent.trim()) {
      field.setAttribute("aria-invalid", "true");
    } else if (field) {
      field.removeAttribute("aria-invalid");
    }
  }
}

document.addEventListener("htmx:oobAfterSwap", markFields);
