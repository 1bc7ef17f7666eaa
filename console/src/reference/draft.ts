// reference/draft.ts: keeps a call over the way to the log-in and back, in the tab's own memory.
import type { Draft } from "./document";

const kStored = "kinora-reference-draft";
const kResume = "do";
const kAct = "send";

/** `hash` is where the viewer shows the operation. */
export function toLogIn(draft: Draft, hash: string): void {
  sessionStorage.setItem(kStored, JSON.stringify(draft));
  const next = `${window.location.pathname}?${kResume}=${kAct}#${hash}`;
  window.location.assign(`/login?next=${encodeURIComponent(next)}`);
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === "object" && value !== null &&
    "path" in value && typeof value.path === "string" &&
    "method" in value && typeof value.method === "string" &&
    "body" in value
  );
}

function parsed(text: string | null): Draft | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return isDraft(value) ? value : null;
  } catch {
    return null;
  }
}

/** What somebody who is back from the log-in had begun. Once: a reload begins anew. */
export function takeResumed(): Draft | null {
  const draft = parsed(sessionStorage.getItem(kStored));
  sessionStorage.removeItem(kStored);
  const url = new URL(window.location.href);
  if (url.searchParams.get(kResume) !== kAct) return null;
  url.searchParams.delete(kResume);
  window.history.replaceState(window.history.state, "", url);
  return draft;
}

/** Opens the form of the operation as soon as the viewer has drawn its button. Gives a function that ends the wait. */
export function openForm(root: HTMLElement, { method, path }: Draft): () => void {
  const press = () => {
    const buttons = root.querySelectorAll<HTMLButtonElement>(".show-api-client-button");
    const button = [...buttons].find(({ textContent }) => textContent?.includes(`(${method} ${path})`));
    button?.click();
    return button !== undefined;
  };
  if (press()) return () => undefined;
  const observer = new MutationObserver(() => press() && observer.disconnect());
  observer.observe(root, { childList: true, subtree: true });
  return () => observer.disconnect();
}
