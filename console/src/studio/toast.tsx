// studio/toast.tsx: one short sentence that passes, for eyes and for screen readers.
import { useEffect, useSyncExternalStore, type MouseEvent } from "react";

const kShownFor = 4_000;
let shown: { text: string } | null = null;
const listeners = new Set<() => void>();

function show(next: { text: string } | null): void {
  shown = next;
  for (const listener of listeners) listener();
}

export function say(text: string): void {
  show({ text });
}

export function Toast() {
  const toast = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  useEffect(() => {
    if (toast === null) return undefined;
    const timer = setTimeout(() => show(null), kShownFor);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div className="studio-toast" role="status" aria-live="polite">
      {toast !== null && <span>{toast.text}</span>}
    </div>
  );
}

/** Closes the dialog around the pressed button; the browser then gives the focus back to who opened it. */
export function closeDialog(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest("dialog")?.close();
}
