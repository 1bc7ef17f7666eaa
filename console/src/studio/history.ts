// studio/history.ts: the user's tasks page by page, kept up to date while some are unfinished.
import { skipToken, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";

import { pauseAfter, useVisible } from "./follow";
import type { Payer } from "./payer";
import { isOver, kBegun, kTasks, listTasks, removeTasks, replaceTasks, type Task } from "./tasks";

const kPage = 24;
// A browser opens six connections to a server, over all tabs, and streams occupy theirs.
const kStreamsMax = 2;
const kPolledMax = 200;
const kPollEvery = 2_000;
// Where streams tell all there is, polling only guards against one that died without a word.
const kPollSeldom = 12_000;

interface From {
  /** The time of the last task that is known, and how many of that very time are. */
  createdAt: number | null;
  skip: number;
}

/** Pages go by time and not by number: what is made or deleted meanwhile shifts nothing. */
export function useHistory(payer: Payer, since: number | null) {
  const { application } = payer;
  const query = useInfiniteQuery({
    queryKey: [...kTasks, application?.id, since],
    enabled: application !== undefined,
    initialPageParam: { createdAt: null, skip: 0 } as From,
    queryFn: async ({ pageParam: from, signal }) => {
      if (application === undefined) return { items: [], count: 0 };
      return await listTasks(
        await payer.credentialFor(application),
        {
          limit: kPage,
          offset: from.skip,
          ...(from.createdAt === null ? {} : { created_at_max: from.createdAt }),
          ...(since === null ? {} : { created_at_min: since }),
        },
        signal,
      );
    },
    placeholderData: (before) => before,
    // The server is away; when it is back the page has not to be loaded anew.
    refetchInterval: ({ state }) => (state.status === "error" ? pauseAfter(3) : false),
    getNextPageParam: (last, pages, from): From | undefined => {
      const oldest = last.items.at(-1)?.created_at;
      if (oldest === undefined || from.skip + last.items.length >= last.count) return undefined;
      return { createdAt: oldest, skip: pages.flatMap(({ items }) => items).filter((task) => task.created_at === oldest).length };
    },
  });
  const begun = useQuery<Task[]>({ queryKey: kBegun, queryFn: skipToken, staleTime: Infinity }).data;
  const tasks = useMemo(() => {
    const byId = new Map<string, Task>();
    for (const task of query.data?.pages.flatMap(({ items }) => items) ?? []) if (!byId.has(task.id)) byId.set(task.id, task);
    const first = (begun ?? []).filter((task) => !byId.has(task.id) && task.application_id === application?.id);
    return [...first, ...byId.values()];
  }, [query.data, begun, application?.id]);
  return { ...query, tasks, count: Math.max(query.data?.pages[0]?.count ?? 0, tasks.length) };
}

/** Polls the unfinished ones of `tasks`; says which to follow by a stream. */
export function useUnfinished(payer: Payer, tasks: readonly Task[]) {
  const queries = useQueryClient();
  const visible = useVisible();
  const failures = useRef(0);
  const [linked, setLinked] = useState<ReadonlySet<string>>(new Set());
  const { application } = payer;

  // The oldest are drawn first.
  const unfinished = tasks.filter((task) => !isOver(task)).reverse();
  unfinished.sort((a, b) => Number(b.response.state === "processing") - Number(a.response.state === "processing"));
  const streamed = visible ? unfinished.slice(0, kStreamsMax).map(({ id }) => id) : [];
  const ids = unfinished.slice(0, kPolledMax).map(({ id }) => id);
  const allLinked = ids.every((id) => linked.has(id));

  const poll = useQuery({
    queryKey: ["studio", "unfinished", application?.id, ids],
    enabled: application !== undefined && ids.length > 0,
    queryFn: async ({ signal }) => {
      if (application === undefined) return 0;
      try {
        const found = await listTasks(await payer.credentialFor(application), { ids }, signal);
        failures.current = 0;
        replaceTasks(queries, found.items);
        const known = new Set(found.items.map(({ id }) => id));
        removeTasks(queries, ids.filter((id) => !known.has(id)));
        return found.items.length;
      } catch (error) {
        failures.current += 1;
        throw error;
      }
    },
    retry: false,
    staleTime: 0,
    gcTime: 0,
    refetchInterval: () =>
      failures.current > 0 ? pauseAfter(failures.current + 1) : allLinked ? kPollSeldom : kPollEvery,
  });

  const onLink = useCallback((id: string, isLinked: boolean) => {
    setLinked((before) => {
      if (before.has(id) === isLinked) return before;
      const after = new Set(before);
      if (isLinked) after.add(id);
      else after.delete(id);
      return after;
    });
  }, []);
  const { refetch } = poll;
  const askNow = useCallback(() => void refetch(), [refetch]);
  return { streamed, onLink, askNow, isCutOff: poll.isError && ids.length > 0 };
}
