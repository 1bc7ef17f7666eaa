// admin/times.ts: how long ago something was.
import i18next from "i18next";

const kUnits = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]] as const;

/** "5 sec. ago"; the server's clock may be a little ahead of this one. */
export function ago(time: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1_000));
  const [unit, size] = kUnits.find(([, each]) => seconds >= each) ?? (["second", 1] as const);
  const format = new Intl.RelativeTimeFormat(i18next.language === "zh" ? "zh-CN" : "en", { style: "short" });
  return format.format(-Math.floor(seconds / size), unit);
}
