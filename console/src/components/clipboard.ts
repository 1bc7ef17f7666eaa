// components/clipboard.ts: copying that works over plain http too, where browsers have no navigator.clipboard.
import { useCallback, useEffect, useState } from "react";

const kToldFor = 2_000;

/** Whether something was copied just now, and what copies. Where the browser does not let it, nothing is told. */
export function useCopy(): [boolean, (text: string) => void] {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => setDone(false), kToldFor);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = useCallback((text: string) => void copyText(text).then(() => setDone(true), () => undefined), []);
  return [done, copy];
}

export async function copyText(text: string): Promise<void> {
  // Its type says that it is always there; outside secure contexts it is not.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard !== undefined) {
    await clipboard.writeText(text);
    return;
  }
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "visually-hidden";
  // Inside of an open dialog, outside of which nothing can be selected.
  (before?.closest("dialog") ?? document.body).append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!done) throw new Error("the browser does not let this page copy");
}
