// services/apis.tsx: the calls of a service, with the ways to their descriptions.
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { CopyButton, ErrorNote, Spinner } from "../components/ui";
import { useConfig } from "../shell";
import { useTold } from "../told/use_tell";
import type { Service } from "./catalogue";
import { placesOf } from "./places";

function BaseUrl() {
  const { t } = useTranslation("services");
  const config = useConfig();
  if (config.isPending) return <Spinner />;
  if (config.isError) return <ErrorNote error={config.error} onRetry={() => void config.refetch()} />;
  return (
    <div className="svc-base">
      <span className="muted small">{t("baseUrl")}</span>
      <code>{config.data.base_url}</code>
      <CopyButton text={config.data.base_url} />
    </div>
  );
}

export function Apis({ service }: { service: Service }) {
  const { t } = useTranslation("services");
  const told = useTold();
  return (
    <section className="card stack" aria-labelledby="apis">
      <h2 id="apis">{t("apis")}</h2>
      <ul className="svc-apis">
        {service.apis.map((api) => (
          <li key={api.id}>
            <div className="stack svc-tight">
              <h3><Link to={`/documents/${api.id}`}>{told(api.title)}</Link></h3>
              <p className="row svc-call"><span className="badge accent">{api.method}</span><code>{api.path}</code></p>
            </div>
            <p className="row">
              <a
                className="button small"
                href={placesOf(api.path).reference}
                aria-label={t("referenceOf", { title: told(api.title) })}
              >
                {t("reference")}
              </a>
              <Link
                className="button small"
                to={placesOf(api.path).guide}
                aria-label={t("guideOf", { title: told(api.title) })}
              >
                {t("guide")}
              </Link>
            </p>
          </li>
        ))}
      </ul>
      {service.apis.length === 0 && <p className="muted">{t("noApis")}</p>}
      <BaseUrl />
    </section>
  );
}
