// studio/create.ts: from pressing Create to a task: log in if need be, acquire the service, send the files, call.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import { ApiError, client, take, type Schemas } from "../api/client";
import { useLogInFirst, useResumedAct } from "../next";
import { useSession } from "../session";
import { callOf, isExtension, kEmpty, problemsOf, type Call } from "./draft";
import { draftStore } from "./draft_store";
import type { Application, Payer } from "./payer";
import { addTask, findTask, replaceTasks, type Task } from "./tasks";

export interface Create {
  press(): void;
  /** Makes what was made before once more, or made differently. */
  again(call: Call): void;
  /** The user agrees to acquire the service; where Create asked for it, that goes on. */
  agree(): void;
  decline(): void;
  busy: boolean;
  /** Why the draft was not taken. */
  error: unknown;
  /** Why what was asked for `again` was not taken. */
  againError: unknown;
  /** Sends once more what was not taken. */
  retry(): void;
  /** Why the service could not be acquired. */
  refusal: unknown;
  /** Whether to ask if the service may be acquired. */
  asks: boolean;
  /** Whether Create was pressed on a draft that cannot be sent. */
  tried: boolean;
}

function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The card that is shown until the server has told more. */
function taskOf(id: string, traceId: string, application: Application, credentialId: string, call: Call): Task {
  const response = { task_id: id, state: "pending" as const, progress: 0 };
  return {
    _id: id, id, type: "videos", api_id: "94fc9028-5a9f-4875-aae4-38463bd30ac5", application_id: application.id,
    credential_id: credentialId, user_id: application.user_id, trace_id: traceId, created_at: Date.now() / 1000,
    request: call as Record<string, never>, response, data: { id, ...response },
  };
}

const kOneBreath_ms = 1_200;

class Unsendable extends Error {}

export function useCreate(payer: Payer, onMade: (task: Task) => void): Create {
  const { user } = useSession();
  const queries = useQueryClient();
  const logInFirst = useLogInFirst();
  const [asks, setAsks] = useState(false);
  const [tried, setTried] = useState(false);
  // What is to be made once it is known who pays: the draft, or this call.
  const [wanted, setWanted] = useState<{ call: Call | null } | null>(null);
  // A call whose answer was lost is sent again under its key, and is made once.
  const attempt = useRef({ text: "", key: "" });
  // Two presses in one breath mean one video.
  const made = useRef({ text: "", at: 0 });

  const make = useMutation({
    mutationFn: async ({ application, call: given }: { application: Application; call: Call | null }) => {
      const credentialId = await payer.credentialFor(application);
      if (given === null) {
        draftStore.sendWaiting();
        await draftStore.settled();
        if (problemsOf(draftStore.get()).size > 0) throw new Unsendable();
      }
      const call = { ...(given ?? callOf(draftStore.get())), async: true };
      const text = JSON.stringify(call);
      if (attempt.current.text !== text) attempt.current = { text, key: randomKey() };
      const answer = await take(
        client.POST("/luma/videos", {
          body: call as Schemas["VideoCall"],
          headers: { "X-Credential-Id": credentialId, "Idempotency-Key": attempt.current.key },
        }),
      );
      attempt.current = { text: "", key: "" };
      made.current = { text, at: Date.now() };
      if (typeof answer === "string") throw new Error("an answer in lines to who wanted JSON");
      return { task: taskOf(answer.task_id, answer.trace_id, application, credentialId, call), credentialId, given };
    },
    onSuccess({ task, credentialId, given }) {
      setTried(false);
      addTask(queries, task);
      if (given === null && isExtension(draftStore.get())) {
        draftStore.clear("source");
        draftStore.change({ prompt: "", slots: { ...draftStore.get().slots, source: kEmpty } });
      }
      payer.refresh();
      onMade(task);
      // The card is there already; if this fails the card's own polling brings the rest.
      findTask(credentialId, task.id).then((found) => replaceTasks(queries, [found]), () => undefined);
    },
    onError(error) {
      const refused = error instanceof ApiError && error.status > 0 && error.status < 500;
      if (refused) attempt.current = { text: "", key: "" };
      if (error instanceof Unsendable) setTried(true);
    },
  });
  const { mutate } = make;

  // Now that it is known who they are and what they have.
  useEffect(() => {
    if (wanted === null || user == null || !payer.ready) return;
    setWanted(null);
    if (payer.application === undefined) setAsks(true);
    else mutate({ application: payer.application, call: wanted.call });
  }, [wanted, user, payer.ready, payer.application, mutate]);

  const begin = useCallback(() => {
    setTried(true);
    if (problemsOf(draftStore.get()).size === 0) setWanted({ call: null });
  }, []);
  useResumedAct("create", begin);

  const acquire = useMutation({
    mutationFn: (_goesOn: boolean) => payer.acquire(),
    onSuccess(application, goesOn) {
      setAsks(false);
      if (goesOn) mutate({ application, call: null });
    },
  });

  const shown = make.error instanceof Unsendable ? null : make.error;
  return {
    press() {
      if (make.isPending || user === undefined) return;
      const text = JSON.stringify({ ...callOf(draftStore.get()), async: true });
      if (text === made.current.text && Date.now() - made.current.at < kOneBreath_ms) return;
      make.reset();
      if (user === null && problemsOf(draftStore.get()).size === 0) logInFirst("create");
      else begin();
    },
    again(call) {
      if (!make.isPending) setWanted({ call });
    },
    agree: () => acquire.mutate(asks),
    decline: () => {
      acquire.reset();
      setAsks(false);
    },
    busy: make.isPending || wanted !== null || acquire.isPending,
    error: make.variables?.call == null ? shown : null,
    againError: make.variables?.call == null ? null : shown,
    retry: () => make.variables !== undefined && mutate(make.variables),
    refusal: acquire.error,
    asks,
    tried,
  };
}
