// Upload of a file to a flow: it is sent, its first records are shown, and the flow gets it when the person confirms.
"use strict";

class Upload {
  constructor(dialog, field) {
    this.dialog = dialog;
    this.field = field;
    this.address = dialog.dataset.address;
    this.part = name => dialog.querySelector(`[data-upload-${name}]`);
    this.part("cancel").addEventListener("click", () => dialog.close());
    this.part("send").addEventListener("click", () => this.confirm());
    dialog.addEventListener("close", () => this.end());
    field.addEventListener("change", () => {
      if (field.files.length) {
        this.begin(field.files[0]);
      }
    });
  }

  begin(file) {
    this.end();
    this.part("name").textContent = file.name;
    this.part("size").textContent = size(file.size);
    this.part("answer").replaceChildren();
    this.progress(0);
    this.offer(false);
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
    const request = new XMLHttpRequest();
    this.request = request;
    request.upload.addEventListener("progress", event => event.lengthComputable
        && this.progress(100 * event.loaded / event.total));
    request.addEventListener("load", () => this.answered(request));
    request.addEventListener("error", () => this.refuse("The upload failed: the program is not reachable, or the file "
        + "cannot be read. Nothing was saved."));
    request.open("POST", this.address + "?name=" + encodeURIComponent(file.name));
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  }

  progress(percent) {
    this.part("progress").value = percent;
    write(this.part("percent"), Math.floor(percent) + " %");
  }

  answered(request) {
    if (this.request !== request) {
      return;
    }
    this.request = null;
    this.progress(100);
    if (request.status !== 200) {
      this.refused(request);
      return;
    }
    const answer = this.part("answer");
    answer.replaceChildren(...new DOMParser().parseFromString(request.responseText, "text/html").body.childNodes);
    localTexts(answer);
    const staged = answer.querySelector("[data-staged]");
    this.staged = staged.dataset.staged;
    this.records = Number(staged.dataset.records);
    const send = this.part("send");
    send.textContent = "Send " + this.counted();
    this.offer(true);
    send.focus();
  }

  /** Whether the person can confirm now. */
  offer(isPossible) {
    this.part("send").classList.toggle("js-hidden", !isPossible);
  }

  counted() {
    return number.format(this.records) + (this.records === 1 ? " record" : " records");
  }

  refused(request) {
    if (request.status === 401 || request.status === 499) {
      this.dialog.close();
      logIn(true);
      return;
    }
    this.refuse(detail(request));
  }

  refuse(text) {
    this.offer(false);
    this.part("answer").replaceChildren(element("div", {class: "note note-bad", role: "alert"}, icon("alert-circle"),
        element("span", {}, text)));
  }

  async confirm() {
    const id = this.staged;
    this.offer(false);
    const answer = await fetch(this.address + "/" + id, {method: "POST", headers: {"HX-Request": "true"}}).catch(() => null);
    if (!answer?.ok) {
      this.refuse(answer ? (await answer.json().catch(() => ({}))).detail || "The file was not sent. Upload it again."
          : "The program is not reachable. The file was not sent; try again.");
      this.offer(!answer);
      return;
    }
    this.staged = null;
    const {name} = await answer.json();
    this.dialog.close();
    toast(this.counted() + " queued in " + this.dialog.closest("main").querySelector("[data-flow]").dataset.flow + ", file "
        + name + ".");
    document.dispatchEvent(new Event("gtm:flows-changed"));
  }

  /** What was sent and not confirmed goes. */
  end() {
    this.request?.abort();
    this.request = null;
    if (this.staged) {
      fetch(this.address + "/" + this.staged, {method: "DELETE", keepalive: true}).catch(() => {});
      this.staged = null;
    }
    this.field.value = "";
  }
}

function size(bytes) {
  const [unit, factor] = bytes < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
  return new Intl.NumberFormat(undefined, {style: "unit", unit, maximumFractionDigits: 1}).format(bytes / factor);
}

const uploadDialog = document.querySelector("[data-upload-dialog]");
if (uploadDialog) {
  const field = document.getElementById("upload-file");
  const upload = new Upload(uploadDialog, field);
  document.addEventListener("click", event => event.target.closest("[data-upload]") && field.click());
  const drop = () => document.querySelector("[data-drop]");
  const hasFile = event => [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", event => {
    if (hasFile(event)) {
      event.preventDefault();
      drop()?.classList.add("js-over");
    }
  });
  document.addEventListener("dragleave", event => event.relatedTarget || drop()?.classList.remove("js-over"));
  document.addEventListener("drop", event => {
    if (hasFile(event)) {
      event.preventDefault();
      drop()?.classList.remove("js-over");
      if (event.dataTransfer.files.length === 1) {
        upload.begin(event.dataTransfer.files[0]);
      } else {
        tell("upload", "Drop one file at a time.");
      }
    }
  });
}
