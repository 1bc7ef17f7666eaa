// pages/support.tsx: whom to ask, as the operator says.
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { ErrorNote, Spinner } from "../components/ui";
import { useConfig } from "../shell";
import { useTitle } from "../title";

export function Page() {
  const { t } = useTranslation("services");
  const config = useConfig();
  useTitle(t("common:support"));
  const url = config.data?.support_url ?? null;
  return (
    <div className="page narrow">
      <h1>{t("common:support")}</h1>
      {config.isPending && <Spinner />}
      {config.isError && <ErrorNote error={config.error} onRetry={() => void config.refetch()} />}
      {config.data !== undefined && (
        <>
          <p>{url === null ? t("support.none") : t("support.text")} {t("support.trace")}</p>
          <p className="row">
            {url !== null && <a className="button primary" href={url}>{t("supportLink")}</a>}
            <Link className="button" to="/guides/errors">{t("support.errors")}</Link>
          </p>
        </>
      )}
    </div>
  );
}
