// services/acquire.tsx: gets a service for who has it not yet, and shows its balance to who has.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowRight, KeyRound } from "lucide-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { ApiError, client, take } from "../api/client";
import { Button, ErrorNote, Note, Spinner } from "../components/ui";
import { useLogInFirst, useResumedAct } from "../next";
import { useSession } from "../session";
import { useAmountOf, useApplications, type Application, type Service } from "./catalogue";

function Balance({ application, unit }: { application: Application; unit: string }) {
  const { t } = useTranslation("services");
  const amountOf = useAmountOf();
  return (
    <div className="stack">
      <div className="svc-balance">
        <span className="muted small">{t("balance")}</span>
        <strong>{application.metered ? amountOf(application.remaining_amount, unit) : t("unmetered")}</strong>
        <span className="muted small">
          {t("used", { amount: amountOf(application.used_amount, unit) })}
          {application.held_amount > 0 && ` · ${t("held", { amount: amountOf(application.held_amount, unit) })}`}
        </span>
      </div>
      {application.disabled && <Note look="warn">{t("disabled")}</Note>}
      <div className="stack svc-tight">
        <Link className="button primary svc-wide" to="/keys">
          <KeyRound size={18} aria-hidden="true" />{t("toKeys")}
        </Link>
        <Link className="button svc-wide" to="/">{t("toStudio")}<ArrowRight size={18} aria-hidden="true" /></Link>
        <Link className="button quiet svc-wide" to="/usage">{t("toUsage")}</Link>
      </div>
    </div>
  );
}

export function Acquire({ service }: { service: Service }) {
  const { t } = useTranslation("services");
  const { user } = useSession();
  const queries = useQueryClient();
  const logInFirst = useLogInFirst();
  const applications = useApplications();
  const amountOf = useAmountOf();
  const acquisition = useMutation({
    mutationFn: async () => {
      let status = 0;
      const application = await take(
        client.POST("/api/v1/applications/", { body: { service_id: service.id } }).then((answer) => {
          status = answer.response.status;
          return answer;
        }),
      );
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes("applications") });
      return { application, isNew: status === 201 };
    },
  });
  const { mutate } = acquisition;
  useResumedAct("acquire", useCallback(() => mutate(), [mutate]));

  const own =
    applications.data?.items.find((application) => application.service_id === service.id) ??
    acquisition.data?.application;
  const needsAddress =
    acquisition.error instanceof ApiError && acquisition.error.status === 403 && user != null && !user.verified;
  const acquire = () => (user === null ? logInFirst("acquire") : mutate());
  const isLoading = user === undefined || (user !== null && applications.isPending && own === undefined);
  return (
    <div className="stack">
      <div className="svc-live" aria-live="polite">
        {acquisition.isSuccess && (
          <Note look="good">
            {!acquisition.data.isNew ? t("hadIt")
            : acquisition.data.application.remaining_amount > 0
              ? t("acquiredWith", { amount: amountOf(acquisition.data.application.remaining_amount, service.unit) })
            : t("acquired")}
          </Note>
        )}
      </div>
      {isLoading ? (
        <Spinner />
      ) : own !== undefined ? (
        <Balance application={own} unit={service.unit} />
      ) : applications.isError ? (
        <ErrorNote error={applications.error} onRetry={() => void applications.refetch()} />
      ) : (
        <>
          <Button look="primary" className="svc-wide svc-tall" busy={acquisition.isPending} onClick={acquire}>{t("acquire")}</Button>
          <p className="muted small">{user === null ? t("acquireHintOut") : t("acquireHint")}</p>
        </>
      )}
      {acquisition.isError && <ErrorNote error={acquisition.error} />}
      {needsAddress && <p><Link to="/account">{t("confirmAddress")}</Link></p>}
    </div>
  );
}
