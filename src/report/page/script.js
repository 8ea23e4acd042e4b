"use strict";
// Everything can be read without this script; it only adds searching, filtering, copying and a closer look.
(function () {
  const root = document.documentElement;
  root.classList.add("scripted");
  const find = (id) => document.getElementById(id);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  function filterProblems() {
    const cards = all("#problems article");
    const fields = ["text", "channel", "severity", "kind", "trend"].map((name) => find("filter-" + name));
    const count = find("filter-count");
    if (!count) return;
    const words = cards.map((card) => card.textContent.toLowerCase());
    function apply() {
      const [text, channel, severity, kind, trend] = fields.map((field) => field.value.trim().toLowerCase());
      let shown = 0;
      cards.forEach((card, at) => {
        const data = card.dataset;
        const fits = text.split(/\s+/).every((word) => words[at].includes(word))
          && (!channel || data.channels.split(" ").includes(channel))
          && (!severity || data.severity === severity)
          && (!kind || data.kind === kind)
          && (!trend || data.trend === trend);
        card.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      count.textContent = shown === cards.length ? "共 " + shown + " 个" : "显示 " + shown + " / " + cards.length;
      find("filter-none").hidden = shown > 0;
    }
    fields.forEach((field) => field.addEventListener("input", apply));
    find("filter-clear").addEventListener("click", () => {
      fields.forEach((field) => { field.value = ""; });
      apply();
    });
    apply();
  }

  function filterSheets() {
    const text = find("sheet-text");
    if (!text) return;
    const apart = find("sheet-apart");
    const sheets = all(".sheet-fold");
    function apply() {
      const words = text.value.trim().toLowerCase().split(/\s+/);
      let shown = 0;
      sheets.forEach((sheet) => {
        const name = sheet.querySelector(".sheet-name").textContent.toLowerCase();
        const fits = words.every((word) => name.includes(word)) && (!apart.checked || sheet.dataset.apart !== "0");
        sheet.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      find("sheet-count").textContent = shown === sheets.length ? "共 " + shown + " 个" : "显示 " + shown + " / " + sheets.length;
    }
    text.addEventListener("input", apply);
    apart.addEventListener("change", apply);
    apply();
  }

  // A link to something folded or filtered away must still lead there.
  function reveal() {
    const target = location.hash.length > 1 && find(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let here = target; here; here = here.parentElement) {
      if (here.tagName === "DETAILS") here.open = true;
      if (here.hidden) here.hidden = false;
    }
    target.scrollIntoView();
  }

  function copying() {
    all(".copy").forEach((button) => button.addEventListener("click", () => {
      const card = button.closest("article");
      const pick = (selector) => all(selector, card).map((part) => part.textContent.trim());
      const lines = [
        pick(".number")[0] + "．【" + pick(".tag").slice(0, 2).join("·") + "】" + pick("h3 bdi")[0] + " " + pick(".aspect").join(""),
        "渠道：" + pick(".channel").join("、"),
        "问题：" + pick(".message")[0],
      ].concat(pick(".advice"));
      write(lines.join("\n")).then(
        () => { button.textContent = "已复制"; },
        () => { button.textContent = "复制不了"; },
      ).then(() => setTimeout(() => { button.textContent = "复制"; }, 1500));
    }));
  }

  function write(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function viewing() {
    const viewer = find("viewer");
    if (!viewer.showModal) return;
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-shot]");
      const figure = link && find("shot-" + link.dataset.shot);
      if (!figure || !figure.querySelector("img")) return;
      event.preventDefault();
      const copy = figure.cloneNode(true);
      copy.removeAttribute("id");
      copy.querySelector("img").loading = "eager";
      all(".box", copy).forEach((box) => box.classList.toggle("other", !box.dataset.problems.split(" ").includes(link.dataset.problem)));
      find("viewer-title").textContent = "证据 " + link.dataset.shot;
      find("viewer-body").replaceChildren(copy);
      viewer.showModal();
      const box = copy.querySelector(".box:not(.other)");
      if (box) box.scrollIntoView({ block: "center" });
    });
    find("viewer-close").addEventListener("click", () => viewer.close());
    viewer.addEventListener("click", (event) => {
      if (event.target === viewer || event.target.closest("a[href^='#']")) viewer.close();
    });
    viewer.addEventListener("close", () => find("viewer-body").replaceChildren());
  }

  filterProblems();
  filterSheets();
  copying();
  viewing();
  addEventListener("hashchange", reveal);
  reveal();
  addEventListener("beforeprint", () => all("details.long, #checklist details, #gaps details").forEach((part) => { part.open = true; }));
})();
