// format.ts: amounts, times and sizes in the page's language.
import i18next from "i18next";

function locale(): string {
  return i18next.language === "zh" ? "zh-CN" : "en";
}

/** A balance or price; six decimals are the ledger's finest. */
export function amount(value: number): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 6 }).format(value);
}

export function count(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** "105 MB"; below a million in bytes. */
export function size(bytes: number): string {
  const isLarge = bytes >= 1_000_000;
  return new Intl.NumberFormat(locale(), {
    style: "unit", unit: isLarge ? "megabyte" : "byte", unitDisplay: isLarge ? "short" : "long", maximumFractionDigits: 0,
  }).format(isLarge ? bytes / 1_000_000 : bytes);
}

/** `time`: ISO 8601, or seconds since 1970. */
export function dateTime(time: string | number): string {
  const date = typeof time === "number" ? new Date(time * 1000) : new Date(time);
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(date);
}

export function date(time: string | number): string {
  const value = typeof time === "number" ? new Date(time * 1000) : new Date(time);
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(value);
}

/** "12 s", "3 min 5 s". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  const unit = (value: number, name: "second" | "minute") =>
    new Intl.NumberFormat(locale(), { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  if (minutes === 0) return unit(whole, "second");
  return `${unit(minutes, "minute")} ${unit(whole % 60, "second")}`;
}
