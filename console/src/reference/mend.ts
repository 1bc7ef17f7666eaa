// reference/mend.ts: what Scalar's markup lacks for people who use a keyboard or a screen reader.
export interface Names {
  search: string;
  copy: string;
}

type Repair = (element: HTMLElement, names: Names) => void;

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

const kRepairs: readonly (readonly [string, Repair])[] = [
  ["button[aria-selected]:not([role])", selectedIsCurrent],
  ["a[aria-selected]:not([role])", selectedIsCurrent],
  ["aside[role='navigation']", (element) => element.removeAttribute("role")],
  [
    "button[role='search']",
    (element, { search }) => {
      element.removeAttribute("role");
      element.setAttribute("aria-label", search);
    },
  ],
  [
    "button[class*='copy-button']:not([aria-label])",
    (element, { copy }) => {
      if (element.textContent?.trim() === "") element.setAttribute("aria-label", copy);
    },
  ],
  ["button.show-more[aria-label]", (element) => element.removeAttribute("aria-label")],
  ["code.hljs:not([tabindex])", focusable],
  ["ul.endpoints:not([tabindex])", focusable],
];

/** Repairs what is below `root`, now and whenever it changes. Gives a function that ends this. */
export function mend(root: HTMLElement, names: Names): () => void {
  const repair = () => {
    for (const [selector, act] of kRepairs) {
      for (const element of root.querySelectorAll<HTMLElement>(`.scalar-app ${selector}`)) act(element, names);
    }
  };
  repair();
  const observer = new MutationObserver(repair);
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-selected", "role"] });
  return () => observer.disconnect();
}
