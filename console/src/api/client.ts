// api/client.ts: calls of the server, by the types of its own OpenAPI document.
//
// The session is a cookie that no script can read. The CSRF token, which each change carries, lives in this module's
// memory only and is asked for again after a reload.
import createClient, { type Middleware } from "openapi-fetch";

import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

/** What a failed call says: the server's own sentence, and the id that its log knows the call by. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly traceId: string | null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

let csrfToken: string | null = null;

export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** Called when a call that had a session is told that there is none any more. */
let onSessionEnd: () => void = () => undefined;

export function whenSessionEnds(act: () => void): void {
  onSessionEnd = act;
}

/** The headers that make a call with the session: for a change, and for one in the name of a credential. */
export function sessionHeaders(credentialId?: string): Record<string, string> {
  return {
    ...(csrfToken === null ? {} : { "X-CSRF-Token": csrfToken }),
    ...(credentialId === undefined ? {} : { "X-Credential-Id": credentialId }),
  };
}

const addCsrfToken: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET" && csrfToken !== null) request.headers.set("X-CSRF-Token", csrfToken);
    return request;
  },
};

export const client = createClient<paths>({ baseUrl: "", credentials: "same-origin" });
client.use(addCsrfToken);

interface ErrorBody {
  error?: { code?: string; message?: string };
  trace_id?: string;
}

export function errorOf(status: number, body: unknown, response?: Response): ApiError {
  const told = (typeof body === "object" && body !== null ? body : {}) as ErrorBody;
  const traceId = told.trace_id ?? response?.headers.get("x-trace-id") ?? null;
  return new ApiError(status, told.error?.code ?? "unknown", told.error?.message ?? `HTTP ${status}`, traceId);
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The data of an answer; an ApiError is thrown where it is a refusal, or where the server was not reached (status 0). */
export async function take<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  let got: Answer<Data>;
  try {
    got = await answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "unreachable", "", null);
  }
  if (got.response.ok) return got.data as Data;
  const error = errorOf(got.response.status, got.error, got.response);
  if (error.status === 401 && csrfToken !== null) onSessionEnd();
  throw error;
}
