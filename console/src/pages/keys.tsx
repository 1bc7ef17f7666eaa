// pages/keys.tsx: the user's applications, and the API tokens that draw on them.
import "../style/keys.css";

import { KeyRound, Webhook } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { ErrorNote, Spinner } from "../components/ui";
import { ApplicationCard } from "../keys/application_card";
import { ForUsers } from "../keys/log_in_panel";
import { useApplications } from "../keys/queries";
import { useSession } from "../session";
import { useTitle } from "../title";

function Applications() {
  const { t } = useTranslation("keys");
  const { user } = useSession();
  const applications = useApplications(user != null);
  const all = applications.data ?? [];
  // The general balance stands behind the others.
  const individual = all.filter(({ scope }) => scope === "Individual");
  const general = all.filter(({ scope }) => scope === "Global");
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack page-title">
          <h1>{t("title")}</h1>
          <p>{t("text")}</p>
        </div>
        <Link className="button" to="/deliveries"><Webhook size={16} aria-hidden="true" />{t("deliveries")}</Link>
      </div>
      {applications.isPending && <Spinner />}
      {applications.isError && <ErrorNote error={applications.error} onRetry={() => void applications.refetch()} />}
      {applications.isSuccess && individual.length === 0 && (
        <div className="card empty">
          <KeyRound size={28} aria-hidden="true" />
          <h2>{t("empty.title")}</h2>
          <p className="muted">{t("empty.text")}</p>
          <Link className="button primary" to="/services">{t("empty.services")}</Link>
        </div>
      )}
      {[...individual, ...general].map((application) => (
        <ApplicationCard key={application.id} application={application} />
      ))}
    </div>
  );
}

export function Page() {
  const { t } = useTranslation("keys");
  useTitle(t("title"));
  return <ForUsers title={t("title")} text={t("logIn")}><Applications /></ForUsers>;
}
