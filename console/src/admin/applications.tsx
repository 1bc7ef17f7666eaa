// admin/applications.tsx: the applications and general balances of all users.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { client, take, type Schemas } from "../api/client";
import { amount, date } from "../format";
import { ApplicationState } from "./application_acts";
import { defined, idOf, useFilters } from "./filters";
import { useBalanceName, UserName, UserPicker } from "./names";
import { Listing, OrderSelect, SectionHead, type Column } from "./parts";

export function Applications() {
  const { t } = useTranslation("admin");
  const name = useBalanceName();
  const filters = useFilters();
  const user = idOf(filters.get("user"));
  const query = defined({
    ...filters.slice,
    user_id: user,
    ordering: filters.get("order") === "oldest" ? ("created_at" as const) : undefined,
  });
  const applications = useQuery({
    queryKey: ["admin", "applications", query],
    queryFn: ({ signal }) => take(client.GET("/api/v1/admin/applications/", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  const columns: Column<Schemas["Application"]>[] = [
    {
      id: "name",
      head: t("application.name"),
      cell: (row) => (
        <span className="admin-two">
          <Link className="admin-name" to={`/admin/applications/${row.id}`}>{name(row)}</Link>
          <ApplicationState application={row} />
        </span>
      ),
    },
    { id: "user", head: t("user.user"), cell: (row) => <UserName id={row.user_id} /> },
    { id: "remaining", head: t("application.remaining"), number: true, cell: (row) => amount(row.remaining_amount) },
    { id: "held", head: t("application.held"), number: true, cell: (row) => amount(row.held_amount) },
    { id: "used", head: t("application.used"), number: true, cell: (row) => amount(row.used_amount) },
    { id: "created", head: t("application.created"), number: true, cell: (row) => date(row.created_at) },
  ];
  return (
    <section className="stack admin-section">
      <SectionHead title={t("tabs.applications")} text={t("applications.text")} />
      <div className="admin-filters">
        <UserPicker label={t("user.user")} value={user} onChange={(id) => filters.change({ user: id })} />
        <OrderSelect filters={filters} />
      </div>
      <Listing
        label={t("tabs.applications")}
        query={applications}
        columns={columns}
        keyOf={(row) => row.id}
        empty={user === undefined ? t("common:none") : t("filter.nothing")}
        filters={filters}
      />
    </section>
  );
}
