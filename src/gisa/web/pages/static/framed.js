// Inside a frame: tells the page around it how high the results are, and nothing else.
"use strict";

new ResizeObserver(() => parent.postMessage({ gisaHeight: document.body.offsetHeight }, "*")).observe(document.body);
