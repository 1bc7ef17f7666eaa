// usage/charts.tsx: calls and amounts by day and by service or token, drawn or as a table of the same numbers.
import { lazy, Suspense, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { ErrorNote, Spinner } from "../components/ui";
import { amount, count } from "../format";
import { Segmented } from "../keys/segmented";
import { barsOf, showsMonths, total, type Bar, type Period, type Sum } from "./period";
import type { Measure, Series } from "./plots";
import { useSums, type Names, type Scope } from "./queries";

const DayPlot = lazy(() => import("./plots").then((plots) => ({ default: plots.DayPlot })));
const SharePlot = lazy(() => import("./plots").then((plots) => ({ default: plots.SharePlot })));

type View = "chart" | "table";
const kSharesMax = 8;

function NumbersTable({ bars, first, label }: { bars: Bar[]; first: string; label: string }) {
  const { t } = useTranslation("usage");
  return (
    <div className="table-scroll numbers" role="group" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            <th scope="col" className="number">{t("sums.calls")}</th>
            <th scope="col" className="number">{t("status.completed")}</th>
            <th scope="col" className="number">{t("status.failed")}</th>
            <th scope="col" className="number">{t("status.cancelled")}</th>
            <th scope="col" className="number">{t("sums.spent")}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.key}>
              <th scope="row">{bar.label}</th>
              <td className="number">{count(bar.calls)}</td>
              <td className="number">{count(bar.completed)}</td>
              <td className="number">{count(bar.failed)}</td>
              <td className="number">{count(bar.cancelled)}</td>
              <td className="number">{amount(bar.spent)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Legend({ series }: { series: Series[] }) {
  if (series.length < 2) return null;
  return (
    <ul className="row small muted legend">
      {series.map(({ key, name, colour }) => (
        <li key={key}><span className="swatch" style={{ background: colour }} aria-hidden="true" />{name}</li>
      ))}
    </ul>
  );
}

/** Those with the most first, the rest of many as one. */
function largest(bars: Bar[], measure: Measure, others: string): Bar[] {
  const sorted = [...bars].sort((a, b) => b[measure] - a[measure] || b.calls - a.calls);
  if (sorted.length <= kSharesMax) return sorted;
  const rest = sorted.slice(kSharesMax - 1);
  const sum: Bar = { key: "others", label: others, calls: 0, completed: 0, failed: 0, cancelled: 0, spent: 0 };
  for (const bar of rest) {
    for (const key of ["calls", "completed", "failed", "cancelled", "spent"] as const) sum[key] += bar[key];
  }
  return [...sorted.slice(0, kSharesMax - 1), sum];
}

interface Props {
  period: Period;
  scope: Scope;
  daySums: Sum[];
  names: Names;
}

export function Charts({ period, scope, daySums, names }: Props) {
  const { t } = useTranslation("usage");
  const id = useId();
  const [measure, setMeasure] = useState<Measure>("calls");
  const [view, setView] = useState<View>("chart");
  const [group, setGroup] = useState<"service" | "credential">("service");
  const shares = useSums(group, scope);

  const series: Series[] =
    measure === "spent"
      ? [{ key: "spent", name: t("sums.spent"), colour: "var(--accent)" }]
      : [
          { key: "completed", name: t("status.completed"), colour: "var(--good)" },
          { key: "failed", name: t("status.failed"), colour: "var(--bad)" },
          { key: "cancelled", name: t("status.cancelled"), colour: "var(--line-strong)" },
        ];
  const days = barsOf(period, daySums);
  const parts: Bar[] = (shares.data ?? []).map((sum) => ({
    key: (group === "service" ? sum.service_id : sum.credential_id) ?? "none",
    label: group === "service" ? names.service(sum.service_id) : names.credential(sum.credential_id ?? ""),
    ...total([sum]),
  }));
  const sortedParts = [...parts].sort((a, b) => b[measure] - a[measure]);
  const isMonthly = showsMonths(period);
  const titles = { days: t(isMonthly ? "charts.perMonth" : "charts.perDay"), shares: t(`charts.per_${group}`) };
  const numbers = total(daySums);
  const told = (title: string) =>
    t("charts.told", { title, calls: count(numbers.calls), spent: amount(numbers.spent) });
  const placeholder = <div className="plot-wait"><Spinner /></div>;

  return (
    <section className="stack" aria-labelledby={`${id}-title`}>
      <div className="spread">
        <h2 id={`${id}-title`}>{t("charts.title")}</h2>
        <div className="row">
          <Segmented
            label={t("charts.measure")}
            options={[{ value: "calls", label: t("sums.calls") }, { value: "spent", label: t("sums.spent") }]}
            value={measure}
            onChange={setMeasure}
          />
          <Segmented
            label={t("charts.view")}
            options={[{ value: "chart", label: t("charts.chart") }, { value: "table", label: t("charts.table") }]}
            value={view}
            onChange={setView}
          />
        </div>
      </div>
      <div className="charts">
        <section className="card stack" aria-labelledby={`${id}-days`}>
          <h3 id={`${id}-days`}>{titles.days}</h3>
          {numbers.calls === 0 && <p className="muted none">{t("charts.none")}</p>}
          {numbers.calls > 0 && view === "table" && (
            <NumbersTable
              bars={[...days].reverse()}
              first={t(isMonthly ? "charts.month" : "charts.day")}
              label={titles.days}
            />
          )}
          {numbers.calls > 0 && view === "chart" && (
            <figure className="stack">
              <div className="plot" role="img" aria-label={told(titles.days)}>
                <Suspense fallback={placeholder}><DayPlot bars={days} series={series} measure={measure} /></Suspense>
              </div>
              <figcaption className="spread small muted"><Legend series={series} /><span>{t("charts.utc")}</span></figcaption>
            </figure>
          )}
        </section>
        <section className="card stack" aria-labelledby={`${id}-shares`}>
          <div className="spread">
            <h3 id={`${id}-shares`}>{titles.shares}</h3>
            <Segmented
              label={t("charts.group")}
              options={[
                { value: "service", label: t("charts.service") },
                { value: "credential", label: t("charts.credential") },
              ]}
              value={group}
              onChange={setGroup}
            />
          </div>
          {shares.isPending && placeholder}
          {shares.isError && <ErrorNote error={shares.error} onRetry={() => void shares.refetch()} />}
          {shares.isSuccess && parts.length === 0 && <p className="muted none">{t("charts.none")}</p>}
          {shares.isSuccess && parts.length > 0 && view === "table" && (
            <NumbersTable bars={sortedParts} first={t(`charts.${group}`)} label={titles.shares} />
          )}
          {shares.isSuccess && parts.length > 0 && view === "chart" && (
            <div className="plot" role="img" aria-label={told(titles.shares)}>
              <Suspense fallback={placeholder}>
                <SharePlot bars={largest(parts, measure, t("charts.others"))} series={series} measure={measure} />
              </Suspense>
            </div>
          )}
        </section>
      </div>
    </section>
  );
}
