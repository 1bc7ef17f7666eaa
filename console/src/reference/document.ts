// reference/document.ts: the server's OpenAPI document, made ready for the viewer.
import { kCodeLanguages, kTaskBody, kTokenPlace, kVideoBody, sample, type Call } from "../code/samples";

export type Access = "public" | "api" | "reader" | "user" | "admin" | "owner";

type Requirement = Record<string, string[]>;

interface MediaType {
  examples?: Record<string, { summary?: string; value?: unknown }>;
}

export interface Operation {
  tags?: string[];
  security?: Requirement[];
  requestBody?: { content?: Record<string, MediaType> };
  "x-kinora-access"?: Access;
  "x-codeSamples"?: { lang: string; label: string; source: string }[];
}

export interface OpenApiDocument {
  info: { description?: string };
  servers?: { url: string; description?: string }[];
  paths: Record<string, Record<string, Operation>>;
  components?: { securitySchemes?: Record<string, { description?: string }> };
}

/** A call that somebody had written before they had to log in; `body` is null where there is none to keep. */
export interface Draft {
  path: string;
  method: string;
  body: unknown;
}

export interface Words {
  /** Put before the text of the document: how to try a call. */
  intro: string;
  tokenHint: string;
  draft: string;
  server: string;
}

interface Preparation {
  baseUrl: string;
  token: string | null;
  draft: Draft | null;
  words: Words;
}

// The address that the document's own examples name.
const kExampleBase = "http://127.0.0.1:8080";
const kMethods = ["get", "post", "put", "patch", "delete"];

// A session needs no fields: the header of the page sees to it.
const kOfSession = ["session", "csrf", "credentialId"];

const kSampled: readonly (readonly [string, Call])[] = [
  ["/luma/videos", { kind: "call", path: "/luma/videos", body: kVideoBody }],
  ["/luma/tasks", { kind: "call", path: "/luma/tasks", body: kTaskBody }],
];

function addSamples(document: OpenApiDocument, baseUrl: string, token: string): void {
  for (const [path, call] of kSampled) {
    const operation = document.paths[path]?.["post"];
    if (operation === undefined) continue;
    operation["x-codeSamples"] = kCodeLanguages.map(({ id, title }) => ({
      lang: id === "shell" ? "bash" : id, // To the viewer's highlighter "shell" is a session with prompts.
      label: title,
      source: sample(id, call, { baseUrl, token }),
    }));
  }
}

function addDraft(document: OpenApiDocument, draft: Draft, summary: string): void {
  const media = document.paths[draft.path]?.[draft.method]?.requestBody?.content?.["application/json"];
  if (media !== undefined) media.examples = { draft: { summary, value: draft.body }, ...media.examples };
}

/** `text` is `/openapi.json`. */
export function prepared(text: string, { baseUrl, token, draft, words }: Preparation): OpenApiDocument {
  const document = JSON.parse(text.replaceAll(kExampleBase, baseUrl)) as OpenApiDocument;
  document.servers = [{ url: baseUrl, description: words.server }];
  document.info.description = `${words.intro}\n\n${document.info.description ?? ""}`;
  for (const item of Object.values(document.paths)) {
    for (const method of kMethods) {
      const operation = item[method];
      if (operation?.security === undefined) continue;
      operation.security = operation.security.filter((all) => !Object.keys(all).some((name) => kOfSession.includes(name)));
    }
  }
  const schemes = document.components?.securitySchemes ?? {};
  for (const name of kOfSession) delete schemes[name];
  for (const scheme of Object.values(schemes)) scheme.description = `${scheme.description ?? ""} ${words.tokenHint}`.trim();
  addSamples(document, baseUrl, token ?? kTokenPlace);
  if (draft !== null && draft.body !== null) addDraft(document, draft, words.draft);
  return document;
}

export interface Found {
  path: string;
  access: Access;
}

/** The part of the viewer's address that names an operation. */
export function hashOf(document: OpenApiDocument, method: string, path: string): string {
  const tag = document.paths[path]?.[method]?.tags?.[0] ?? "";
  return `tag/${tag.toLowerCase()}/${method.toUpperCase()}${path}`;
}

/** The operation behind `method` and `pathname`; a slash at the end does not matter, as to the server. */
export function operationAt(document: OpenApiDocument, method: string, pathname: string): Found | null {
  const wanted = pathname.replace(/\/+$/, "").split("/");
  for (const [path, item] of Object.entries(document.paths)) {
    const operation = item[method.toLowerCase()];
    if (operation === undefined) continue;
    const parts = path.replace(/\/+$/, "").split("/");
    const fits = parts.length === wanted.length && parts.every((part, at) => part.startsWith("{") || part === wanted[at]);
    if (fits) return { path, access: operation["x-kinora-access"] ?? "public" };
  }
  return null;
}
