// usage/plots.tsx: the charts themselves. recharts is large, so only usage/charts.tsx loads this file, when it is needed.
import {
  Bar as Column, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis, type TooltipProps,
} from "recharts";

import { amount, count } from "../format";
import type { Bar } from "./period";

export type Measure = "calls" | "spent";

/** Which of a bar's numbers are shown, from below, and in which colour. */
export interface Series {
  key: "completed" | "failed" | "cancelled" | "spent";
  name: string;
  colour: string;
}

interface Props {
  bars: Bar[];
  series: Series[];
  measure: Measure;
}

const kTick = { fill: "var(--muted)", fontSize: 12 };
const kCursor = { fill: "var(--sunken)" };

function worded(measure: Measure, value: number): string {
  return measure === "calls" ? count(value) : amount(value);
}

/** "1.2M": an axis has little room. */
function short(value: number): string {
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 }).format(value);
}

function Tip({ active, payload, series, measure }: TooltipProps<number, string> & Omit<Props, "bars">) {
  const bar = payload?.[0]?.payload as Bar | undefined;
  if (active !== true || bar === undefined) return null;
  return (
    <div className="plot-tip">
      <strong>{bar.label}</strong>
      {series.map(({ key, name, colour }) => (
        <span key={key}>
          <span className="swatch" style={{ background: colour }} />
          {name} <b>{worded(measure, bar[key])}</b>
        </span>
      ))}
    </div>
  );
}

export function DayPlot({ bars, series, measure }: Props) {
  return (
    <ResponsiveContainer width="100%" height={260}>
      <BarChart data={bars} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} barCategoryGap="18%">
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" tick={kTick} tickLine={false} axisLine={{ stroke: "var(--line)" }} minTickGap={22} />
        <YAxis
          tick={kTick}
          tickLine={false}
          axisLine={false}
          width={44}
          allowDecimals={measure === "spent"}
          tickFormatter={short}
        />
        <Tooltip
          cursor={kCursor}
          isAnimationActive={false}
          content={<Tip series={series} measure={measure} />}
        />
        {series.map(({ key, colour }) => (
          <Column key={key} dataKey={key} stackId="all" fill={colour} maxBarSize={34} isAnimationActive={false} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

export function SharePlot({ bars, series, measure }: Props) {
  return (
    <ResponsiveContainer width="100%" height={bars.length * 36 + 34}>
      <BarChart data={bars} layout="vertical" margin={{ top: 0, right: 12, bottom: 0, left: 0 }} barCategoryGap="28%">
        <CartesianGrid horizontal={false} stroke="var(--line)" />
        <XAxis
          type="number"
          tick={kTick}
          tickLine={false}
          axisLine={false}
          allowDecimals={measure === "spent"}
          tickFormatter={short}
        />
        <YAxis
          type="category"
          dataKey="key"
          width={104}
          tick={kTick}
          tickLine={false}
          axisLine={{ stroke: "var(--line)" }}
          interval={0}
          tickFormatter={(key: string) => {
            const label = bars.find((bar) => bar.key === key)?.label ?? "";
            return label.length > 24 ? `${label.slice(0, 23)}…` : label;
          }}
        />
        <Tooltip
          cursor={kCursor}
          isAnimationActive={false}
          content={<Tip series={series} measure={measure} />}
        />
        {series.map(({ key, colour }) => (
          <Column key={key} dataKey={key} stackId="all" fill={colour} maxBarSize={22} isAnimationActive={false} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
