// session.tsx: who is logged in.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";

import { ApiError, client, setCsrfToken, take, whenSessionEnds, type Schemas } from "./api/client";

export type User = Schemas["User"];

interface SessionState {
  /** null: nobody; undefined: not known yet, or the server does not say. */
  user: User | null | undefined;
  /** Why it is not known. */
  error: unknown;
  ask(): void;
  logIn(email: string, password: string): Promise<void>;
  /** Whether it is done; else `logOutError` says why not. */
  logOut(): Promise<boolean>;
  logOutError: unknown;
  /** The server has ended the session already. */
  ended(): void;
  /** Takes over the session of a call that has set its cookie, maybe another user's than before. */
  adopt(session: Schemas["Session"]): void;
  /** After a change of the user's own data. */
  refresh(): Promise<void>;
}

const SessionContext = createContext<SessionState | null>(null);
const kKey = ["session"];

// Whether it is worth asking for a session, and whose it is: an id, no secret, and wrong at worst for one call. Other tabs
// hear of its change.
const kHint = "kinora-session";

async function currentUser(): Promise<User | null> {
  if (localStorage.getItem(kHint) === null) return null;
  try {
    const session = await take(client.GET("/api/v1/sessions/current/"));
    setCsrfToken(session.csrf_token);
    return session.user;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      localStorage.removeItem(kHint);
      setCsrfToken(null);
      return null;
    }
    throw error;
  }
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  // What was read for the one who was here before; the session's own query stays, for this component watches it, and
  // the server's settings, which are everybody's.
  const forgetAnswers = useCallback(() => {
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== kKey[0] && query.queryKey[0] !== "config" });
  }, [queries]);
  const query = useQuery({ queryKey: kKey, queryFn: currentUser, staleTime: Infinity, retry: 2 });

  const end = useCallback(() => {
    localStorage.removeItem(kHint);
    setCsrfToken(null);
    forgetAnswers();
    queries.setQueryData(kKey, null);
  }, [queries, forgetAnswers]);
  useEffect(() => whenSessionEnds(end), [end]);
  useEffect(() => {
    // In another tab somebody has logged in or out, and this one has that session too.
    const hear = (event: StorageEvent) => {
      if (event.key !== kHint || event.newValue === event.oldValue) return;
      setCsrfToken(null);
      forgetAnswers();
      void queries.resetQueries({ queryKey: kKey });
    };
    window.addEventListener("storage", hear);
    return () => window.removeEventListener("storage", hear);
  }, [queries, forgetAnswers]);

  const adopt = useCallback(
    (session: Schemas["Session"]) => {
      forgetAnswers();
      localStorage.setItem(kHint, session.user.id);
      setCsrfToken(session.csrf_token);
      queries.setQueryData(kKey, session.user);
    },
    [queries, forgetAnswers],
  );

  const [logOutError, setLogOutError] = useState<unknown>(null);
  const state = useMemo<SessionState>(
    () => ({
      user: query.data,
      error: query.data === undefined ? query.error : null,
      ask: () => void query.refetch(),
      async logIn(email, password) {
        adopt(await take(client.POST("/api/v1/sessions/", { body: { email, password } })));
      },
      adopt,
      logOutError,
      async logOut() {
        setLogOutError(null);
        try {
          await take(client.DELETE("/api/v1/sessions/current/"));
        } catch (error) {
          // One that has ended already is as good.
          if (!(error instanceof ApiError && error.status === 401)) {
            setLogOutError(error);
            return false;
          }
        }
        end();
        return true;
      },
      ended: end,
      async refresh() {
        await queries.invalidateQueries({ queryKey: kKey });
      },
    }),
    [query.data, query.error, query.refetch, logOutError, queries, adopt, end],
  );
  return <SessionContext.Provider value={state}>{children}</SessionContext.Provider>;
}

export function isAdmin(user: User | null | undefined): boolean {
  return user?.role === "admin" || user?.role === "owner";
}

export function useSession(): SessionState {
  const state = useContext(SessionContext);
  if (state === null) throw new Error("useSession needs a SessionProvider around it");
  return state;
}
