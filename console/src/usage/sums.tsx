// usage/sums.tsx: the period in four numbers.
import { useTranslation } from "react-i18next";

import { amount, count } from "../format";
import type { Numbers } from "./period";

export function Sums({ numbers }: { numbers: Numbers }) {
  const { t } = useTranslation("usage");
  const share = numbers.calls === 0 ? null : Math.floor((100 * numbers.completed) / numbers.calls);
  const tiles = [
    { name: "calls", value: count(numbers.calls), more: t("sums.callsHint") },
    {
      name: "completed",
      value: count(numbers.completed),
      more: share === null ? t("sums.noCalls") : t("sums.share", { share }),
    },
    {
      name: "unfinished",
      value: count(numbers.failed + numbers.cancelled),
      more: t("sums.failedAndCancelled", { failed: count(numbers.failed), cancelled: count(numbers.cancelled) }),
    },
    { name: "spent", value: amount(numbers.spent), more: t("sums.spentHint") },
  ] as const;
  return (
    <dl className="sum-tiles">
      {tiles.map(({ name, value, more }) => (
        <div key={name} className="card sum-tile">
          <dt>{t(`sums.${name}`)}</dt>
          <dd className="sum-value">{value}</dd>
          <dd className="muted small">{more}</dd>
        </div>
      ))}
    </dl>
  );
}
