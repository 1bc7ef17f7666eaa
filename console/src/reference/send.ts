// reference/send.ts: what becomes of a call that somebody tries: it goes to this origin, as whom they chose.
import type { Draft, Found } from "./document";

export interface Caller {
  /** undefined: not known yet. */
  isLoggedIn: boolean | undefined;
  credentialId: string | undefined;
  /** The headers of the session, with those of the credential where there is one. */
  headers: (credentialId: string | undefined) => Record<string, string>;
}

export type Verdict =
  | { kind: "send"; request: Request }
  | { kind: "log in"; draft: Draft }
  | { kind: "no credential" };

// Larger bodies, such as pictures in `data:` URLs, are not worth keeping.
const kDraftBytesMax = 100_000;

function draftOf(request: Request, found: Found, body: ArrayBuffer | null): Draft {
  const draft: Draft = { path: found.path, method: request.method.toLowerCase(), body: null };
  // Bodies of other calls may hold passwords.
  const isKept = body !== null && found.path.startsWith("/luma/") && body.byteLength <= kDraftBytesMax;
  if (!isKept) return draft;
  try {
    return { ...draft, body: JSON.parse(new TextDecoder().decode(body)) };
  } catch {
    return draft;
  }
}

interface Place {
  origin: string;
  /** Where the document says that the server is: its own address may be another than the one in the browser. */
  baseUrl: string;
  find: (method: string, pathname: string) => Found | null;
}

export async function judged(request: Request, caller: Caller, { origin, baseUrl, find }: Place): Promise<Verdict> {
  const rest = request.url.startsWith(baseUrl) ? request.url.slice(baseUrl.length) : new URL(request.url).pathname;
  const target = new URL(rest, origin);
  const found = find(request.method, target.pathname);
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  const body = hasBody ? await request.arrayBuffer() : null;
  const headers = new Headers(request.headers);
  const hasToken = /^Bearer\s+\S/i.test(headers.get("authorization") ?? "");
  if (!hasToken) {
    headers.delete("authorization");
    if (found !== null && found.access !== "public") {
      if (caller.isLoggedIn === false) return { kind: "log in", draft: draftOf(request, found, body) };
      if (found.access === "api" && caller.credentialId === undefined) return { kind: "no credential" };
      const wanted = found.access === "api" ? caller.credentialId : undefined;
      for (const [name, value] of Object.entries(caller.headers(wanted))) headers.set(name, value);
    }
  }
  return {
    kind: "send",
    request: new Request(target, {
      method: request.method,
      headers,
      body,
      signal: request.signal,
      credentials: hasToken ? "omit" : "same-origin",
    }),
  };
}
