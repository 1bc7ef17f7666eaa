// pages/deliveries.tsx: callbacks and what became of them.
import "../style/keys.css";
import "../style/deliveries.css";

import { Search, Webhook } from "lucide-react";
import { useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router-dom";

import { Button, ErrorNote, Field, Spinner } from "../components/ui";
import { DeliveryCard } from "../deliveries/delivery_card";
import { kPageSize, kStates, useDeliveries, type DeliveryFilter } from "../deliveries/queries";
import { ForUsers } from "../keys/log_in_panel";
import { Pager } from "../keys/pager";
import { useApplications, type Application } from "../keys/queries";
import { Segmented } from "../keys/segmented";
import { useTitle } from "../title";
import { useTold } from "../told/use_tell";

function useFilter() {
  const [parameters, setParameters] = useSearchParams();
  const state = kStates.find((value) => value === parameters.get("state"));
  const taskId = parameters.get("task_id");
  const filter: DeliveryFilter = {
    ...(state === undefined ? {} : { state }),
    ...(taskId === null ? {} : { task_id: taskId }),
  };
  const page = Math.max(0, Math.trunc(Number(parameters.get("page") ?? 1)) - 1) || 0;
  const update = (changes: Record<string, string>) => {
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete("page");
        for (const [name, value] of Object.entries(changes)) {
          if (value === "") after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  return { filter, page, update };
}

function TaskSearch({ taskId, onSearch }: { taskId: string; onSearch: (taskId: string) => void }) {
  const { t } = useTranslation("deliveries");
  const [text, setText] = useState(taskId);
  useEffect(() => setText(taskId), [taskId]);
  const search = (event: FormEvent) => {
    event.preventDefault();
    onSearch(text.trim());
  };
  return (
    <form className="task-search" role="search" onSubmit={search}>
      <Field
        label={t("task")}
        value={text}
        placeholder="e4018a99-1522-4f24-…"
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => setText(target.value)}
      />
      <Button type="submit"><Search size={16} aria-hidden="true" />{t("search")}</Button>
      {taskId !== "" && <Button look="quiet" onClick={() => onSearch("")}>{t("clear")}</Button>}
    </form>
  );
}

function Deliveries() {
  const { t } = useTranslation("deliveries");
  const told = useTold();
  const { filter, page, update } = useFilter();
  const deliveries = useDeliveries(filter, page);
  const applications = useApplications(true);
  const nameOf = (id: string): string | null => {
    const found: Application | undefined = applications.data?.find((application) => application.id === id);
    if (found === undefined) return null;
    if (found.scope === "Global") return t("general");
    return found.service == null ? null : told(found.service.title);
  };
  const isFiltered = filter.state !== undefined || filter.task_id !== undefined;
  const data = deliveries.data;
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack page-title">
          <h1>{t("title")}</h1>
          <p>{t("text")}</p>
          <p className="small">{t("signed")} <Link to="/guides/callbacks">{t("guide")}</Link></p>
        </div>
      </div>
      <div className="card delivery-filters">
        <div className="field">
          <span className="label" aria-hidden="true">{t("stateLabel")}</span>
          <Segmented
            label={t("stateLabel")}
            options={[
              { value: "", label: t("state.all") },
              ...kStates.map((value) => ({ value, label: t(`state.${value}`) })),
            ]}
            value={filter.state ?? ""}
            onChange={(state) => update({ state })}
          />
        </div>
        <TaskSearch taskId={filter.task_id ?? ""} onSearch={(taskId) => update({ task_id: taskId })} />
      </div>
      {deliveries.isPending && <Spinner />}
      {deliveries.isError && <ErrorNote error={deliveries.error} onRetry={() => void deliveries.refetch()} />}
      {data !== undefined && data.items.length === 0 && (
        <div className="card empty">
          <Webhook size={28} aria-hidden="true" />
          <h2>{isFiltered ? t("empty.noneMatch") : t("empty.title")}</h2>
          <p className="muted">{isFiltered ? t("empty.noneMatchText") : t("empty.text")}</p>
          {isFiltered ? (
            <Button onClick={() => update({ state: "", task_id: "" })}>{t("empty.all")}</Button>
          ) : (
            <Link className="button" to="/guides/callbacks">{t("empty.guide")}</Link>
          )}
        </div>
      )}
      {data !== undefined && data.items.length > 0 && (
        <ul className="delivery-list" aria-busy={deliveries.isPlaceholderData}>
          {data.items.map((delivery) => (
            <DeliveryCard key={delivery.id} delivery={delivery} applicationName={nameOf(delivery.application_id)} />
          ))}
        </ul>
      )}
      {data !== undefined && (
        <Pager
          label={t("pages")}
          page={page}
          size={kPageSize}
          total={data.count}
          onPage={(next) => update({ page: next === 0 ? "" : String(next + 1) })}
        />
      )}
    </div>
  );
}

export function Page() {
  const { t } = useTranslation("deliveries");
  useTitle(t("title"));
  return <ForUsers title={t("title")} text={t("logIn")}><Deliveries /></ForUsers>;
}
