// api/queries.ts: what both documents keep of the server's answers, and how often they ask again.
import { QueryClient } from "@tanstack/react-query";

import { ApiError } from "./client";

export function makeQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What was refused is refused again; only a server that could not be reached or failed is asked once more.
        retry: (failures, error) => failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
        staleTime: 5_000,
      },
    },
  });
}
