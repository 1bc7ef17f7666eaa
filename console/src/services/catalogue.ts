// services/catalogue.ts: the services, and which of them the user has.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { ApiError, client, take, type Schemas } from "../api/client";
import { amount } from "../format";
import { useSession } from "../session";

export type Service = Schemas["Service"];
export type Application = Schemas["Application"];

const kId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const kPage = { params: { query: { limit: 100 } } };

export const kApplications = ["applications", "own"];

export function useServices() {
  return useQuery({
    queryKey: ["services", "all"],
    queryFn: () => take(client.GET("/api/v1/services/", kPage)),
  });
}

/** By its id or by its name, such as `luma`. */
export function useService(idOrName: string) {
  return useQuery({
    queryKey: ["services", "one", idOrName],
    queryFn: async () => {
      if (kId.test(idOrName)) {
        return take(client.GET("/api/v1/services/{id}/", { params: { path: { id: idOrName } } }));
      }
      const { items } = await take(client.GET("/api/v1/services/", kPage));
      const found = items.find((service) => service.name === idOrName);
      if (found === undefined) throw new ApiError(404, "not_found", "", null);
      return found;
    },
  });
}

/** The user's applications; one a service, and the general balance. */
export function useApplications() {
  const { user } = useSession();
  return useQuery({
    queryKey: kApplications,
    queryFn: () => take(client.GET("/api/v1/applications/", kPage)),
    enabled: user != null,
  });
}

export function useAmountOf(): (value: number, unit: string) => string {
  const { t } = useTranslation("services");
  return (value, unit) =>
    t("amountOf", { amount: amount(value), unit: t(`unit.${unit}`, { count: value, defaultValue: unit }) });
}
