// studio/results.tsx: what the user has made and is making.
import { Search } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button, ErrorNote, Spinner } from "../components/ui";
import { count as formatCount } from "../format";
import { Gallery } from "./gallery";
import { useHistory, useUnfinished } from "./history";
import type { Payer } from "./payer";
import { isOver, promptOf, type Result, type Task } from "./tasks";
import { TaskCard } from "./task_card";
import { say } from "./toast";

const kPeriods = { all: null, day: 86_400, week: 7 * 86_400, month: 30 * 86_400 } as const;
type Period = keyof typeof kPeriods;
const kStates = ["all", "unfinished", "completed", "failed"] as const;
type StateFilter = (typeof kStates)[number];

function matches(task: Task, words: readonly string[], state: StateFilter): boolean {
  const { response } = task;
  if (state === "unfinished" && isOver(task)) return false;
  if (state === "completed" && response.state !== "completed") return false;
  if (state === "failed" && !(isOver(task) && response.state !== "completed")) return false;
  const video = response.state === "completed" ? response.video_id : "";
  const text = `${promptOf(task)} ${task.id} ${task.trace_id} ${video}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Tells of each task that ended while it was looked at. */
function useEndings(tasks: readonly Task[], onEnd: () => void): void {
  const { t } = useTranslation("studio");
  const unfinished = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const ended = tasks.filter((task) => unfinished.current.has(task.id) && isOver(task));
    unfinished.current = new Set(tasks.filter((task) => !isOver(task)).map(({ id }) => id));
    const last = ended[0];
    if (last === undefined) return;
    const { state } = last.response;
    say(t(`ended.${state === "completed" || state === "cancelled" ? state : "failed"}`, { prompt: promptOf(last) || t("card.untitled") }));
    onEnd();
  });
}

interface Props {
  payer: Payer;
  /** The task that was just begun, to be brought before the eyes. */
  begun: string | null;
  onExample: (prompt: string) => void;
  onExtend: (result: Result) => void;
  onReuse: (task: Task) => void;
  onAgain: (task: Task) => void;
}

export function Results({ payer, begun, onExample, onExtend, onReuse, onAgain }: Props) {
  const { t } = useTranslation("studio");
  const [text, setText] = useState("");
  const [state, setState] = useState<StateFilter>("all");
  const [period, setPeriod] = useState<Period>("all");
  // To the minute, so that the same question is not asked under ever new names.
  const since = useMemo(() => {
    const seconds = kPeriods[period];
    return seconds === null ? null : Math.floor(Date.now() / 60_000) * 60 - seconds;
  }, [period]);
  const history = useHistory(payer, since);
  const { tasks, count, hasNextPage, isFetchingNextPage, fetchNextPage } = history;
  const unfinished = useUnfinished(payer, tasks);
  useEndings(tasks, payer.refresh);

  const isThere = begun !== null && tasks.some(({ id }) => id === begun);
  useEffect(() => {
    if (isThere) document.getElementById(`task-${begun}`)?.scrollIntoView({ block: "nearest" });
  }, [isThere, begun]);

  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (end.current === null || !hasNextPage || isFetchingNextPage || history.isFetchNextPageError) return undefined;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && void fetchNextPage(),
      { rootMargin: "600px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, history.isFetchNextPageError, tasks.length]);

  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = tasks.filter((task) => matches(task, words, state));
  const isFiltered = words.length > 0 || state !== "all" || period !== "all";

  if (payer.ready && payer.application === undefined) return <Gallery title={t("example.first")} onChoose={onExample} />;
  if (history.isPending && tasks.length === 0) return <Spinner label={t("results.loading")} />;
  if (history.isError && tasks.length === 0) return <ErrorNote error={history.error} onRetry={() => void history.refetch()} />;
  if (tasks.length === 0 && !isFiltered) return <Gallery title={t("example.first")} onChoose={onExample} />;
  return (
    <section className="stack" aria-labelledby="results-title">
      <div className="studio-results-head">
        <h2 id="results-title" tabIndex={-1}>{t("results.title")} <span className="muted small">{formatCount(count)}</span></h2>
        <div className="studio-filter" role="search" aria-label={t("results.filter")}>
          <label className="studio-search">
            <Search size={16} aria-hidden="true" />
            <span className="visually-hidden">{t("results.search")}</span>
            <input
              className="input" type="search" placeholder={t("results.search")} value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <select className="input" aria-label={t("results.state")} value={state} onChange={(event) => setState(event.target.value as StateFilter)}>
            {kStates.map((each) => <option key={each} value={each}>{t(`results.states.${each}`)}</option>)}
          </select>
          <select className="input" aria-label={t("results.period")} value={period} onChange={(event) => setPeriod(event.target.value as Period)}>
            {Object.keys(kPeriods).map((each) => <option key={each} value={each}>{t(`results.periods.${each}`)}</option>)}
          </select>
        </div>
      </div>
      <ul className="studio-grid">
        {shown.map((task) => (
          <TaskCard
            key={task.id} task={task} payer={payer} streams={unfinished.streamed.includes(task.id)}
            isCutOff={unfinished.isCutOff} onLink={unfinished.onLink} askNow={unfinished.askNow}
            onExtend={onExtend} onReuse={onReuse} onAgain={onAgain}
          />
        ))}
      </ul>
      {shown.length === 0 && !hasNextPage && <p className="muted" role="status">{t("results.nothing")}</p>}
      {isFiltered && hasNextPage && (
        <p className="muted small" role="status">{t("results.searched", { seen: formatCount(tasks.length), all: formatCount(count) })}</p>
      )}
      {history.isFetchNextPageError && <ErrorNote error={history.error} onRetry={() => void fetchNextPage()} />}
      <div ref={end} className="studio-end">
        {hasNextPage && (
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t("common:more")}</Button>
        )}
      </div>
    </section>
  );
}
