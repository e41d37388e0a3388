// Times come in UTC; a person reads those of his own clock.
"use strict";

function localTimes(root) {
  for (const each of root.querySelectorAll("time[datetime]")) {
    each.textContent = new Date(each.dateTime).toLocaleString();
  }
}

document.addEventListener("DOMContentLoaded", () => localTimes(document));
document.addEventListener("htmx:afterSettle", () => localTimes(document));

// What the samples find about a field comes beside it; the field itself has to say so, too.
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
