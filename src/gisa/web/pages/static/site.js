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

// 위로 follows the reader once the top is out of sight.
const top_ = document.querySelector(".masthead");
const up = document.querySelector(".to-top");
if (top_ && up && "IntersectionObserver" in window) {
  new IntersectionObserver(([entry]) => up.classList.toggle("afloat", !entry.isIntersecting)).observe(top_);
}
