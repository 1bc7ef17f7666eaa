// studio/draft.ts: what the user is about to ask for, and how it reads as a call.
import type { Schemas } from "../api/client";
import { isWebUrl, nameOfUrl, ownMedia } from "./media";

export type Call = Partial<Schemas["VideoCall"]>;
export type Ratio = Schemas["VideoCall"]["aspect_ratio"];
export type SlotName = "start" | "end" | "source";

/** A picture or video that goes in. */
export type Slot =
  | { state: "empty" }
  /** Chosen; it is sent when somebody is logged in. */
  | { state: "waiting"; file: File; preview: string | null }
  | { state: "sending"; file: File; preview: string | null; progress: number }
  | { state: "failed"; file: File; preview: string | null; error: unknown }
  /** It was chosen, and the page was loaded anew before it was sent. */
  | { state: "lost" }
  | { state: "ready"; url: string; preview: string | null; name: string; videoId?: string };

export interface Draft {
  /** Whose it is, once somebody is logged in. */
  owner: string | null;
  prompt: string;
  /** null: the start image's own, or 16:9. */
  aspect: Ratio | null;
  loop: boolean;
  enhancement: boolean;
  priority: "normal" | "low";
  seed: string;
  timeout: string;
  callbackUrl: string;
  slots: Record<SlotName, Slot>;
}

export const kEmpty: Slot = { state: "empty" };
export const kPromptMax = 5000;

export function emptyDraft(): Draft {
  return {
    owner: null, prompt: "", aspect: null, loop: false, enhancement: true, priority: "normal", seed: "", timeout: "",
    callbackUrl: "", slots: { start: kEmpty, end: kEmpty, source: kEmpty },
  };
}

export function isExtension(draft: Draft): boolean {
  return draft.slots.source.state !== "empty";
}

export type Problem = "prompt" | "seed" | "timeout" | "callbackUrl" | "lost" | "failed";

/** What keeps it from being sent. */
export function problemsOf(draft: Draft): ReadonlySet<Problem> {
  const found = new Set<Problem>();
  const slots = Object.values(draft.slots);
  if (draft.prompt.trim() === "" && slots.every((slot) => slot.state === "empty")) found.add("prompt");
  if (draft.seed !== "" && !(/^\d{1,16}$/.test(draft.seed) && Number.isSafeInteger(Number(draft.seed)))) found.add("seed");
  const timeout = Number(draft.timeout);
  if (draft.timeout !== "" && !(timeout >= 1 && timeout <= 3600)) found.add("timeout");
  if (draft.callbackUrl !== "" && !isWebUrl(draft.callbackUrl)) found.add("callbackUrl");
  if (slots.some((slot) => slot.state === "lost")) found.add("lost");
  if (slots.some((slot) => slot.state === "failed")) found.add("failed");
  return found;
}

/** Says no more than it must: what is as it is by itself is left out. */
export function callOf(draft: Draft): Call {
  const { start, end, source } = draft.slots;
  const call: Call = {};
  if (isExtension(draft)) call.action = "extend";
  const prompt = draft.prompt.trim();
  if (prompt !== "") call.prompt = prompt;
  if (source.state === "ready") {
    if (source.videoId !== undefined) call.video_id = source.videoId;
    else call.video_url = source.url;
  } else if (start.state === "ready") {
    call.start_image_url = start.url;
  }
  if (end.state === "ready") call.end_image_url = end.url;
  if (draft.aspect !== null && !isExtension(draft)) call.aspect_ratio = draft.aspect;
  if (draft.loop) call.loop = true;
  if (!draft.enhancement) call.enhancement = false;
  if (draft.priority === "low") call.priority = "low";
  if (draft.seed !== "") call.seed = Number(draft.seed);
  if (draft.timeout !== "") call.timeout = Number(draft.timeout);
  if (draft.callbackUrl !== "") call.callback_url = draft.callbackUrl;
  return call;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

function slotOf(value: unknown): Slot {
  const url = text(value);
  return url === "" ? kEmpty : { state: "ready", url, preview: ownMedia(url), name: nameOfUrl(url) };
}

const kRatios: readonly string[] = ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "9:21"] satisfies Ratio[];

function isRatio(value: unknown): value is Ratio {
  return typeof value === "string" && kRatios.includes(value);
}

/** The draft that a stored call was made from. */
export function draftOf(request: Record<string, unknown>): Partial<Draft> {
  const videoId = text(request["video_id"]);
  const source: Slot =
    videoId === ""
      ? slotOf(request["video_url"])
      : { state: "ready", url: "", preview: null, name: videoId, videoId };
  return {
    prompt: text(request["prompt"]),
    aspect: isRatio(request["aspect_ratio"]) ? request["aspect_ratio"] : null,
    loop: request["loop"] === true,
    enhancement: request["enhancement"] !== false,
    priority: request["priority"] === "low" ? "low" : "normal",
    seed: text(request["seed"]),
    timeout: text(request["timeout"]),
    callbackUrl: text(request["callback_url"]),
    slots: {
      start: slotOf(request["start_image_url"]),
      end: slotOf(request["end_image_url"]),
      source: request["action"] === "extend" ? source : kEmpty,
    },
  };
}
