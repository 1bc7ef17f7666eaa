// studio/media.ts: addresses of clips and pictures.

/**
 * A file of this server, by the page's own origin; null for what lies elsewhere. The server may name its files by
 * another host than the one that the page came from, and the page's policy shows nothing from there.
 */
export function ownMedia(url: string): string | null {
  try {
    const { pathname } = new URL(url, window.location.origin);
    return /^\/media\/[0-9a-f]{32}\.\w+$/.test(pathname) ? pathname : null;
  } catch {
    return null;
  }
}

export function isWebUrl(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

/** What to call the file at `url`. */
export function nameOfUrl(url: string): string {
  try {
    const { hostname, pathname } = new URL(url);
    const last = pathname.split("/").at(-1) ?? "";
    return last === "" ? hostname : decodeURIComponent(last);
  } catch {
    return url;
  }
}

/** "a-cat-in-a-garden.mp4". */
export function fileName(prompt: string, id: string): string {
  const words = prompt
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 48)
    .replace(/-+$/, "");
  return `${words === "" ? id.slice(0, 8) : words}.mp4`;
}
