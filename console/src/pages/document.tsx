// pages/document.tsx: one API: what it does, what it costs, Acquire, and code to begin with.
import "../style/services.css";

import { Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useParams } from "react-router-dom";

import { CodeBlock } from "../code/code_block";
import { kTokenPlace } from "../code/samples";
import { CopyButton, ErrorNote, Spinner } from "../components/ui";
import { useFreshToken } from "../keys/fresh_token";
import { useServices, type Service } from "../services/catalogue";
import { Offer } from "../services/offer";
import { kDocuments, placesOf } from "../services/places";
import { useBaseUrl } from "../shell";
import { useTitle } from "../title";
import { useTold } from "../told/use_tell";
import { NotFound } from "./not_found";

type Api = Service["apis"][number];

function Sheet({ service, api }: { service: Service; api: Api }) {
  const told = useTold();
  const { t } = useTranslation("services");
  const token = useFreshToken();
  const places = placesOf(api.path);
  const baseUrl = useBaseUrl();
  useTitle(told(api.title));
  return (
    <div className="page">
      <nav aria-label={t("path")}><Link className="svc-back" to={`/services/${service.name}`}>← {told(service.title)}</Link></nav>
      <div className="page-head">
        <div className="stack svc-tight">
          <h1>{told(api.title)}</h1>
          <p className="row svc-call"><span className="badge accent">{api.method}</span><code>{baseUrl}{api.path}</code><CopyButton text={baseUrl + api.path} /></p>
        </div>
      </div>
      <div className="svc">
        <Offer service={service} />
        <div className="stack svc-loose">
          <section className="card stack" aria-labelledby="about">
            <h2 id="about">{t("about")}</h2>
            <p>{t(`call.${api.path.replace(/^\//, "").replaceAll("/", "_")}`, { defaultValue: told(service.description) })}</p>
            <p className="row">
              <a className="button primary" href={places.reference}><Play size={16} aria-hidden="true" />{t("try")}</a>
              <Link className="button" to={places.guide}>{t("guide")}</Link>
            </p>
          </section>
          {places.sample !== undefined && (
            <section className="stack" aria-labelledby="code">
              <h2 id="code">{t("code")}</h2>
              <CodeBlock label={t("code")} call={places.sample} options={{ baseUrl, token: token ?? kTokenPlace }} />
            </section>
          )}
        </div>
      </div>
    </div>
  );
}

export function Page() {
  const { t } = useTranslation("services");
  const { id = "" } = useParams();
  const services = useServices();
  const place = kDocuments.get(id) ?? "";
  if (place.startsWith("/guides/")) return <Navigate to={place} replace />;
  if (services.data === undefined) {
    return (
      <div className="page">
        <h1 className="visually-hidden">{t("title")}</h1>
        {services.isError ? <ErrorNote error={services.error} onRetry={() => void services.refetch()} /> : <Spinner />}
      </div>
    );
  }
  for (const service of services.data.items) {
    const api = service.apis.find((each) => each.id === id || each.path === place);
    if (api !== undefined) return <Sheet service={service} api={api} />;
  }
  return <NotFound />;
}
