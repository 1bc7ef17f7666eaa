// usage/queries.ts: the records and sums that the page's address asks for.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router-dom";

import { client, take, type Schemas } from "../api/client";
import { everyItem, useApplications, useCredentials, useServices } from "../keys/queries";
import { useTold } from "../told/use_tell";
import { boundsOf, readPeriod, type Period } from "./period";

export type UsageStatus = Schemas["UsageStatus"];
export type UsageRecord = Schemas["UsageRecord"];
export const kStatuses = ["completed", "failed", "cancelled"] as const satisfies readonly UsageStatus[];
export const kPageSize = 20;

/** What sums and records have in common. */
export interface Scope {
  created_at_min: string;
  created_at_max: string;
  application_id?: string;
  credential_id?: string;
}

export interface RecordFilter extends Scope {
  status?: UsageStatus;
  trace_id?: string;
}

interface UsageState {
  period: Period;
  scope: Scope;
  filter: RecordFilter;
  page: number;
  /** Changes the address; null takes a parameter away. All but a change of `page` lead back to the first. */
  update: (changes: Record<string, string | null>) => void;
}

/** What is looked at stands in the address, so that it can be linked to and found again. */
export function useUsageState(): UsageState {
  const [parameters, setParameters] = useSearchParams();
  const period = useMemo(() => readPeriod(parameters), [parameters]);
  const state = useMemo(() => {
    const applicationId = parameters.get("application_id");
    const credentialId = parameters.get("credential_id");
    const traceId = parameters.get("trace_id");
    const status = kStatuses.find((value) => value === parameters.get("status"));
    const scope: Scope = {
      ...boundsOf(period),
      ...(applicationId === null ? {} : { application_id: applicationId }),
      ...(credentialId === null ? {} : { credential_id: credentialId }),
    };
    const filter: RecordFilter = {
      ...scope,
      ...(status === undefined ? {} : { status }),
      ...(traceId === null ? {} : { trace_id: traceId }),
    };
    const page = Math.max(0, Math.trunc(Number(parameters.get("page") ?? 1)) - 1) || 0;
    return { scope, filter, page };
  }, [parameters, period]);
  const update = useCallback(
    (changes: Record<string, string | null>) => {
      setParameters(
        (before) => {
          const after = new URLSearchParams(before);
          after.delete("page");
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === "") after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParameters],
  );
  return { period, ...state, update };
}

/** The calls can answer in CSV too, which nobody asks for here. */
function inJson<Data>(answer: Data): Exclude<Data, string> {
  if (typeof answer === "string") throw new TypeError("the server answered with a text");
  return answer as Exclude<Data, string>;
}

export type Group = "day" | "service" | "credential";

export function useSums(group: Group, scope: Scope) {
  return useQuery({
    queryKey: ["usage", "sums", group, scope],
    queryFn: ({ signal }) =>
      everyItem(
        async (slice) =>
          inJson(
            await take(
              client.GET("/api/v1/usage/apis/aggregate/", {
                params: { query: { ...slice, ...scope, group_by: [group] } },
                signal,
              }),
            ),
          ),
        5000,
      ),
    // Sums by something else have other rows.
    placeholderData: (before, query) => (query?.queryKey[2] === group ? before : undefined),
  });
}

export function useRecords(filter: RecordFilter, page: number) {
  return useQuery({
    queryKey: ["usage", "records", filter, page],
    queryFn: async ({ signal }) =>
      inJson(
        await take(
          client.GET("/api/v1/usage/apis/", {
            params: { query: { ...filter, limit: kPageSize, offset: page * kPageSize } },
            signal,
          }),
        ),
      ),
    placeholderData: keepPreviousData,
  });
}

/** All that match, not only a page; the session's cookie goes with the link. */
export function csvLink(filter: RecordFilter): string {
  return `/api/v1/usage/apis/?${new URLSearchParams({ ...filter, format: "csv" }).toString()}`;
}

/** What ids are called; a token that was revoked has no name any more. */
export function useNames() {
  const { t } = useTranslation("usage");
  const told = useTold();
  const applications = useApplications(true);
  const credentials = useCredentials(undefined);
  const services = useServices();
  const isComplete = credentials.data !== undefined;
  return {
    applications: applications.data ?? [],
    credentials: credentials.data ?? [],
    service: (id: string | null | undefined) =>
      told(services.data?.find((service) => service.id === id)?.title ?? t("names.noService")),
    application: (id: string) => {
      const found = applications.data?.find((application) => application.id === id);
      if (found === undefined) return `${id.slice(0, 8)}…`;
      return found.scope === "Global" ? t("names.general") : told(found.service?.title ?? `${id.slice(0, 8)}…`);
    },
    credential: (id: string) => {
      const found = credentials.data?.find((credential) => credential.id === id);
      if (found === undefined) return isComplete ? t("names.revoked", { id: id.slice(0, 6) }) : `${id.slice(0, 6)}…`;
      return found.name === "" ? `${found.prefix}…` : found.name;
    },
  };
}

export type Names = ReturnType<typeof useNames>;
