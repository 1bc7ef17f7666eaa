// admin/task.tsx: all there is to know about one task.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";

import { client, take } from "../api/client";
import { Button, CopyButton, ErrorNote, Spinner } from "../components/ui";
import { dateTime, duration } from "../format";
import { Told } from "../told/told";
import { ApplicationName, UserName } from "./names";
import { BackLink, Facts, IdText, SectionHead } from "./parts";
import { CancelDialog, isUnfinished, sent, TaskState, type Task } from "./tasks";

const kLive_ms = 1_500;

/** A file of this server by its path, whatever name the server was called by. */
function here(url: string): string {
  return new URL(url, window.location.origin).pathname;
}

function Result({ task }: { task: Task }) {
  const { t } = useTranslation("admin");
  const { response } = task;
  if ("progress" in response) {
    return (
      <div className="card stack">
        <h3>{t("task.goesOn")}</h3>
        <progress className="admin-progress" max={100} value={response.progress} aria-label={t("task.progress")} />
        <p className="muted">
          {response.estimated_seconds === undefined ? t("task.noEstimate")
            : t("task.estimate", { time: duration(response.estimated_seconds) })}
        </p>
      </div>
    );
  }
  if ("error" in response) {
    return (
      <div className="card stack">
        <h3>{t("task.error")}</h3>
        <Facts
          facts={[
            [t("task.code"), <code key="code">{response.error.code}</code>],
            [t("task.message"), <Told key="message" text={response.error.message} />],
            [t("common:traceId"), <IdText key="trace" id={response.trace_id} what={t("common:traceId")} whole />],
          ]}
        />
      </div>
    );
  }
  return (
    <div className="card stack">
      <h3>{t("task.result")}</h3>
      <div className="admin-result">
        <video
          controls
          preload="none"
          playsInline
          muted
          aria-label={response.prompt === "" ? t("task.result") : response.prompt}
          poster={here(response.thumbnail_url)}
          src={here(response.video_url)}
          width={response.video_width}
          height={response.video_height}
        />
        <Facts
          facts={[
            [t("task.size"), `${response.video_width} × ${response.video_height}`],
            [t("task.length"), `${duration(response.duration)} · ${response.fps} fps`],
            [t("task.engine"), response.engine],
            [t("task.seed"), String(response.seed)],
            [t("task.video"), <IdText key="video" id={response.video_id} what={t("task.video")} />],
          ]}
        />
      </div>
      {response.notes !== undefined && (
        <ul className="admin-list">{response.notes.map((note) => <li key={note}><Told text={note} /></li>)}</ul>
      )}
    </div>
  );
}

function Json({ title, value }: { title: string; value: unknown }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <div className="card stack">
      <div className="spread">
        <h3>{title}</h3>
        <CopyButton text={text} />
      </div>
      <pre className="admin-json" tabIndex={0} role="region" aria-label={title}>{text}</pre>
    </div>
  );
}

export function TaskPage() {
  const { t } = useTranslation("admin");
  const { id = "" } = useParams();
  const [cancels, setCancels] = useState(false);
  const found = useQuery({
    queryKey: ["admin", "task", id],
    queryFn: ({ signal }) => take(client.GET("/api/v1/admin/tasks/{id}/", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnfinished(state.data) ? kLive_ms : false),
  });
  const task = found.data;
  const back = <BackLink to="/admin/tasks">{t("task.back")}</BackLink>;
  if (task === undefined) {
    return (
      <section className="stack admin-section">
        {back}
        {found.isError ? <ErrorNote error={found.error} onRetry={() => void found.refetch()} /> : <Spinner />}
      </section>
    );
  }
  const time = (seconds: number | undefined) => (seconds === undefined ? "–" : dateTime(seconds));
  return (
    <section className="stack admin-section">
      {back}
      <SectionHead title={t("task.task")} text={sent(task, "prompt") ?? t("task.noPrompt")}>
        <TaskState task={task} />
        <span className="visually-hidden" aria-live="polite">{t(`common:state.${task.response.state}`)}</span>
        {isUnfinished(task) && <Button look="danger" onClick={() => setCancels(true)}>{t("cancelTask.act")}</Button>}
      </SectionHead>
      {found.isError && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
      <Result task={task} />
      <div className="card stack">
        <h3>{t("user.particulars")}</h3>
        <Facts
          facts={[
            [t("user.user"), <UserName key="user" id={task.user_id} />],
            [t("topUp.balance"), <ApplicationName key="application" id={task.application_id} />],
            [t("task.created"), time(task.created_at)],
            [t("task.started"), time(task.started_at)],
            [t("task.finished"), time(task.finished_at)],
            [t("task.elapsed"), task.elapsed === undefined ? "–" : duration(task.elapsed)],
            [t("task.id"), <IdText key="id" id={task.id} what={t("task.id")} whole />],
            [t("common:traceId"), <IdText key="trace" id={task.trace_id} what={t("common:traceId")} whole />],
            [t("task.credential"), <IdText key="key" id={task.credential_id} what={t("task.credential")} whole />],
          ]}
        />
        <div className="row">
          <Link className="button small" to={`/admin/tasks?user=${task.user_id}`}>{t("user.toTasks")}</Link>
          <Link className="button small" to={`/admin/ledger?task=${task.id}`}>{t("application.toTransfers")}</Link>
          <Link className="button small" to={`/admin/audit?object=${task.id}`}>{t("user.toTrail")}</Link>
        </div>
      </div>
      <Json title={t("task.request")} value={task.request} />
      <Json title={t("task.response")} value={task.response} />
      {cancels && <CancelDialog task={task} onClose={() => setCancels(false)} />}
    </section>
  );
}
