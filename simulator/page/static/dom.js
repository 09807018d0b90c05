// Elements made without markup: outside text only ever becomes text nodes.

/**
 * An element. Properties that begin with "on" are listeners, `class` and `aria-*` and other
 * names are attributes; those that are false, null or undefined are left out.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) set(element, name, value);
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

function set(element, name, value) {
  if (value === false || value === null || value === undefined) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else element.setAttribute(name, value === true ? "" : value);
}

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-7-5 15-3-6zM12 14l8-9",
  menu: "M5 8h14M5 12h14M5 16h14",
  more: "M12 6h.01M12 12h.01M12 18h.01",
  close: "M7 7l10 10M17 7L7 17",
  columns: "M4 5h16v14H4zM12 5v14",
  person: "M12 12a4 4 0 100-8 4 4 0 000 8zM5 20c.700-4 3.500-6 7-6s6.300 2 7 6",
  group: "M9 11a3.500 3.500 0 100-7 3.500 3.500 0 000 7zM3 19c.600-3.500 3-5.500 6-5.500s5.400 2 6 5.500M16 5a3 3 0 010 6M17.500 14c2 .700 3 2.500 3.500 5",
  news: "M5 5h11v14H6a2 2 0 01-2-2V6zM16 9h4v8a2 2 0 01-4 0M7.500 9h5M7.500 12.500h5M7.500 16h3",
  rate: "M4 17l5-6 4 3 7-9M15 5h5v5M4 21h16",
  down: "M12 5v14M6 13l6 6 6-6",
  out: "M8 16L16 8M9.500 8H16v6.500",
};

/** One of the line icons; decoration only. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A round picture with the first letters of a name, in a colour of its own. */
export function avatar(name, key, kind = "") {
  const words = name.trim().split(/\s+/u).slice(0, 2);
  const letters = words.map((word) => [...word][0] ?? "").join("").toLocaleUpperCase();
  const classes = `avatar shade-${Math.abs(Number(key) || 0) % 7} ${kind}`;
  return h("span", { class: classes, "aria-hidden": "true" }, letters);
}
