// reference/caller.ts: as whom a call is tried, and with which key; and a new token for the code.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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

export interface NewToken {
  /** In this page's memory only. */
  token: string | null;
  isPending: boolean;
  error: unknown;
  /** Makes another token of the same application as `like`. */
  make(like: Credential): void;
  forget(): void;
}

export function useNewToken(name: string): NewToken {
  const { user } = useSession();
  const queries = useQueryClient();
  const make = useMutation({
    gcTime: 0, // The answer holds a token.
    mutationFn: async (like: Credential) => {
      const userId = user?.id;
      const { token } = await take(client.POST("/api/v1/credentials/", { body: { application_id: like.application_id, name } }));
      return { token, userId };
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["credentials"] }),
  });
  const { error, reset } = make;
  return {
    // The next one who logs in on this page does not see it.
    token: user != null && make.data?.userId === user.id ? make.data.token : null,
    isPending: make.isPending,
    error,
    make: (like) => make.mutate(like),
    forget: reset,
  };
}
