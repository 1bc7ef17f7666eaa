// pages/services.tsx: the catalogue.
import "../style/services.css";

import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { ErrorNote, Spinner } from "../components/ui";
import { useAmountOf, useApplications, useServices, type Application, type Service } from "../services/catalogue";
import { Price } from "../services/price";
import { useTitle } from "../title";
import { useTold } from "../told/use_tell";

function Card({ service, application }: { service: Service; application: Application | undefined }) {
  const { t } = useTranslation("services");
  const amountOf = useAmountOf();
  const told = useTold();
  return (
    <li className="card svc-card">
      <div className="stack svc-tight">
        <div className="spread">
          <span className="muted small mono">{service.name}</span>
          {application !== undefined && (
            <span className={application.disabled ? "badge bad" : "badge good"}>
              {application.disabled ? t("off")
              : application.metered ? t("yoursWith", { amount: amountOf(application.remaining_amount, service.unit) })
              : t("yours")}
            </span>
          )}
        </div>
        <h2><Link to={`/services/${encodeURIComponent(service.name)}`}>{told(service.title)}</Link></h2>
        <p className="muted">{told(service.description)}</p>
      </div>
      <Price service={service} />
      <ul className="svc-paths" aria-label={t("apis")}>
        {service.apis.map((api) => (
          <li key={api.id}><span className="badge">{api.method}</span> <code>{api.path}</code></li>
        ))}
      </ul>
      <span className="svc-open" aria-hidden="true">{application === undefined ? t("openToAcquire") : t("open")} →</span>
    </li>
  );
}

export function Page() {
  const { t } = useTranslation("services");
  useTitle(t("title"));
  const services = useServices();
  const applications = useApplications();
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack svc-tight">
          <h1>{t("title")}</h1>
          <p>{t("lead")}</p>
        </div>
      </div>
      {services.isPending && <Spinner />}
      {services.isError && <ErrorNote error={services.error} onRetry={() => void services.refetch()} />}
      {applications.isError && <ErrorNote error={applications.error} onRetry={() => void applications.refetch()} />}
      {services.data?.items.length === 0 && <p className="card muted">{t("none")}</p>}
      {services.data !== undefined && services.data.items.length > 0 && (
        <ul className="svc-grid">
          {services.data.items.map((service) => (
            <Card
              key={service.id}
              service={service}
              application={applications.data?.items.find((each) => each.service_id === service.id)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
