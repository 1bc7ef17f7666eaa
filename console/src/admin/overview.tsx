// admin/overview.tsx: what the server does now, and whether its books add up.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { client, take, type Schemas } from "../api/client";
import { Button, ErrorNote, Note, Spinner } from "../components/ui";
import { count, dateTime, duration } from "../format";
import { Books } from "./books";
import { DataTable, IdText, SectionHead, type Column } from "./parts";
import { ago } from "./times";

const kLive_ms = 3_000;

function Figure({ label, value, hint }: { label: string; value: string; hint?: string }) {
  return (
    <div className="card admin-figure">
      <dt>{label}</dt>
      <dd>{value}</dd>
      {hint !== undefined && <dd className="small muted">{hint}</dd>}
    </div>
  );
}

function Queue({ nodes }: { nodes: Schemas["Node"][] | undefined }) {
  const { t } = useTranslation("admin");
  const queue = useQuery({
    queryKey: ["admin", "queue"],
    queryFn: ({ signal }) => take(client.GET("/api/v1/admin/queue/", { signal })),
    refetchInterval: kLive_ms,
  });
  if (queue.isPending) return <Spinner />;
  const { data } = queue;
  const seconds = (value: number | null) => (value === null ? "–" : duration(value));
  const workers = nodes?.filter((node) => node.kind === "worker" && node.alive);
  return (
    <>
      {queue.isError && <ErrorNote error={queue.error} onRetry={() => void queue.refetch()} />}
      {workers?.length === 0 && <Note look="warn">{t("overview.noWorker")}</Note>}
      {data !== undefined && (
        <dl className="admin-figures">
          <Figure
            label={t("overview.waiting")}
            value={count(data.waiting)}
            hint={t("overview.ofUsers", { users: count(data.users_waiting) })}
          />
          <Figure
            label={t("overview.running")}
            value={count(data.running)}
            {...(workers === undefined ? {} : { hint: t("overview.workers", { workers: count(workers.length) }) })}
          />
          <Figure label={t("overview.oldest")} value={seconds(data.oldest_waiting_seconds)} hint={t("overview.oldestHint")} />
          <Figure label={t("overview.usual")} value={seconds(data.usual_seconds)} hint={t("overview.usualHint")} />
        </dl>
      )}
    </>
  );
}

function Nodes({ nodes, now }: { nodes: Schemas["Node"][]; now: number }) {
  const { t } = useTranslation("admin");
  const [all, setAll] = useState(false);
  const living = nodes.filter((node) => node.alive);
  const gone = nodes.filter((node) => !node.alive);
  const columns: Column<Schemas["Node"]>[] = [
    {
      id: "name",
      head: t("nodes.process"),
      cell: (node) => (
        <span className="admin-two">
          <span>{t(`nodes.${node.kind}`)}</span>
          <code className="small muted">{node.id}</code>
        </span>
      ),
    },
    {
      id: "state",
      head: t("nodes.state"),
      cell: (node) => (
        <span className={node.alive ? "badge good" : "badge"}>{node.alive ? t("nodes.alive") : t("nodes.silent")}</span>
      ),
    },
    {
      id: "task",
      head: t("nodes.task"),
      cell: (node) =>
        node.task_id !== null ? <IdText id={node.task_id} what={t("task.id")} to={`/admin/tasks/${node.task_id}`} />
        : node.kind === "worker" && node.alive ? <span className="muted">{t("nodes.idle")}</span>
        : <span className="muted">–</span>,
    },
    { id: "host", head: t("nodes.host"), cell: (node) => <span>{node.host}</span> },
    { id: "version", head: t("nodes.version"), cell: (node) => <span>{node.version}</span> },
    { id: "started", head: t("nodes.started"), cell: (node) => <span className="admin-time">{dateTime(node.started_at)}</span> },
    { id: "seen", head: t("nodes.seen"), cell: (node) => <span title={dateTime(node.seen_at)}>{ago(node.seen_at, now)}</span> },
  ];
  return (
    <>
      {nodes.length === 0 && <p className="admin-empty">{t("nodes.none")}</p>}
      {nodes.length > 0 && (
        <DataTable
          label={t("nodes.title")}
          columns={columns}
          rows={all ? [...living, ...gone] : living}
          keyOf={(node) => node.id}
        />
      )}
      {gone.length > 0 && (
        <div>
          <Button small onClick={() => setAll(!all)}>
            {all ? t("nodes.hideGone") : t("nodes.showGone", { nodes: count(gone.length) })}
          </Button>
        </div>
      )}
    </>
  );
}

export function Overview() {
  const { t } = useTranslation("admin");
  const nodes = useQuery({
    queryKey: ["admin", "nodes"],
    queryFn: ({ signal }) => take(client.GET("/api/v1/admin/nodes/", { signal })),
    refetchInterval: kLive_ms,
  });
  return (
    <section className="stack admin-section">
      <SectionHead title={t("tabs.overview")} text={t("overview.text")}>
        <span className="badge good"><span className="admin-pulse" aria-hidden="true" />{t("overview.live")}</span>
        <Link className="button small" to="/admin/tasks?state=processing">{t("overview.toTasks")}</Link>
      </SectionHead>
      <Queue nodes={nodes.data?.items} />
      <div className="card stack">
        <div>
          <h3>{t("nodes.title")}</h3>
          <p className="small muted">{t("nodes.text")}</p>
        </div>
        {nodes.isPending && <Spinner />}
        {nodes.isError && <ErrorNote error={nodes.error} onRetry={() => void nodes.refetch()} />}
        {nodes.data !== undefined && <Nodes nodes={nodes.data.items} now={nodes.dataUpdatedAt} />}
      </div>
      <Books />
    </section>
  );
}
