// pages/usage.tsx: what was called and what it cost.
import "../style/keys.css";
import "../style/usage.css";

import { Webhook } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { ErrorNote, Spinner } from "../components/ui";
import { ForUsers } from "../keys/log_in_panel";
import { useTitle } from "../title";
import { Charts } from "../usage/charts";
import { total } from "../usage/period";
import { useNames, useSums, useUsageState } from "../usage/queries";
import { Records } from "../usage/records";
import { ScopeBar } from "../usage/scope_bar";
import { Sums } from "../usage/sums";

function Usage() {
  const { t } = useTranslation("usage");
  const { period, scope, filter, page, update } = useUsageState();
  const names = useNames();
  const byDay = useSums("day", scope);
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack page-title">
          <h1>{t("title")}</h1>
          <p>{t("text")}</p>
        </div>
        <Link className="button" to="/deliveries"><Webhook size={16} aria-hidden="true" />{t("deliveries")}</Link>
      </div>
      <ScopeBar period={period} scope={scope} names={names} update={update} />
      {byDay.isPending && <Spinner />}
      {byDay.isError && <ErrorNote error={byDay.error} onRetry={() => void byDay.refetch()} />}
      {byDay.isSuccess && (
        <>
          <Sums numbers={total(byDay.data)} />
          <Charts period={period} scope={scope} daySums={byDay.data} names={names} />
        </>
      )}
      <Records filter={filter} page={page} names={names} update={update} />
    </div>
  );
}

export function Page() {
  const { t } = useTranslation("usage");
  useTitle(t("title"));
  return <ForUsers title={t("title")} text={t("logIn")}><Usage /></ForUsers>;
}
