// admin/ledger.tsx: the books and every transfer in them.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";

import { client, take, type Schemas } from "../api/client";
import { amount, dateTime } from "../format";
import { useTold } from "../told/use_tell";
import { Books } from "./books";
import { defined, idOf, oneOf, useFilters } from "./filters";
import { ApplicationName } from "./names";
import { IdText, Listing, OrderSelect, SectionHead, Select, TextFilter, type Column } from "./parts";

const kKinds = ["free_amount", "top_up", "hold", "capture", "release", "forfeit"] as const;

function Account({ name }: { name: string }) {
  const { t } = useTranslation("admin");
  const kind = name.replace(/:.*$/, "");
  return <span title={name}>{t(`account.${kind}.name`, { defaultValue: kind })}</span>;
}

export function Ledger() {
  const { t } = useTranslation("admin");
  const told = useTold();
  const filters = useFilters();
  const query = defined({
    ...filters.slice,
    kind: oneOf(filters.get("kind"), kKinds),
    application_id: idOf(filters.get("application")),
    task_id: idOf(filters.get("task")),
    ordering: filters.get("order") === "oldest" ? ("created_at" as const) : undefined,
  });
  const transfers = useQuery({
    queryKey: ["admin", "transfers", query],
    queryFn: ({ signal }) => take(client.GET("/api/v1/admin/ledger/transfers/", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  const columns: Column<Schemas["Transfer"]>[] = [
    { id: "time", head: t("topUps.time"), cell: (row) => <span className="admin-time">{dateTime(row.created_at)}</span> },
    { id: "kind", head: t("ledger.kind"), cell: (row) => <span className="badge">{t(`kind.${row.kind}`)}</span> },
    {
      id: "way",
      head: t("ledger.way"),
      cell: (row) => (
        <span className="admin-way">
          <Account name={row.from_account} />
          <ArrowRight size={14} role="img" aria-label={t("ledger.to")} />
          <Account name={row.to_account} />
        </span>
      ),
    },
    { id: "amount", head: t("topUp.amount"), number: true, cell: (row) => amount(row.amount) },
    { id: "application", head: t("topUp.balance"), cell: (row) => <ApplicationName id={row.application_id} /> },
    {
      id: "task",
      head: t("task.task"),
      cell: (row) =>
        row.task_id === null ? <span className="muted">–</span>
        : <IdText id={row.task_id} what={t("task.id")} to={`/admin/tasks/${row.task_id}`} />,
    },
    { id: "note", head: t("topUp.note"), cell: (row) => (row.note === "" ? <span className="muted">–</span> : <span className="admin-words">{told(row.note)}</span>) },
  ];
  const isFiltered = ["kind", "application", "task"].some((name) => filters.get(name) !== "");
  return (
    <section className="stack admin-section">
      <SectionHead title={t("tabs.ledger")} text={t("ledger.text")} />
      <Books />
      <h3>{t("ledger.transfers")}</h3>
      <div className="admin-filters">
        <Select
          label={t("ledger.kind")}
          value={filters.get("kind")}
          onChange={(kind) => filters.change({ kind })}
          options={[["", t("filter.all")], ...kKinds.map((kind) => [kind, t(`kind.${kind}`)] as const)]}
        />
        <TextFilter
          label={t("filter.application")}
          placeholder={t("filter.idHint")}
          ofId
          value={filters.get("application")}
          onChange={(application) => filters.change({ application })}
        />
        <TextFilter
          label={t("filter.task")}
          placeholder={t("filter.idHint")}
          ofId
          value={filters.get("task")}
          onChange={(task) => filters.change({ task })}
        />
        <OrderSelect filters={filters} />
      </div>
      <Listing
        label={t("ledger.transfers")}
        query={transfers}
        columns={columns}
        keyOf={(row) => row.id}
        empty={isFiltered ? t("filter.nothing") : t("common:none")}
        filters={filters}
      />
    </section>
  );
}
