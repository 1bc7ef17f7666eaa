// studio/task_card.tsx: one task, from waiting to the clip or to why there is none.
import { AlertTriangle, CircleSlash, Clock3, Infinity as Loop, Info } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { amount, dateTime } from "../format";
import { Told } from "../told/told";
import { useTold } from "../told/use_tell";
import { CardActs } from "./card_acts";
import { Player } from "./player";
import type { Payer } from "./payer";
import { RunningCard } from "./running_card";
import { isOver, promptOf, requestOf, type Failure, type Result, type Task } from "./tasks";
import { TraceButton } from "./trace_button";

interface Props {
  task: Task;
  payer: Payer;
  streams: boolean;
  isCutOff: boolean;
  onLink: (id: string, isLinked: boolean) => void;
  askNow: () => void;
  onExtend: (result: Result) => void;
  onReuse: (task: Task) => void;
  onAgain: (task: Task) => void;
}

function When({ task }: { task: Task }) {
  return <time dateTime={new Date(task.created_at * 1000).toISOString()}>{dateTime(task.created_at)}</time>;
}

function Facts({ task, result }: { task: Task; result: Result }) {
  const { t } = useTranslation("studio");
  return (
    <span className="studio-card-facts small muted">
      <span>{result.video_width} × {result.video_height}</span>
      <span>{amount(result.duration)} s</span>
      {requestOf(task)["action"] === "extend" && <span>{t("extend.badge")}</span>}
      {requestOf(task)["loop"] === true && <span className="row"><Loop size={14} aria-hidden="true" />{t("loop.label")}</span>}
      <When task={task} />
    </span>
  );
}

function Why({ task, failure }: { task: Task; failure: Failure }) {
  const { t } = useTranslation("studio");
  const { code, message } = failure.error;
  // What the server says of a cancel or of its own failure tells the user nothing more.
  const saysMore = code === "bad_request" || code === "forbidden";
  const Icon = failure.state === "cancelled" ? CircleSlash : failure.state === "expired" ? Clock3 : AlertTriangle;
  return (
    <div className="studio-screen studio-why" data-state={failure.state}>
      <Icon size={26} aria-hidden="true" />
      <strong>{t(`why.${code}`, { defaultValue: t("why.api_error") })}</strong>
      {saysMore && <Told className="small" text={message} />}
      {failure.state === "failed" && <span className="small">{t("why.free")}</span>}
      {failure.state === "failed" && <TraceButton id={task.trace_id} />}
    </div>
  );
}

/** What the engine says of the clip. */
function Notes({ notes }: { notes: string[] }) {
  const told = useTold();
  const words = notes.map(told);
  return (
    <p className="studio-card-note small" title={words.join("\n")}><Info size={15} aria-hidden="true" /><span>{words.join(" ")}</span></p>
  );
}

export function TaskCard({ task, payer, streams, isCutOff, onLink, askNow, onExtend, onReuse, onAgain }: Props) {
  const { t } = useTranslation("studio");
  // One that the user has waited for begins to play.
  const wasAwaited = useRef(!isOver(task));
  const { response } = task;
  // Cancel goes when the task is over, and the focus with it: then the card's next button gets it.
  const card = useRef<HTMLLIElement>(null);
  const hadFocus = useRef(false);
  const isEnded = isOver(task);
  useEffect(() => {
    if (!isEnded || !hadFocus.current) return;
    hadFocus.current = false;
    if (document.activeElement === document.body) card.current?.querySelector<HTMLElement>("button")?.focus();
  }, [isEnded]);
  const prompt = promptOf(task);
  const result = response.state === "completed" ? response : null;
  const failure = "error" in response ? response : null;
  if (!("success" in response)) {
    return (
      <li
        className="card studio-card" id={`task-${task.id}`} ref={card}
        onFocus={() => (hadFocus.current = true)} onBlur={(event) => event.relatedTarget !== null && (hadFocus.current = false)}
      >
        <RunningCard
          task={task} progress={response} payer={payer} streams={streams} isCutOff={isCutOff} onLink={onLink} askNow={askNow}
        />
      </li>
    );
  }
  return (
    <li className="card studio-card" id={`task-${task.id}`} ref={card}>
      {result !== null && <Player result={result} starts={wasAwaited.current} />}
      {failure !== null && <Why task={task} failure={failure} />}
      <div className="studio-card-body">
        <h3 className="studio-card-prompt" title={prompt}>{prompt === "" ? t("card.untitled") : prompt}</h3>
        {result?.notes?.[0] !== undefined && <Notes notes={result.notes} />}
        {result !== null
          ? <Facts task={task} result={result} />
          : <span className="studio-card-facts small muted"><span>{t(`common:state.${response.state}`)}</span><When task={task} /></span>}
        <CardActs task={task} result={result} payer={payer} onExtend={onExtend} onReuse={onReuse} onAgain={onAgain} />
      </div>
    </li>
  );
}
