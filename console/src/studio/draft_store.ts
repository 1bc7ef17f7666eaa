// studio/draft_store.ts: keeps the draft while the user logs in, looks at other pages or loads the page anew.
//
// It lives outside of the components, so files go on being sent and nothing is lost on the way to the log-in and back.
// What can be written down is kept in sessionStorage too; a chosen file cannot, and after a reload its slot says so.
import { useSyncExternalStore } from "react";

import { draftOf, emptyDraft, kEmpty, type Draft, type Slot, type SlotName } from "./draft";
import { ownMedia } from "./media";
import { upload } from "./upload";

const kStored = "kinora-draft";
const kSlots: readonly SlotName[] = ["start", "end", "source"];

function kept(slot: Slot): Slot {
  if (slot.state === "ready") return { ...slot, preview: slot.preview?.startsWith("/") === true ? slot.preview : ownMedia(slot.url) };
  return slot.state === "empty" ? kEmpty : { state: "lost" };
}

function restored(): Draft {
  try {
    const stored = sessionStorage.getItem(kStored);
    // It is this page's own, written by `store` below.
    return stored === null ? emptyDraft() : { ...emptyDraft(), ...(JSON.parse(stored) as Partial<Draft>) };
  } catch {
    return emptyDraft();
  }
}

class DraftStore {
  private draft: Draft = restored();
  private readonly listeners = new Set<() => void>();
  private readonly sending = new Map<SlotName, { stop: AbortController; done: Promise<void> }>();

  readonly get = (): Draft => this.draft;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  change(part: Partial<Draft>): void {
    this.draft = { ...this.draft, ...part };
    this.store();
    for (const listener of this.listeners) listener();
  }

  /** Another's draft is none of this user's business. */
  belongTo(owner: string): void {
    if (this.draft.owner === owner) return;
    if (this.draft.owner === null) this.change({ owner });
    else this.replace({ owner });
  }

  /** Begins anew, from a stored call or from nothing. */
  replace(part: Partial<Draft>): void {
    for (const name of kSlots) this.drop(name);
    this.change({ ...emptyDraft(), owner: this.draft.owner, ...part });
  }

  reuse(request: Record<string, unknown>): void {
    this.replace(draftOf(request));
  }

  setSlot(name: SlotName, slot: Slot): void {
    this.change({ slots: { ...this.draft.slots, [name]: slot } });
  }

  attach(name: SlotName, file: File): void {
    this.clear(name);
    const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
    this.setSlot(name, { state: "waiting", file, preview });
  }

  refuse(name: SlotName, file: File, error: unknown): void {
    this.clear(name);
    this.setSlot(name, { state: "failed", file, preview: null, error });
  }

  clear(name: SlotName): void {
    this.drop(name);
    this.setSlot(name, kEmpty);
  }

  /** Sends what waits; for when somebody is logged in. */
  sendWaiting(): void {
    for (const name of kSlots) {
      if (this.draft.slots[name].state === "waiting") this.send(name);
    }
  }

  send(name: SlotName): void {
    const slot = this.draft.slots[name];
    if (slot.state !== "waiting" && slot.state !== "failed") return;
    const { file, preview } = slot;
    const stop = new AbortController();
    this.setSlot(name, { state: "sending", file, preview, progress: 0 });
    const isStill = () => !stop.signal.aborted;
    const done = upload(
      file,
      (progress) => isStill() && this.setSlot(name, { state: "sending", file, preview, progress }),
      stop.signal,
    ).then(
      ({ url }) => {
        if (isStill()) this.setSlot(name, { state: "ready", url, preview: preview ?? ownMedia(url), name: file.name });
      },
      (error: unknown) => {
        if (isStill()) this.setSlot(name, { state: "failed", file, preview, error });
      },
    );
    this.sending.set(name, { stop, done });
  }

  /** When nothing is on its way any more, whether it arrived or failed. */
  async settled(): Promise<void> {
    await Promise.all([...this.sending.values()].map(({ done }) => done));
  }

  private drop(name: SlotName): void {
    this.sending.get(name)?.stop.abort();
    this.sending.delete(name);
    const slot = this.draft.slots[name];
    if ("preview" in slot && slot.preview?.startsWith("blob:") === true) URL.revokeObjectURL(slot.preview);
  }

  private store(): void {
    const { slots } = this.draft;
    const text = JSON.stringify({
      ...this.draft,
      slots: { start: kept(slots.start), end: kept(slots.end), source: kept(slots.source) },
    });
    try {
      sessionStorage.setItem(kStored, text);
    } catch {
      // Full or forbidden: the draft then lives as long as the page.
    }
  }
}

export const draftStore = new DraftStore();

export function useDraft(): Draft {
  return useSyncExternalStore(draftStore.subscribe, draftStore.get);
}
