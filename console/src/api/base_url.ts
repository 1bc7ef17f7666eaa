// api/base_url.ts: where programs reach this server.

/** As the server says it, without a slash at its end. */
export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
