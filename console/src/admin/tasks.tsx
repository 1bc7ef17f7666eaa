// admin/tasks.tsx: the tasks of all users.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { client, take, type Schemas } from "../api/client";
import { Button } from "../components/ui";
import { dateTime, duration } from "../format";
import { Told } from "../told/told";
import { ActDialog, useSay } from "./acts";
import { defined, idOf, momentOf, oneOf, useFilters } from "./filters";
import { UserName, UserPicker } from "./names";
import { IdText, Listing, PeriodFields, SectionHead, Select, TextFilter, type Column } from "./parts";

export type Task = Schemas["Task"];

const kStates = ["pending", "processing", "completed", "failed", "cancelled"] as const;
const kLooks = {
  pending: "badge warn",
  processing: "badge accent",
  completed: "badge good",
  failed: "badge bad",
  cancelled: "badge",
  expired: "badge",
} as const;
const kLive_ms = 2_000;

export function isUnfinished(task: Task): boolean {
  return task.response.state === "pending" || task.response.state === "processing";
}

/** A field of what the caller sent, which may be anything. */
export function sent(task: Task, name: string): string | undefined {
  const value = (task.request as Record<string, unknown>)[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function TaskState({ task }: { task: Task }) {
  const { t } = useTranslation("admin");
  const { response } = task;
  const progress = "progress" in response && response.state === "processing" ? ` ${response.progress} %` : "";
  const place = "queue_position" in response && response.queue_position !== undefined
    ? ` · ${t("task.place", { place: response.queue_position })}` : "";
  return <span className={kLooks[response.state]}>{t(`common:state.${response.state}`)}{progress}{place}</span>;
}

export function CancelDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const say = useSay();
  return (
    <ActDialog
      title={t("cancelTask.title")}
      label={t("cancelTask.act")}
      look="danger"
      act={() => take(client.POST("/api/v1/admin/tasks/{id}/cancel/", { params: { path: { id: task.id } } }))}
      onDone={(now) => say(now.response.state === "cancelled" ? t("cancelTask.done") : t("cancelTask.late"))}
      onClose={onClose}
    >
      <p>{t("cancelTask.ask")}</p>
      <p className="admin-quote">{sent(task, "prompt") ?? task.id}</p>
    </ActDialog>
  );
}

export function Tasks() {
  const { t } = useTranslation("admin");
  const filters = useFilters();
  const [cancelled, setCancelled] = useState<Task | null>(null);
  const user = idOf(filters.get("user"));
  const query = defined({
    ...filters.slice,
    state: oneOf(filters.get("state"), kStates),
    user_id: user,
    application_id: idOf(filters.get("application")),
    created_at_min: momentOf(filters.get("from"), "start"),
    created_at_max: momentOf(filters.get("to"), "end"),
  });
  const tasks = useQuery({
    queryKey: ["admin", "tasks", query],
    queryFn: ({ signal }) => take(client.GET("/api/v1/admin/tasks/", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isUnfinished) === true ? kLive_ms : false),
  });
  const columns: Column<Task>[] = [
    {
      id: "task",
      head: t("task.task"),
      cell: (task) => (
        <span className="admin-two admin-prompt">
          <Link to={`/admin/tasks/${task.id}`}>{sent(task, "prompt") ?? t("task.noPrompt")}</Link>
          {"error" in task.response && task.response.state !== "cancelled" && (
            <Told className="small admin-wrong" text={task.response.error.message} />
          )}
        </span>
      ),
    },
    { id: "state", head: t("task.state"), cell: (task) => <TaskState task={task} /> },
    { id: "user", head: t("user.user"), cell: (task) => <UserName id={task.user_id} /> },
    { id: "created", head: t("task.created"), cell: (task) => <span className="admin-time">{dateTime(task.created_at)}</span> },
    {
      id: "elapsed",
      head: t("task.elapsed"),
      number: true,
      cell: (task) => (task.elapsed === undefined ? <span className="muted">–</span> : duration(task.elapsed)),
    },
    { id: "trace", head: t("common:traceId"), cell: (task) => <IdText id={task.trace_id} what={t("common:traceId")} /> },
    {
      id: "acts",
      head: t("acts"),
      silent: true,
      cell: (task) => isUnfinished(task) && (
        <span className="row admin-end">
          <Button small look="danger" onClick={() => setCancelled(task)}>{t("common:cancel")}</Button>
        </span>
      ),
    },
  ];
  const isFiltered = ["state", "user", "application", "from", "to"].some((name) => filters.get(name) !== "");
  return (
    <section className="stack admin-section">
      <SectionHead title={t("tabs.tasks")} text={t("tasks.text")} />
      <div className="admin-filters">
        <Select
          label={t("task.state")}
          value={filters.get("state")}
          onChange={(state) => filters.change({ state })}
          options={[["", t("filter.all")], ...kStates.map((state) => [state, t(`common:state.${state}`)] as const)]}
        />
        <UserPicker label={t("user.user")} value={user} onChange={(id) => filters.change({ user: id })} />
        <PeriodFields filters={filters} />
        <TextFilter
          label={t("filter.application")}
          placeholder={t("filter.idHint")}
          ofId
          value={filters.get("application")}
          onChange={(application) => filters.change({ application })}
        />
      </div>
      <Listing
        label={t("tabs.tasks")}
        query={tasks}
        columns={columns}
        keyOf={(task) => task.id}
        empty={isFiltered ? t("filter.nothing") : t("tasks.none")}
        filters={filters}
      />
      {cancelled !== null && <CancelDialog task={cancelled} onClose={() => setCancelled(null)} />}
    </section>
  );
}
