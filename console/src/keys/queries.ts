// keys/queries.ts: the user's applications and tokens, and the services that they are for.
import { useQuery } from "@tanstack/react-query";

import { client, take, type Schemas } from "../api/client";

export type Application = Schemas["Application"];
export type Credential = Schemas["Credential"];
export type Service = Schemas["Service"];

const kPageMax = 100;

/** What amounts are counted in; "Credit" has a word in each language, other units are the operator's. */
export function unitOf(application: Application, credits: string): string {
  const unit = application.service?.unit ?? "Credit";
  return unit === "Credit" ? credits : unit;
}

/** All items of a list, page after page, `max` at most. */
export async function everyItem<Item>(
  read: (slice: { limit: number; offset: number }) => Promise<{ items: Item[]; count: number }>,
  max = 1000,
): Promise<Item[]> {
  const items: Item[] = [];
  for (;;) {
    const page = await read({ limit: kPageMax, offset: items.length });
    items.push(...page.items);
    if (page.items.length === 0 || items.length >= Math.min(page.count, max)) return items;
  }
}

export function useApplications(enabled: boolean) {
  return useQuery({
    queryKey: ["applications", "every"],
    queryFn: ({ signal }) =>
      everyItem((slice) =>
        take(client.GET("/api/v1/applications/", { params: { query: { ...slice, ordering: "created_at" } }, signal })),
      ),
    enabled,
    // What is held is charged or given back soon.
    refetchInterval: ({ state }) => (state.data?.some((application) => application.held_amount > 0) === true ? 5_000 : false),
  });
}

/** The tokens of one application, or of all. */
export function useCredentials(applicationId: string | undefined, enabled = true) {
  return useQuery({
    queryKey: ["credentials", "every", applicationId ?? "all"],
    queryFn: ({ signal }) =>
      everyItem((slice) =>
        take(
          client.GET("/api/v1/credentials/", {
            params: { query: { ...slice, ...(applicationId === undefined ? {} : { application_id: applicationId }) } },
            signal,
          }),
        ),
      ),
    enabled,
  });
}

export function useServices() {
  return useQuery({
    queryKey: ["services", "every"],
    queryFn: ({ signal }) =>
      everyItem((slice) => take(client.GET("/api/v1/services/", { params: { query: slice }, signal }))),
    staleTime: 300_000,
  });
}
