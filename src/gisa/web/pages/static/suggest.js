// Suggestions while typing: the search box as a combobox with a list of the reader's own recent searches and of phrases of
// the archive. Without it the box is a plain search box. Nothing typed is kept beyond the page, and nothing is read from
// storage: recent searches are those that the page shows. Texts are only ever set as text.
"use strict";

{
  const WAIT_MS = 80; // between two strokes of quick typing: the letters in between are not asked for
  const GIVE_UP_MS = 2000;
  const MOST = 8;
  const MOST_RECENT = 4; // beside suggestions; an empty box shows all
  const LONGEST = 60; // characters; the archive offers nothing for more
  const REMEMBERED = 100;

  const INITIALS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
  const VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ");
  const FINALS = " ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ");
  const LONE = { "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ" };

  /** A character as the keys that type it: 값 → ㄱㅏㅂㅅ, so that an unfinished syllable begins a finished one. */
  function strokesOf(char) {
    const code = char.codePointAt(0) - 0xac00;
    if (code < 0 || code > 11171) return LONE[char] ?? char.toLowerCase();
    return INITIALS[Math.floor(code / 588)] + VOWELS[Math.floor((code % 588) / 28)] + FINALS[code % 28];
  }

  /** Where `typed` stands in `text`, as [start, end] in characters; by strokes or by initials, whatever the spaces. Null: nowhere. */
  function placeOf(typed, text) {
    const keys = [...typed].filter((char) => char.trim()).map(strokesOf).join("");
    const initials = [...keys].every((key) => INITIALS.includes(key));
    const chars = [...text];
    for (const read of initials ? [strokesOf, (char) => strokesOf(char)[0]] : [strokesOf]) {
      for (let start = 0; start < chars.length; start++) {
        if (!chars[start].trim()) continue;
        let found = "";
        for (let end = start; end < chars.length; end++) {
          if (!chars[end].trim()) continue;
          found += read(chars[end]);
          if (found.startsWith(keys)) return [start, end + 1];
          if (!keys.startsWith(found)) break;
        }
      }
    }
    return null;
  }

  /** The reader's recent searches, newest first; none while saving is off, for then the page shows none. */
  const recentSearches = () => [...document.querySelectorAll(".recent li a")].map((link) => link.textContent.trim());

  /** What is typed, as it is asked for: an answer is the same whatever the spaces around it. */
  const asTyped = (value) => value.trim().replace(/\s+/g, " ");

  function made(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function combine(form) {
    const box = form.elements.namedItem("q");
    const words = form.dataset;
    const list = made("div", { id: "offers", class: "offers", role: "listbox", "aria-label": words.offers });
    const status = made("p", { class: "vh", role: "status" });
    list.hidden = true;
    form.append(list, status);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id,
      "aria-autocomplete": "list" })) box.setAttribute(name, value);

    const answers = new Map(); // text → suggestions, for the page's life
    let options = [];
    let active = -1; // -1: the typed text
    let asked = asTyped(box.value); // the text the list is, or will be, about
    let timer = 0;
    let request = null;
    let typed = ""; // what the reader has written, while an option stands in the box
    let composing = false;
    let acted = false; // whether the reader has done anything: a box that focuses itself opens nothing

    function choose(number) {
      options[active]?.setAttribute("aria-selected", "false");
      active = number;
      const option = options[active];
      if (!option) return box.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest", behavior: "instant" });
    }

    function forget() {
      clearTimeout(timer);
      request?.abort();
      request = null;
    }

    function close() {
      forget();
      choose(-1);
      list.hidden = true;
      status.textContent = "";
      box.setAttribute("aria-expanded", "false");
    }

    function optionOf(text, typed) {
      const place = typed ? placeOf(typed, text) : null;
      const label = made("span", {}, ...(place ? markedAt(place, [...text]) : [text]));
      // An option holds no button for a screen reader: the arrow keys fill the box there.
      return made("li", { role: "option", "aria-selected": "false" }, label, made("span", { class: "fill", "aria-hidden": "true" }));
    }

    const markedAt = ([start, end], chars) =>
      [chars.slice(0, start).join(""), made("mark", {}, chars.slice(start, end).join("")), chars.slice(end).join("")];

    function groupOf(name, label, texts, typed) {
      const heading = made("li", { id: `offers-${name}`, class: "label", role: "presentation" }, label);
      const attributes = { role: "group", class: name, "aria-labelledby": heading.id };
      return made("ul", attributes, heading, ...texts.map((text) => optionOf(text, typed)));
    }

    /** Show what there is for a text: what begins with it first among the recent searches, then the suggestions. */
    function show(typed, suggestions) {
      const recent = recentSearches().filter((text) => text !== typed);
      const placed = recent.map((text) => ({ text, place: placeOf(typed, text) })).filter(({ place }) => place);
      placed.sort((one, other) => Math.min(one.place[0], 1) - Math.min(other.place[0], 1));
      const own = typed ? placed.slice(0, MOST_RECENT).map(({ text }) => text) : recent;
      const others = suggestions.filter((text) => text !== typed && !own.includes(text)).slice(0, MOST);
      choose(-1);
      list.replaceChildren();
      if (own.length) list.append(groupOf("own", words.recent, own, typed));
      if (others.length) list.append(groupOf("archive", words.suggested, others, typed));
      options = [...list.querySelectorAll("[role=option]")];
      if (!options.length) return close();
      options.forEach((option, number) => { option.id = `offer-${number}`; });
      list.hidden = false;
      list.scrollTop = 0;
      box.setAttribute("aria-expanded", "true");
      status.textContent = words.count.replace("{count}", options.length);
    }

    async function ask(typed) {
      const own = (request = new AbortController());
      const patience = setTimeout(() => own.abort(), GIVE_UP_MS);
      let found = null;
      try {
        const address = words.ask + "?" + new URLSearchParams({ q: typed, limit: MOST + MOST_RECENT });
        const answer = await fetch(address, { signal: own.signal, cache: "no-store" });
        if (answer.ok) found = (await answer.json()).data.suggestions.map(({ text }) => String(text));
      } catch {
        // offline, too slow, or no answer of ours: the reader types on without suggestions
      } finally {
        clearTimeout(patience);
      }
      if (found) {
        if (answers.size >= REMEMBERED) answers.delete(answers.keys().next().value);
        answers.set(typed, found);
      }
      if (request === own) { // else another text has been typed, or the list was closed
        request = null;
        show(typed, found ?? []);
      }
    }

    function offer(typed) {
      forget();
      asked = typed;
      if (!typed || typed.length > LONGEST) show(typed, []);
      else if (answers.has(typed)) show(typed, answers.get(typed));
      else timer = setTimeout(() => ask(typed), WAIT_MS);
    }

    /** Search for an option. The box is left alone while a syllable is unfinished in it. */
    function pick(option) {
      const address = new URL(form.action);
      for (const [name, value] of new FormData(form)) address.searchParams.set(name, value);
      address.searchParams.set("q", option.textContent);
      if (!composing) {
        box.value = option.textContent;
        asked = asTyped(box.value);
      }
      close();
      location.assign(address);
    }

    /** Put an option into the box, to be written on. */
    function fill(option) {
      box.value = option.textContent;
      box.focus();
      offer(asTyped(box.value));
    }

    box.addEventListener("compositionstart", () => { composing = true; });
    box.addEventListener("compositionend", () => { composing = false; });

    box.addEventListener("input", () => {
      const typed = asTyped(box.value); // the unfinished syllable included
      choose(-1);
      if (typed !== asked) offer(typed);
    });

    box.addEventListener("keydown", (event) => {
      // Keys of a composition are the input method's. Safari ends one before its Enter, which only 229 then tells.
      if (event.isComposing || event.keyCode === 229) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const open = !list.hidden;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        const stops = options.length + 1; // the typed text is one of them
        if (open) {
          if (active < 0) typed = box.value;
          choose(((active + 1 + step + stops) % stops) - 1);
          box.value = options[active]?.textContent ?? typed; // to be searched for, or written on
        }
        else offer(asTyped(box.value));
      } else if (event.key === "Enter" && open && active >= 0) {
        event.preventDefault();
        pick(options[active]);
      } else if (event.key === "Escape") {
        event.preventDefault(); // a search field would be emptied
        if (active >= 0) box.value = typed;
        close();
      } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
        choose(-1); // the caret moves in the text
      }
    });

    const openEmpty = () => { if (acted && list.hidden && !box.value) offer(""); };
    for (const type of ["pointerdown", "keydown"]) {
      addEventListener(type, () => { acted = true; }, { capture: true, once: true });
    }
    box.addEventListener("focus", openEmpty);
    box.addEventListener("click", openEmpty);
    box.addEventListener("blur", close);
    form.addEventListener("submit", close);
    addEventListener("pagehide", close);

    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      if (event.target.closest(".fill") && !composing) fill(option);
      else pick(option);
    });
  }

  const finder = document.querySelector("form.finder");
  if (finder) combine(finder);
}
