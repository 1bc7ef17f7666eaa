// studio/details.tsx: all that is known of a task, with the clip at full width.
import { Copy } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { copyText } from "../components/clipboard";
import { Button, Dialog } from "../components/ui";
import { amount, dateTime, duration } from "../format";
import { Told } from "../told/told";
import { nameOfUrl, ownMedia } from "./media";
import { Player } from "./player";
import { promptOf, requestOf, type Result, type Task } from "./tasks";
import { closeDialog, say } from "./toast";

function Id({ name, value }: { name: string; value: string }) {
  const { t } = useTranslation("studio");
  return (
    <>
      <code>{value}</code>
      <Button
        small look="quiet" className="icon" aria-label={t("details.copyId", { name })}
        onClick={() => void copyText(value).then(() => say(t("common:copied")))}
      >
        <Copy size={15} aria-hidden="true" />
      </Button>
    </>
  );
}

function Picture({ url }: { url: string }) {
  const own = ownMedia(url);
  return own === null ? <>{nameOfUrl(url)}</> : <img className="studio-details-picture" src={own} alt={nameOfUrl(url)} />;
}

export function Details({ task, result, onClose }: { task: Task; result: Result | null; onClose: () => void }) {
  const { t } = useTranslation("studio");
  const request = requestOf(task);
  const prompt = promptOf(task);
  const text = (name: string) => (typeof request[name] === "string" && request[name] !== "" ? String(request[name]) : null);
  const start = text("start_image_url");
  const end = text("end_image_url");
  const rows: [string, ReactNode][] = [
    ["made", dateTime(task.created_at)],
    ...(task.elapsed === undefined ? [] : [["took", duration(task.elapsed)] as [string, ReactNode]]),
    ...(result === null ? [] : ([
      ["size", `${result.video_width} × ${result.video_height}`],
      ["length", `${amount(result.duration)} s, ${amount(result.fps)} fps`],
      ["engine", result.engine],
      ["seed", String(result.seed)],
    ] as [string, ReactNode][])),
    ["loop", t(request["loop"] === true ? "details.yes" : "details.no")],
    ["enhancement", t(request["enhancement"] === false ? "details.no" : "details.yes")],
    ...(start === null ? [] : [["start", <Picture url={start} />] as [string, ReactNode]]),
    ...(end === null ? [] : [["end", <Picture url={end} />] as [string, ReactNode]]),
    ...(text("callback_url") === null ? [] : [["callback", text("callback_url")] as [string, ReactNode]]),
    ["task", <Id name={t("details.task")} value={task.id} />],
    ...(result === null ? [] : [["video", <Id name={t("details.video")} value={result.video_id} />] as [string, ReactNode]]),
    ["trace", <Id name={t("details.trace")} value={task.trace_id} />],
  ];
  return (
    <Dialog title={t("details.title")} onClose={onClose}>
      <div className="stack studio-wide">
        {result !== null && <Player result={result} starts />}
        {prompt !== "" && <p className="studio-details-prompt">{prompt}</p>}
        {result?.notes !== undefined && (
          <ul className="studio-notes">{result.notes.map((note) => <li key={note}><Told text={note} /></li>)}</ul>
        )}
        <dl className="studio-facts">
          {rows.map(([name, value]) => (
            <div key={name}><dt>{t(`details.${name}`)}</dt><dd>{value}</dd></div>
          ))}
        </dl>
        <div className="row"><Button onClick={closeDialog}>{t("common:close")}</Button></div>
      </div>
    </Dialog>
  );
}
