// usage/elapsed.ts: short times to the tenth of a second or the millisecond, and moments to the second.
import i18next from "i18next";

import { duration } from "../format";

function locale(): string {
  return i18next.language === "zh" ? "zh-CN" : "en";
}

/** `time` in ISO 8601. */
export function moment(time: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "medium" }).format(new Date(time));
}

/** "0.2 s" and "182 ms" below a minute, "3 min 5 s" above. */
export function elapsed(seconds: number): string {
  if (seconds >= 60) return duration(seconds);
  const isShort = seconds < 1;
  return new Intl.NumberFormat(locale(), {
    style: "unit",
    unit: isShort ? "millisecond" : "second",
    unitDisplay: "short",
    maximumFractionDigits: isShort ? 0 : 1,
  }).format(isShort ? seconds * 1000 : seconds);
}
