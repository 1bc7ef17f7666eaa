// services/offer.tsx: what a service costs, and Acquire: beside what is told of it.
import { useTranslation } from "react-i18next";

import { Acquire } from "./acquire";
import type { Service } from "./catalogue";
import { Price } from "./price";

export function Offer({ service }: { service: Service }) {
  const { t } = useTranslation("services");
  return (
    <div className="card stack svc-side">
      <h2 className="visually-hidden">{t("offer")}</h2>
      <Price service={service} />
      <p className="muted small">{t("whatCounts")}</p>
      <Acquire service={service} />
    </div>
  );
}
