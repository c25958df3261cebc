// <gisa-search>: the paper's search on another page. Without this script the form inside is a plain form that leads to the
// search. With it the box suggests (if the paper lets this page's origin read its API) and, with the attribute `results`,
// results show below in a frame. `label` and `button` name the parts of a form that it has to make itself.
"use strict";

{
  const site = new URL(".", document.currentScript.src);
  const WAIT_MS = 120;
  let made = 0;

  const address = (path, values) => Object.assign(new URL(path, site), { search: new URLSearchParams(values) });

  function element(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  class GisaSearch extends HTMLElement {
    connectedCallback() {
      if (this.form) return;
      this.number = ++made;
      this.form = this.querySelector("form") ?? this.makeForm();
      this.box = this.form.elements.namedItem("q");
      this.offerWords();
      if (this.hasAttribute("results")) this.showResultsHere();
    }

    makeForm() {
      const korean = !document.documentElement.lang.startsWith("en");
      const label = this.getAttribute("label") ?? (korean ? "기사 검색" : "Search the paper");
      const form = element("form", { action: new URL("search", site), role: "search", "accept-charset": "utf-8" },
        element("input", { type: "search", name: "q", "aria-label": label, placeholder: label, maxlength: 800 }),
        element("button", {}, this.getAttribute("button") ?? (korean ? "검색" : "Search")));
      this.append(form);
      return form;
    }

    /** The browser's own list under the box; it knows input methods, keyboards and screen readers. */
    offerWords() {
      const list = element("datalist", { id: `gisa-words-${this.number}` });
      this.append(list);
      this.box.setAttribute("list", list.id);
      this.box.autocomplete = "off";
      let timer = 0;
      let asked = "";
      this.box.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(async () => {
          const typed = (asked = this.box.value.trim());
          if (!typed || typed.length > 60) return list.replaceChildren();
          try {
            const answer = await fetch(address("api/suggest", { q: typed, limit: 8 }), { credentials: "omit" });
            const { data } = await answer.json();
            if (asked === typed) list.replaceChildren(...data.suggestions.map(({ text }) => element("option", { value: text })));
          } catch {
            // not let in, or offline: a box without suggestions
          }
        }, WAIT_MS);
      });
    }

    showResultsHere() {
      const frame = element("iframe", { title: this.getAttribute("label") ?? "검색 결과", loading: "lazy",
        style: "display:block;width:100%;height:40rem;border:0" });
      this.form.addEventListener("submit", (event) => {
        const query = this.box.value.trim();
        event.preventDefault();
        if (!query) return this.box.focus();
        frame.src = address("embed", { q: query });
        if (!frame.isConnected) this.append(frame);
      });
      addEventListener("message", ({ source, origin, data }) => {
        const height = Number(data?.gisaHeight);
        if (source === frame.contentWindow && origin === site.origin && height > 0) frame.style.height = `${Math.ceil(height)}px`;
      });
    }
  }

  customElements.define("gisa-search", GisaSearch);
}
