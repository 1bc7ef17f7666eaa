// deliveries/queries.ts: the callbacks that were owed.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, take, type Schemas } from "../api/client";

export type Delivery = Schemas["Delivery"];
export type DeliveryState = Schemas["DeliveryState"];
export const kStates = ["waiting", "delivered", "given_up"] as const satisfies readonly DeliveryState[];
export const kPageSize = 12;

export interface DeliveryFilter {
  state?: DeliveryState;
  task_id?: string;
}

export function useDeliveries(filter: DeliveryFilter, page: number) {
  return useQuery({
    queryKey: ["deliveries", filter, page],
    queryFn: ({ signal }) =>
      take(
        client.GET("/api/v1/deliveries/", {
          params: { query: { ...filter, limit: kPageSize, offset: page * kPageSize } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some((item) => item.state === "waiting") === true ? 3_000 : false),
  });
}

export function useResend() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(client.POST("/api/v1/deliveries/{id}/resend/", { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["deliveries"] }),
  });
}
