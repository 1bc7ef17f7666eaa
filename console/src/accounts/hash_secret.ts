// accounts/hash_secret.ts: the code of a link. It stands behind the `#`, which no server and no log sees.
import { useEffect, useState } from "react";
import { useLocation } from "react-router-dom";

function read(hash: string, name: string): string | null {
  const value = new URLSearchParams(hash.replace(/^#/, "")).get(name);
  return value === null || value.trim() === "" ? null : value.trim();
}

/** `#name=…` of the address, which loses it at once: neither the history nor a shared screen keeps it. */
export function useHashSecret(name: string): string | null {
  const location = useLocation();
  const [secret, setSecret] = useState(() => read(window.location.hash, name));
  useEffect(() => {
    const found = read(window.location.hash, name);
    if (found === null) return;
    setSecret(found);
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  }, [location, name]);
  return secret;
}
