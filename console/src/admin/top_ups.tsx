// admin/top_ups.tsx: what was added to balances, and adding to one.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, take, type Schemas } from "../api/client";
import { Button } from "../components/ui";
import { amount, dateTime } from "../format";
import { useTold } from "../told/use_tell";
import { TopUpDialog } from "./application_acts";
import { defined, idOf, useFilters } from "./filters";
import { ApplicationName, UserName } from "./names";
import { Listing, OrderSelect, SectionHead, TextFilter, type Column } from "./parts";

export function useTopUpColumns(): Column<Schemas["TopUp"]>[] {
  const { t } = useTranslation("admin");
  const told = useTold();
  return [
    { id: "time", head: t("topUps.time"), cell: (row) => <span className="admin-time">{dateTime(row.created_at)}</span> },
    { id: "user", head: t("user.user"), cell: (row) => <UserName id={row.user_id} /> },
    { id: "balance", head: t("topUp.balance"), cell: (row) => <ApplicationName id={row.application_id} /> },
    { id: "amount", head: t("topUp.amount"), number: true, cell: (row) => <strong>+{amount(row.amount)}</strong> },
    { id: "rest", head: t("topUps.rest"), number: true, cell: (row) => amount(row.remaining_amount) },
    {
      id: "note",
      head: t("topUp.note"),
      cell: (row) => (row.note === "" ? <span className="muted">–</span> : <span className="admin-words">{told(row.note)}</span>),
    },
  ];
}

export function TopUps() {
  const { t } = useTranslation("admin");
  const filters = useFilters();
  const columns = useTopUpColumns();
  const [adds, setAdds] = useState(false);
  const application = filters.get("application");
  const query = defined({
    ...filters.slice,
    application_id: idOf(application),
    ordering: filters.get("order") === "oldest" ? ("created_at" as const) : undefined,
  });
  const topUps = useQuery({
    queryKey: ["admin", "top-ups", query],
    queryFn: ({ signal }) => take(client.GET("/api/v1/admin/top-ups/", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <section className="stack admin-section">
      <SectionHead title={t("tabs.topUps")} text={t("topUps.text")}>
        <Button look="primary" onClick={() => setAdds(true)}>
          <Plus size={18} aria-hidden="true" />
          {t("topUp.title")}
        </Button>
      </SectionHead>
      <div className="admin-filters">
        <TextFilter
          label={t("filter.application")}
          placeholder={t("filter.idHint")}
          ofId
          value={application}
          onChange={(id) => filters.change({ application: id })}
        />
        <OrderSelect filters={filters} />
      </div>
      <Listing
        label={t("tabs.topUps")}
        query={topUps}
        columns={columns}
        keyOf={(row) => row.id}
        empty={application === "" ? t("topUps.none") : t("filter.nothing")}
        filters={filters}
      />
      {adds && <TopUpDialog onClose={() => setAdds(false)} />}
    </section>
  );
}
