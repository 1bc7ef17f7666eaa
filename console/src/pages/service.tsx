// pages/service.tsx: one service: what it is, what it costs, how to get it and how to call it.
import "../style/services.css";

import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";

import { ApiError } from "../api/client";
import { ErrorNote, Spinner } from "../components/ui";
import { Apis } from "../services/apis";
import { useService, type Service } from "../services/catalogue";
import { Offer } from "../services/offer";
import { useConfig } from "../shell";
import { useTitle } from "../title";
import { useTold } from "../told/use_tell";
import { NotFound } from "./not_found";

function Steps() {
  const { t } = useTranslation("services");
  const config = useConfig();
  const support = config.data?.support_url ?? null;
  return (
    <section className="card stack" aria-labelledby="steps">
      <h2 id="steps">{t("steps.title")}</h2>
      <ol className="svc-steps">
        <li><strong>{t("steps.acquire")}</strong><span className="muted">{t("steps.acquireText")}</span></li>
        <li>
          <strong>{t("steps.key")}</strong>
          <span className="muted">{t("steps.keyText")} <Link to="/keys">{t("steps.keyLink")}</Link></span>
        </li>
        <li>
          <strong>{t("steps.call")}</strong>
          <span className="muted">
            {t("steps.callText")} <a href="/reference">{t("steps.callLink")}</a> · <Link to="/guides">{t("steps.guideLink")}</Link>
          </span>
        </li>
      </ol>
      {support !== null && <p className="muted small">{t("supportText")} <a href={support}>{t("supportLink")}</a></p>}
    </section>
  );
}

function Sheet({ service }: { service: Service }) {
  const told = useTold();
  return (
    <>
      <div className="page-head">
        <div className="stack svc-tight">
          <h1>{told(service.title)}</h1>
          <p>{told(service.description)}</p>
        </div>
      </div>
      <div className="svc">
        <Offer service={service} />
        <div className="stack svc-loose">
          <Steps />
          <Apis service={service} />
        </div>
      </div>
    </>
  );
}

export function Page() {
  const { t } = useTranslation("services");
  const told = useTold();
  const { id = "" } = useParams();
  const service = useService(id);
  useTitle(told(service.data?.title ?? t("title")));
  if (service.error instanceof ApiError && service.error.status === 404) return <NotFound />;
  return (
    <div className="page">
      <nav aria-label={t("path")}><Link className="svc-back" to="/services">← {t("all")}</Link></nav>
      {service.data === undefined && <h1 className="visually-hidden">{t("title")}</h1>}
      {service.isPending && <Spinner />}
      {service.isError && <ErrorNote error={service.error} onRetry={() => void service.refetch()} />}
      {service.data !== undefined && <Sheet service={service.data} />}
    </div>
  );
}
