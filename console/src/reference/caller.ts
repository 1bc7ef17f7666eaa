// reference/caller.ts: as whom a call is tried, and with which key.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { client, take, type Schemas } from "../api/client";
import { useSession } from "../session";

export type Credential = Schemas["Credential"];

// An id, which opens nothing without its user's session.
const kStored = "kinora-reference-credential";

function isUsable({ disabled, expired_at: end }: Credential): boolean {
  return !disabled && (end == null || new Date(end).getTime() > Date.now());
}

export function useCredentialChoice() {
  const { user } = useSession();
  const [wanted, setWanted] = useState(() => localStorage.getItem(kStored));
  const query = useQuery({
    queryKey: ["credentials", "reference"],
    queryFn: ({ signal }) => take(client.GET("/api/v1/credentials/", { params: { query: { limit: 100 } }, signal })),
    select: ({ items }) => items.filter(isUsable),
    enabled: user != null,
  });
  const credentials = query.data;
  const chosen = credentials?.find(({ id }) => id === wanted) ?? credentials?.[0];
  return {
    credentials,
    chosen,
    choose(id: string) {
      localStorage.setItem(kStored, id);
      setWanted(id);
    },
  };
}
