// guides/catalogue.ts: which guides there are, how one reads, and what this server fills in.
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import { withoutSlash } from "../api/base_url";
import { client, take, type Schemas } from "../api/client";
import { amount, count, size } from "../format";

export const kGuides = ["first-call", "polling", "callbacks", "errors", "limits", "billing"] as const;
export type GuideName = (typeof kGuides)[number];

export interface Table {
  head: string[];
  rows: string[][];
}

/** A block has one of these; `label` and `notation` go with `code` and `text`. */
export interface Block {
  h?: string;
  id?: string;
  p?: string;
  note?: string;
  steps?: string[];
  list?: string[];
  table?: Table;
  code?: string;
  text?: string;
  label?: string;
  notation?: "json" | "text";
}

export function isGuide(name: string | undefined): name is GuideName {
  return kGuides.some((guide) => guide === name);
}

export function useGuideText() {
  const { t } = useTranslation("guides");
  return {
    title: (name: GuideName) => t(`guides.${name}.title`),
    lead: (name: GuideName) => t(`guides.${name}.lead`),
    blocks: (name: GuideName, values: Record<string, string>) =>
      t(`guides.${name}.blocks`, { returnObjects: true, ...values }) as unknown as Block[],
  };
}

export function useService() {
  return useQuery({
    queryKey: ["services", "guides"],
    queryFn: ({ signal }) => take(client.GET("/api/v1/services/", { params: { query: { limit: 100 } }, signal })),
    select: ({ items }) => items.find(({ name }) => name === "luma") ?? items[0] ?? null,
    staleTime: 300_000,
  });
}

function kept(seconds: number, t: TFunction<"guides">): string {
  if (seconds === 0) return t("kept.forever");
  const days = Math.round(seconds / 86_400);
  return seconds < 86_400
    ? t("kept.hours", { hours: count(Math.round(seconds / 3600)) })
    : t("kept.days", { count: days, days: count(days) });
}

/** What the sentences of the guides name of this server. */
export function valuesOf(
  config: Schemas["Config"],
  service: Schemas["Service"] | null,
  t: TFunction<"guides">,
  unit: string,
): Record<string, string> {
  const limit = (value: number) => (value === 0 ? t("noLimit") : count(value));
  return {
    baseUrl: withoutSlash(config.base_url),
    running: limit(config.limits.running),
    queued: limit(config.limits.queued),
    rps: limit(config.limits.rps),
    imageMax: size(config.uploads.image_bytes_max),
    videoMax: size(config.uploads.video_bytes_max),
    retention: kept(config.retention, t),
    uploadsKept: kept(config.uploads.kept, t),
    price: amount(service?.price ?? 0),
    free: amount(service?.free_amount ?? 0),
    unit,
  };
}
