// studio/follow.ts: a task as it goes on, by server-sent events.
//
// A stream that breaks is opened again after growing pauses and goes on where it was; meanwhile the page polls.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";

import type { Progress, Result } from "./tasks";

/** What the card shows; what was not told yet is null. */
export interface Live {
  linked: boolean;
  progress: Progress | null;
  preview: string | null;
}

const kNothing: Live = { linked: false, progress: null, preview: null };
const kPauseMin = 1_000;
const kPauseMax = 30_000;

/** After so many failures in a row; not the same for all, so that they do not come back at once. */
export function pauseAfter(failures: number): number {
  return Math.min(kPauseMax, kPauseMin * 2 ** Math.min(failures - 1, 10)) * (0.8 + 0.4 * Math.random());
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

/** Whether the tab is looked at. */
export function useVisible(): boolean {
  return useSyncExternalStore(onVisibility, () => document.visibilityState === "visible");
}

/** `onEnd` gets the result, or null where the task ended without one or may have ended: ask for it then. */
export function useFollow(id: string, wanted: boolean, onEnd: (result: Result | null) => void): Live {
  const [live, setLive] = useState<Live>(kNothing);
  const end = useRef(onEnd);
  end.current = onEnd;

  useEffect(() => {
    if (!wanted) {
      setLive((before) => ({ ...before, linked: false }));
      return undefined;
    }
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let lastId = "";

    const open = () => {
      clearTimeout(timer);
      source?.close();
      const since = lastId === "" ? "" : `&last_event_id=${lastId}`;
      source = new EventSource(`/api/v1/tasks/${id}/events?previews=true${since}`);
      source.addEventListener("progress", (event: MessageEvent<string>) => {
        failures = 0;
        if (event.lastEventId !== "") lastId = event.lastEventId;
        const progress = JSON.parse(event.data) as Progress;
        setLive((before) => ({ ...before, linked: true, progress }));
      });
      source.addEventListener("preview", (event: MessageEvent<string>) => {
        const { image } = JSON.parse(event.data) as { image: string };
        setLive((before) => ({ ...before, linked: true, preview: image }));
      });
      source.addEventListener("result", (event: MessageEvent<string>) => {
        source?.close();
        end.current(JSON.parse(event.data) as Result);
      });
      // The server's event of this name has data; the browser's own, of a broken connection, has none.
      source.addEventListener("error", (event) => {
        source?.close();
        setLive((before) => ({ ...before, linked: false }));
        end.current(null);
        if (event instanceof MessageEvent) return;
        failures += 1;
        timer = setTimeout(open, pauseAfter(failures));
      });
    };
    open();
    window.addEventListener("online", open);
    return () => {
      window.removeEventListener("online", open);
      clearTimeout(timer);
      source?.close();
    };
  }, [id, wanted]);
  return live;
}
