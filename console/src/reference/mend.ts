// reference/mend.ts: what Scalar's markup lacks for people who use a keyboard or a screen reader.
export interface Names {
  search: string;
  copy: string;
  /** Of the box that says whether a header or parameter goes out. */
  sent: string;
  /** Of the box for a request's body. */
  body: string;
}

type Repair = (element: HTMLElement, names: Names) => unknown;

/** Only tabs and options are selected; a link or button of a list is current. */
function selectedIsCurrent(element: HTMLElement): void {
  const isCurrent = element.getAttribute("aria-selected") === "true";
  element.removeAttribute("aria-selected");
  if (isCurrent) element.setAttribute("aria-current", "true");
  else element.removeAttribute("aria-current");
}

function focusable(element: HTMLElement): void {
  element.tabIndex = 0;
}

/** A name for what has none; `name` may stand in the element's own words. */
function named(name: (element: HTMLElement, names: Names) => string | null | undefined): Repair {
  return (element, names) => {
    const text = name(element, names);
    if (text != null && text !== "") element.setAttribute("aria-label", text);
  };
}

function without(attribute: string): Repair {
  return (element) => element.removeAttribute(attribute);
}

const kRepairs: readonly (readonly [string, Repair])[] = [
  ["button[aria-selected]:not([role])", selectedIsCurrent],
  ["a[aria-selected]:not([role])", selectedIsCurrent],
  ["aside[role='navigation']", without("role")],
  ["button[role='search']", without("role")],
  // Where its words are hidden on a narrow screen.
  ["button[class*='sidebar-search']:not([aria-label])", named((element, { search }) => (element.innerText.trim() === "" ? search : null))],
  ["button[class*='sidebar-search'][aria-label]", (element) => element.innerText.trim() !== "" && element.removeAttribute("aria-label")],
  ["button[class*='copy-button']:not([aria-label])", named((_, { copy }) => copy)],
  ["button[class*='copy-button'][aria-controls]", without("aria-controls")], // What it names is not there.
  ["button.show-more[aria-label]", without("aria-label")],
  ["button[role='none']", without("role")],
  ["code.hljs:not([tabindex])", focusable],
  ["ul.endpoints:not([tabindex])", focusable],
  ["div[aria-label^='undefined ']", without("aria-label")],
  ["button.parameter-item-trigger [tabindex]", without("tabindex")], // A button has nothing to focus within.
  // The banner is the page's own, and what it says of where one is, the headings say too.
  ["header:not([role])", (element) => element.setAttribute("role", "none")],
  ["header > span:not([aria-hidden])", (element) => element.setAttribute("aria-hidden", "true")],
  [".cm-scroller[tabindex='-1']", (element) => (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight) && focusable(element)],
  [".cm-content[role='textbox']:not([aria-label])", named((element, { body }) => element.getAttribute("aria-placeholder") ?? body)],
  ["tr input[type='checkbox']:not([aria-label])", named((element, { sent }) => `${sent} ${element.closest("tr")?.id ?? ""}`.trim())],
];

/** Gives a function that keeps all of `page` still that lies beside `form`, or nothing for null. */
function stiller(page: HTMLElement): (form: HTMLElement | null) => void {
  let still: HTMLElement[] = [];
  let former: HTMLElement | null = null;
  return (form) => {
    if (form === former) return;
    former = form;
    for (const element of still) element.inert = false;
    still = [];
    for (let node = form; node !== null && node !== page; node = node.parentElement) {
      for (const other of node.parentElement?.children ?? []) {
        if (other !== node && other instanceof HTMLElement) still.push(other);
      }
    }
    for (const element of still) element.inert = true;
  };
}

/** Repairs what is below `root`, now and whenever it changes, and keeps `page` still while the form of a call lies over it. Gives a
 *  function that ends this. */
export function mend(root: HTMLElement, page: HTMLElement, names: Names): () => void {
  const keepStill = stiller(page);
  const repair = () => {
    const form = page.querySelector<HTMLElement>(".scalar-container:has(> .scalar-app-exit)");
    keepStill(form !== null && form.checkVisibility() ? form : null);
    for (const [selector, act] of kRepairs) {
      for (const element of root.querySelectorAll<HTMLElement>(`.scalar-app ${selector}`)) act(element, names);
    }
  };
  repair();
  const observer = new MutationObserver(repair);
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-selected", "role", "style", "class"] });
  return () => {
    observer.disconnect();
    keepStill(null);
  };
}
