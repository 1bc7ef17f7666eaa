// admin/audit.tsx: who did what, and when.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { client, take, type Schemas } from "../api/client";
import { amount, dateTime } from "../format";
import { defined, idOf, isId, momentOf, useFilters } from "./filters";
import { UserPicker } from "./names";
import { IdText, Listing, OrderSelect, PeriodFields, SectionHead, Select, TextFilter, type Column } from "./parts";

type Entry = Schemas["AuditEntry"];

const kActions = [
  "user.created", "user.changed", "user.deleted", "user.reset_link_made", "user.password_set",
  "application.acquired", "application.suspended", "application.resumed",
  "balance.topped_up", "service.changed", "task.cancelled",
  "invitation.made", "invitation.withdrawn",
  "token.issued", "token.revoked", "platform_token.issued", "platform_token.revoked",
] as const;
const kPlaces: Record<string, string> = { user: "users", application: "applications", task: "tasks" };
const kMicros = "_micros";

function useValueText(): (name: string, value: unknown) => string {
  const { t } = useTranslation("admin");
  return (name, value) => {
    if (typeof value === "number" && name.endsWith(kMicros)) return amount(value / 1_000_000);
    if (typeof value === "boolean") return value ? t("yes") : t("no");
    if (value === "" || value === null) return "–";
    return typeof value === "string" ? value : JSON.stringify(value);
  };
}

function Details({ details, traceId }: { details: Record<string, unknown>; traceId: string | null }) {
  const { t } = useTranslation("admin");
  const text = useValueText();
  const entries = Object.entries(details);
  if (entries.length === 0 && traceId === null) return <span className="muted">–</span>;
  return (
    <dl className="admin-details">
      {entries.map(([name, value]) => {
        const short = name.endsWith(kMicros) ? name.slice(0, -kMicros.length) : name;
        const words = text(name, value);
        return (
          <div key={name}>
            <dt>{t(`detail.${short}`, { defaultValue: short })}</dt>
            <dd>{isId(words) ? <IdText id={words} what={short} /> : words}</dd>
          </div>
        );
      })}
      {traceId !== null && (
        <div>
          <dt>{t("common:traceId")}</dt>
          <dd><IdText id={traceId} what={t("common:traceId")} /></dd>
        </div>
      )}
    </dl>
  );
}

function Thing({ entry }: { entry: Entry }) {
  const { t } = useTranslation("admin");
  const place = kPlaces[entry.object_type];
  const what = t(`thing.${entry.object_type}`, { defaultValue: entry.object_type });
  return (
    <span className="admin-two">
      <span>{what}</span>
      <IdText
        id={entry.object_id}
        what={what}
        {...(place !== undefined ? { to: `/admin/${place}/${entry.object_id}` }
          : entry.object_type === "service" ? { to: "/admin/services" } : {})}
      />
    </span>
  );
}

export function Audit() {
  const { t } = useTranslation("admin");
  const filters = useFilters();
  const actor = idOf(filters.get("actor"));
  const query = defined({
    ...filters.slice,
    actor_id: actor,
    action: filters.get("action"),
    object_id: filters.get("object"),
    created_at_min: momentOf(filters.get("from"), "start"),
    created_at_max: momentOf(filters.get("to"), "end"),
    ordering: filters.get("order") === "oldest" ? ("at" as const) : undefined,
  });
  const trail = useQuery({
    queryKey: ["admin", "audit", query],
    queryFn: ({ signal }) => take(client.GET("/api/v1/admin/audit/", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  const columns: Column<Entry>[] = [
    { id: "at", head: t("audit.at"), cell: (entry) => <span className="admin-time">{dateTime(entry.at)}</span> },
    {
      id: "who",
      head: t("audit.who"),
      cell: (entry) => (
        <span className="admin-two">
          {entry.actor_id === null ? <span>{entry.actor === "" ? t("names.nobody") : entry.actor}</span>
            : <Link className="admin-name" to={`/admin/users/${entry.actor_id}`}>{entry.actor}</Link>}
          {entry.remote_address !== null && <code className="small muted">{entry.remote_address}</code>}
        </span>
      ),
    },
    {
      id: "what",
      head: t("audit.what"),
      cell: (entry) => (
        <span className="admin-two">
          <span>{t(`action.${entry.action}`, { defaultValue: entry.action })}</span>
          <code className="small muted">{entry.action}</code>
        </span>
      ),
    },
    { id: "thing", head: t("audit.thing"), cell: (entry) => <Thing entry={entry} /> },
    { id: "details", head: t("audit.details"), cell: (entry) => <Details details={entry.details} traceId={entry.trace_id} /> },
  ];
  const isFiltered = ["actor", "action", "object", "from", "to"].some((name) => filters.get(name) !== "");
  return (
    <section className="stack admin-section">
      <SectionHead title={t("tabs.audit")} text={t("audit.text")} />
      <div className="admin-filters">
        <Select
          label={t("audit.what")}
          value={filters.get("action")}
          onChange={(action) => filters.change({ action })}
          options={[["", t("filter.all")], ...kActions.map((action) => [action, t(`action.${action}`)] as const)]}
        />
        <UserPicker label={t("audit.who")} value={actor} onChange={(id) => filters.change({ actor: id })} />
        <TextFilter
          label={t("filter.object")}
          placeholder={t("filter.idHint")}
          value={filters.get("object")}
          onChange={(object) => filters.change({ object })}
        />
        <PeriodFields filters={filters} />
        <OrderSelect filters={filters} />
      </div>
      <Listing
        label={t("tabs.audit")}
        query={trail}
        columns={columns}
        keyOf={(entry) => entry.id}
        empty={isFiltered ? t("filter.nothing") : t("audit.none")}
        filters={filters}
      />
    </section>
  );
}
