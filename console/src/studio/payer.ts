// studio/payer.ts: which application and credential pay for what is made here.
import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { client, take, type Schemas } from "../api/client";
import { useSession } from "../session";

export type Application = Schemas["Application"];
export type Credential = Schemas["Credential"];

export const kService = "dff45a0d-2858-4936-8e2b-3d49c52aff11";
// Of the credential that the page makes for itself. Its token is shown to nobody and kept nowhere.
const kOwnName = "Console";
const kApplications = ["studio", "applications"];
const kCredentials = ["studio", "credentials"];
// Which credential the user chose; its id is no secret.
const kChosen = "kinora-credential";

function isUsable(credential: Credential): boolean {
  return (
    !credential.disabled &&
    (credential.expired_at === null || Date.parse(credential.expired_at) > Date.now()) &&
    (credential.limited_amount === null || credential.used_amount < credential.limited_amount)
  );
}

function credentialsOf(application: Application) {
  return {
    queryKey: [...kCredentials, application.id],
    queryFn: async () => {
      const query = { application_id: application.id, limit: 100 };
      return (await take(client.GET("/api/v1/credentials/", { params: { query } }))).items;
    },
  };
}

function preferred(credentials: readonly Credential[], chosen: string | null): Credential | undefined {
  const usable = credentials.filter(isUsable);
  return (
    usable.find(({ id }) => id === chosen) ??
    usable.find(({ name, limited_amount }) => name === kOwnName && limited_amount === null) ??
    usable.find(({ limited_amount }) => limited_amount === null) ??
    usable[0]
  );
}

// Two that need one at the same time get the same.
let making: Promise<string> | null = null;

async function makeCredential(queries: QueryClient, application: Application): Promise<string> {
  const body = { application_id: application.id, name: kOwnName };
  const { id } = await take(client.POST("/api/v1/credentials/", { body }));
  await queries.invalidateQueries({ queryKey: kCredentials });
  return id;
}

/** One that pays, made where there is none. */
async function credentialFor(queries: QueryClient, application: Application): Promise<string> {
  const credentials = await queries.ensureQueryData(credentialsOf(application));
  const found = preferred(credentials, localStorage.getItem(kChosen));
  if (found !== undefined) return found.id;
  making ??= makeCredential(queries, application).finally(() => (making = null));
  return await making;
}

export interface Payer {
  /** Whether it is known what the user has. */
  ready: boolean;
  /** Why it is not. */
  error: unknown;
  service: Schemas["Service"] | undefined;
  application: Application | undefined;
  /** All that could pay. */
  credentials: readonly Credential[];
  credential: Credential | undefined;
  /** How many videos the balance is good for; null where that is not counted. */
  videosLeft: number | null;
  choose(id: string): void;
  credentialFor(application: Application): Promise<string>;
  acquire(): Promise<Application>;
  refresh(): void;
}

export function usePayer(): Payer {
  const { user } = useSession();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState(() => localStorage.getItem(kChosen));

  const service = useQuery({
    queryKey: ["studio", "service"],
    queryFn: () => take(client.GET("/api/v1/services/{id}/", { params: { path: { id: kService } } })),
    staleTime: 60_000,
  });
  const applications = useQuery({
    queryKey: kApplications,
    queryFn: async () => (await take(client.GET("/api/v1/applications/", { params: { query: { limit: 100 } } }))).items,
    enabled: user != null,
    staleTime: 0,
  });
  const application = applications.data?.find(({ service_id }) => service_id === kService);
  const general = applications.data?.find(({ scope }) => scope === "Global");
  const credentials = useQuery({
    queryKey: [...kCredentials, application?.id],
    queryFn: () => (application === undefined ? [] : credentialsOf(application).queryFn()),
    enabled: application !== undefined,
    staleTime: 0,
  });
  const usable = (credentials.data ?? []).filter(isUsable);

  let videosLeft: number | null = null;
  const price = service.data?.price ?? 0;
  if (application?.metered === true && price > 0) {
    const more = application.allow_consume_global ? (general?.remaining_amount ?? 0) : 0;
    videosLeft = Math.floor(application.remaining_amount / price + 1e-9) + Math.floor(more / price + 1e-9);
  }

  // What is known stays known while the server is away.
  const isReady = applications.data !== undefined && (application === undefined || credentials.data !== undefined);

  return {
    ready: isReady,
    error: isReady ? null : (applications.error ?? credentials.error),
    service: service.data,
    application,
    credentials: usable,
    credential: preferred(usable, chosen),
    videosLeft,
    choose(id) {
      localStorage.setItem(kChosen, id);
      setChosen(id);
    },
    credentialFor: (which) => credentialFor(queries, which),
    async acquire() {
      const acquired = await take(client.POST("/api/v1/applications/", { body: { service_id: kService } }));
      queries.setQueryData<Application[]>(kApplications, (before) => [
        acquired, ...(before ?? []).filter(({ id }) => id !== acquired.id),
      ]);
      return acquired;
    },
    refresh() {
      void queries.invalidateQueries({ queryKey: kApplications });
      void queries.invalidateQueries({ queryKey: kCredentials });
    },
  };
}
