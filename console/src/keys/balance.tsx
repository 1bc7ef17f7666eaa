// keys/balance.tsx: what is left of an application's amount, what is held and what was used.
import { useTranslation } from "react-i18next";

import { amount } from "../format";
import { unitOf, type Application } from "./queries";

export function Balance({ application }: { application: Application }) {
  const { t } = useTranslation("keys");
  const { remaining_amount: remaining, held_amount: held, used_amount: used } = application;
  if (!application.metered) {
    return (
      <div className="balance">
        <p className="balance-figure"><strong>{t("balance.free")}</strong></p>
        <p className="muted small">{t("balance.freeHint")}</p>
      </div>
    );
  }
  const parts = [
    { name: "remaining", value: remaining },
    { name: "held", value: held },
    { name: "used", value: used },
  ] as const;
  const total = remaining + held + used;
  return (
    <div className="balance">
      <p className="balance-figure">
        <strong>{amount(remaining)}</strong>{" "}
        <span className="muted">{t("balance.left", { unit: unitOf(application, t("balance.unit")) })}</span>
      </p>
      <div className="balance-bar" aria-hidden="true">
        {parts.map(({ name, value }) =>
          value > 0 && <span key={name} className={`part-${name}`} style={{ width: `${(100 * value) / total}%` }} />,
        )}
      </div>
      <dl className="balance-parts">
        {parts.map(({ name, value }) => (
          <div key={name} title={t(`balance.${name}Hint`)}>
            <dt><span className={`swatch part-${name}`} aria-hidden="true" />{t(`balance.${name}`)}</dt>
            <dd>{amount(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
