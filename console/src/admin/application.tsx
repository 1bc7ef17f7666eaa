// admin/application.tsx: one application, its balance and what was added to it.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";

import { client, take } from "../api/client";
import { Button, ErrorNote, Note, Spinner } from "../components/ui";
import { amount, dateTime } from "../format";
import { useSession } from "../session";
import { ApplicationState, SuspendDialog, TopUpDialog } from "./application_acts";
import { mayChange, useApplicationOf, useBalanceName, UserName, useUserOf } from "./names";
import { BackLink, Facts, IdText, Listing, SectionHead } from "./parts";
import { useTopUpColumns } from "./top_ups";

const kLatest = 5;

function LatestTopUps({ id }: { id: string }) {
  const { t } = useTranslation("admin");
  const columns = useTopUpColumns().filter(({ id: column }) => column === "time" || column === "amount" || column === "note");
  const query = { application_id: id, limit: kLatest };
  const topUps = useQuery({
    queryKey: ["admin", "top-ups", query],
    queryFn: ({ signal }) => take(client.GET("/api/v1/admin/top-ups/", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="stack">
      <div className="spread">
        <h3>{t("application.latest")}</h3>
        <Link className="button small" to={`/admin/top-ups?application=${id}`}>{t("application.toTopUps")}</Link>
      </div>
      <Listing
        label={t("application.latest")}
        query={topUps}
        columns={columns}
        keyOf={(row) => row.id}
        empty={t("topUps.none")}
      />
    </div>
  );
}

export function ApplicationPage() {
  const { t } = useTranslation("admin");
  const { id = "" } = useParams();
  const { user: me } = useSession();
  const name = useBalanceName();
  const found = useApplicationOf(id);
  const owner = useUserOf(found.data?.user_id);
  const [tops, setTops] = useState(false);
  const [suspends, setSuspends] = useState(false);
  const application = found.data;
  const back = <BackLink to="/admin/applications">{t("application.back")}</BackLink>;
  if (application === undefined) {
    return (
      <section className="stack admin-section">
        {back}
        {found.isError ? <ErrorNote error={found.error} onRetry={() => void found.refetch()} /> : <Spinner />}
      </section>
    );
  }
  const changeable = owner.data !== undefined && mayChange(me, owner.data);
  return (
    <section className="stack admin-section">
      {back}
      <SectionHead title={name(application)} text={<UserName id={application.user_id} />}>
        <ApplicationState application={application} />
        <Button look="primary" onClick={() => setTops(true)}>{t("topUp.act")}</Button>
        {changeable && (
          <Button look={application.disabled ? undefined : "danger"} onClick={() => setSuspends(true)}>
            {application.disabled ? t("application.enable") : t("application.disable")}
          </Button>
        )}
      </SectionHead>
      {found.isError && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
      {owner.data !== undefined && !changeable && <Note>{t("application.outOfReach")}</Note>}
      <dl className="admin-figures">
        {(["remaining", "held", "used"] as const).map((each) => (
          <div className="card admin-figure" key={each}>
            <dt>{t(`application.${each}`)}</dt>
            <dd>{amount(application[`${each}_amount`])}</dd>
            <dd className="small muted">{t(`application.${each}Hint`)}</dd>
          </div>
        ))}
      </dl>
      <div className="card stack">
        <h3>{t("user.particulars")}</h3>
        <Facts
          facts={[
            [t("application.id"), <IdText key="id" id={application.id} what={t("application.id")} whole />],
            [t("application.scope"), application.scope === "Global" ? t("names.general") : t("application.individual")],
            [t("application.metered"), application.metered ? t("yes") : t("application.free")],
            [t("application.allows"), application.allow_consume_global ? t("yes") : t("no")],
            [t("application.created"), dateTime(application.created_at)],
          ]}
        />
        <div className="row">
          <Link className="button small" to={`/admin/tasks?application=${id}`}>{t("application.toTasks")}</Link>
          <Link className="button small" to={`/admin/ledger?application=${id}`}>{t("application.toTransfers")}</Link>
          <Link className="button small" to={`/admin/audit?object=${id}`}>{t("user.toTrail")}</Link>
        </div>
      </div>
      <LatestTopUps id={id} />
      {tops && <TopUpDialog application={application} onClose={() => setTops(false)} />}
      {suspends && <SuspendDialog application={application} onClose={() => setSuspends(false)} />}
    </section>
  );
}
