// keys/fresh_token.ts: the API token that was made last, in this module's memory only; code samples show it.
import { useEffect, useSyncExternalStore } from "react";

import { useSession } from "../session";

export interface FreshToken {
  token: string;
  credentialId: string;
  applicationId: string;
  /** Whose it is: the next one who logs in on this page must not see it. */
  userId: string;
  isRotated: boolean;
  /** Whether its user has said that it is written down; the panel with it is not shown again then. */
  isKept: boolean;
}

let fresh: FreshToken | null = null;
const listeners = new Set<() => void>();

export function set(next: FreshToken | null): void {
  fresh = next;
  for (const listener of listeners) listener();
}

/** Calls `listener` after each change; gives a function that ends this. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** After a revocation: what opens nothing must not stand in a sample. */
export function forget(credentialId: string): void {
  if (fresh?.credentialId === credentialId) set(null);
}

export function markKept(): void {
  if (fresh !== null) set({ ...fresh, isKept: true });
}

export function useFresh(): FreshToken | null {
  const { user } = useSession();
  const current = useSyncExternalStore(subscribe, () => fresh);
  const isForeign = current !== null && user !== undefined && current.userId !== user?.id;
  useEffect(() => {
    if (isForeign) set(null);
  }, [isForeign]);
  return isForeign ? null : current;
}

/** The token itself, or null: nobody has made one since the page was loaded. */
export function useFreshToken(): string | null {
  return useFresh()?.token ?? null;
}
