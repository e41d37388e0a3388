// The overview: examples are copied.
"use strict";

document.addEventListener("click", event => {
  const pressed = event.target.closest?.("[data-copies]");
  if (pressed) {
    navigator.clipboard?.writeText(document.getElementById(pressed.dataset.copies).textContent)
        .then(() => toast("Copied."), () => toast("The browser did not allow copying. Select the command instead."));
  }
});
