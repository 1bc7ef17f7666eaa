// services/price.tsx: what a service costs, and what of it is free.
import { useTranslation } from "react-i18next";

import { useAmountOf, type Service } from "./catalogue";

export function Price({ service }: { service: Service }) {
  const { t } = useTranslation("services");
  const amountOf = useAmountOf();
  return (
    <dl className="svc-price">
      <div>
        <dt>{t("price")}</dt>
        <dd>{service.price === 0 ? t("free") : t("perCall", { amount: amountOf(service.price, service.unit) })}</dd>
      </div>
      <div>
        <dt>{t("freeAmount")}</dt>
        <dd>{service.free_amount === 0 ? t("noFreeAmount") : amountOf(service.free_amount, service.unit)}</dd>
      </div>
    </dl>
  );
}
