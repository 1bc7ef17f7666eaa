// accounts/entry.ts: the session that a call has made or ended, taken over by the page.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { useSession } from "../session";

// session.tsx's own mark that it is worth asking for a session; no secret.
const kHint = "kinora-session";

/** After `resetPassword`: the cookie is set already, and may be another user's than before. */
export function useEntry(): () => Promise<void> {
  const { refresh } = useSession();
  const queries = useQueryClient();
  return useCallback(async () => {
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" && query.queryKey[0] !== "config" });
    localStorage.setItem(kHint, "1");
    await refresh();
  }, [queries, refresh]);
}
