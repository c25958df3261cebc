// What the pages do better with a script; everything works without it.
"use strict";

// A picture that does not load leaves no hole.
for (const picture of document.querySelectorAll(".picture img, figure img")) {
  const remove = () => {
    const frame = picture.closest(".picture, figure");
    frame.closest(".pictured")?.classList.remove("pictured");
    frame.remove();
  };
  if (picture.complete && picture.naturalWidth === 0 && picture.currentSrc) remove();
  else picture.addEventListener("error", remove, { once: true });
}

// The choices of a filter close when the reader goes elsewhere, or with Escape.
const openFilter = () => document.querySelector(".filter[open]");
addEventListener("click", (event) => {
  const filter = openFilter();
  if (filter && !filter.contains(event.target)) filter.open = false;
});
addEventListener("keydown", (event) => {
  const filter = event.key === "Escape" && openFilter();
  if (filter) {
    filter.open = false;
    filter.querySelector("summary").focus();
  }
});

// An empty search box leads nowhere: stay, and point at it.
for (const form of document.querySelectorAll("form.finder")) {
  form.addEventListener("submit", (event) => {
    const box = form.elements.namedItem("q");
    if (!box.value.trim()) {
      event.preventDefault();
      box.focus();
    }
  });
}

// The size of the text changes where the reader is; the cookie is the server's.
for (const form of document.querySelectorAll(".text-size")) {
  form.addEventListener("submit", async (event) => {
    const { name, value } = event.submitter ?? {};
    if (!name) return;
    event.preventDefault();
    const { dataset } = document.documentElement;
    if (value === "normal") delete dataset.size;
    else dataset.size = value;
    const body = new URLSearchParams(new FormData(form));
    body.set(name, value);
    await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {}); // then it holds for this page
  });
}

// Tools of an article that need a script: each shows if the browser can do it.
{
  const address = document.querySelector("link[rel=canonical]")?.href ?? location.origin + location.pathname;
  const tools = {
    copy: navigator.clipboard && (async (button) => {
      await navigator.clipboard.writeText(address);
      const label = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 2000);
    }),
    share: navigator.share && (() => navigator.share({ title: document.title, url: address }).catch(() => {})),
    print: () => print(),
  };
  for (const button of document.querySelectorAll("[data-tool]")) {
    const act = tools[button.dataset.tool];
    if (!act) continue;
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  }
}

// The list of recent searches changes where it stands: the answer's list takes its place, nothing scrolls.
async function changeList(list, address, sent) {
  try {
    const answer = await fetch(address, sent);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const changed = page.getElementById("recent");
    if (!answer.ok || !changed) throw new Error("no list in the answer");
    list.replaceWith(changed);
    changed.querySelector("button, a")?.focus({ preventScroll: true });
  } catch {
    location.reload(); // says what is so
  }
}
addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const list = form.closest("#recent");
  if (!list || event.defaultPrevented) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  const action = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action; // else its property is the page
  changeList(list, action, { method: "POST", body });
});
addEventListener("click", (event) => {
  const cancel = event.target.closest("#recent .asking a");
  if (!cancel) return;
  event.preventDefault();
  const address = new URL(cancel.href);
  address.searchParams.set("recent", "changed"); // or the page's own search would be stored again
  changeList(cancel.closest("#recent"), address, {});
});

// `/` goes to the search box, as on many sites; not while something is being typed.
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const box = document.querySelector("form.finder [name=q]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// 위로 follows the reader once the top is out of sight.
const top_ = document.querySelector(".masthead");
const up = document.querySelector(".to-top");
if (top_ && up && "IntersectionObserver" in window) {
  new IntersectionObserver(([entry]) => up.classList.toggle("afloat", !entry.isIntersecting)).observe(top_);
  up.addEventListener("click", (event) => { // the one way that is seen; every other jump is a jump
    event.preventDefault();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollTo({ top: 0, behavior: still ? "instant" : "smooth" });
  });
}
