// next.ts: who must log in first comes back to where they were, and the act that they began goes on.
//
// `?next=` is where to go after logging in. A page puts `do=<act>` into its own address before it sends somebody to log
// in, and carries that act out, once, when they are back.
import { useEffect, useRef } from "react";
import { useNavigate, useSearchParams } from "react-router-dom";

import { useSession } from "./session";

/** A place of this page only: what is on another host, or no path, leads home. */
export function safeNext(next: string | null): string {
  // Browsers drop tabs and line breaks from addresses, so that `/<tab>/` is `//`.
  if (next === null || !/^\/(?![/\\])/.test(next) || /[\u0000-\u001f]/.test(next)) return "/";
  let url: URL;
  try {
    url = new URL(next, window.location.origin);
  } catch {
    return "/";
  }
  return url.origin === window.location.origin ? url.pathname + url.search + url.hash : "/";
}

/** Gives a function that sends to the log-in, to come back here with `do=act`. */
export function useLogInFirst(): (act: string) => void {
  const navigate = useNavigate();
  return (act) => {
    const url = new URL(window.location.href);
    url.searchParams.set("do", act);
    navigate(`/login?next=${encodeURIComponent(url.pathname + url.search)}`);
  };
}

/** Carries `act` out once when its user is back from logging in. */
export function useResumedAct(name: string, act: () => void): void {
  const [parameters, setParameters] = useSearchParams();
  const { user } = useSession();
  const done = useRef(false);
  const wanted = parameters.get("do") === name;
  useEffect(() => {
    if (!wanted || user == null || done.current) return;
    done.current = true;
    setParameters(
      (before) => {
        before.delete("do");
        return before;
      },
      { replace: true },
    );
    act();
  }, [wanted, user, act, setParameters]);
}
