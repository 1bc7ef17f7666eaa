// pages/not_found.tsx: an address that shows nothing, and a page that failed.
import { useTranslation } from "react-i18next";
import { Link, useRouteError } from "react-router-dom";

import { Button, ErrorNote } from "../components/ui";
import { useTitle } from "../title";

export function NotFound() {
  const { t } = useTranslation();
  useTitle(t("notFound.title"));
  return (
    <div className="page narrow">
      <h1>{t("notFound.title")}</h1>
      <p className="muted">{t("notFound.text")}</p>
      <p><Link className="button" to="/">{t("notFound.home")}</Link></p>
    </div>
  );
}

export function PageError() {
  const { t } = useTranslation();
  return (
    <div className="page narrow">
      <ErrorNote error={useRouteError()} />
      <p><Button onClick={() => window.location.reload()}>{t("again")}</Button></p>
    </div>
  );
}
