// usage/period.ts: which days are looked at, and how they are put together for a chart. Days are those of UTC, as the
// server's sums have them.
import i18next from "i18next";

import type { Schemas } from "../api/client";

export type Sum = Schemas["UsageSum"];

export const kPeriods = ["7", "30", "90", "custom"] as const;
export type PeriodKind = (typeof kPeriods)[number];

/** Both days belong to it. */
export interface Period {
  kind: PeriodKind;
  from: string;
  to: string;
}

const kDay = 86_400_000;
const kEarliest = "2000-01-01"; // A date field gives years such as 0002 while somebody types.
const kDaysMax = 92; // Of more days than these a chart shows months.

export function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function isDay(text: string | null): text is string {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && text >= kEarliest;
}

export function readPeriod(parameters: URLSearchParams, now = Date.now()): Period {
  const today = utcDay(now);
  const from = parameters.get("from");
  const to = parameters.get("to");
  if (isDay(from) && isDay(to)) {
    const [first, last] = from <= to ? [from, to] : [to, from];
    const upTo = last > today ? today : last;
    return { kind: "custom", from: first > upTo ? upTo : first, to: upTo };
  }
  const kind = kPeriods.find((value) => value === parameters.get("days") && value !== "custom") ?? "30";
  return { kind, from: utcDay(now - (Number(kind) - 1) * kDay), to: today };
}

export function boundsOf(period: Period): { created_at_min: string; created_at_max: string } {
  return { created_at_min: `${period.from}T00:00:00.000Z`, created_at_max: `${period.to}T23:59:59.999Z` };
}

function daysOf(period: Period): string[] {
  const days: string[] = [];
  for (let time = Date.parse(period.from); time <= Date.parse(period.to); time += kDay) days.push(utcDay(time));
  return days;
}

export interface Numbers {
  calls: number;
  completed: number;
  failed: number;
  cancelled: number;
  spent: number;
}

/** A bar of a chart, and a line of its table. */
export interface Bar extends Numbers {
  key: string;
  label: string;
}

export function total(sums: Sum[]): Numbers {
  const out: Numbers = { calls: 0, completed: 0, failed: 0, cancelled: 0, spent: 0 };
  for (const sum of sums) {
    out.calls += sum.calls;
    out.completed += sum.completed;
    out.failed += sum.failed;
    out.cancelled += sum.cancelled;
    out.spent += sum.deducted_amount;
  }
  out.spent = Math.round(out.spent * 1e6) / 1e6; // The ledger's finest; what is more comes of adding binary fractions.
  return out;
}

function labelOf(key: string): string {
  const options: Intl.DateTimeFormatOptions =
    key.length > 7 ? { month: "short", day: "numeric" } : { year: "numeric", month: "short" };
  const locale = i18next.language === "zh" ? "zh-CN" : "en";
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(Date.parse(key));
}

export function showsMonths(period: Period): boolean {
  return daysOf(period).length > kDaysMax;
}

/** A bar a day, those without calls too; a bar a month where the days are many. */
export function barsOf(period: Period, sums: Sum[]): Bar[] {
  const length = showsMonths(period) ? 7 : 10;
  const byKey = new Map<string, Sum[]>();
  for (const day of daysOf(period)) byKey.set(day.slice(0, length), []);
  for (const sum of sums) byKey.get((sum.day ?? "").slice(0, length))?.push(sum);
  const bars = [...byKey].map(([key, those]) => ({ key, label: labelOf(key), ...total(those) }));
  if (length === 10) return bars;
  const first = bars.findIndex(({ calls }) => calls > 0);
  return first < 0 ? bars : bars.slice(first);
}
