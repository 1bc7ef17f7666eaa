// keys/application_card.tsx: one application: its amount, its settings and its tokens.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { client, take } from "../api/client";
import { ErrorNote, Note } from "../components/ui";
import { useTold } from "../told/use_tell";
import { Balance } from "./balance";
import { CallbackSecret } from "./callback_secret";
import { CopyId } from "./copy_id";
import type { Application } from "./queries";
import { SwitchRow } from "./switch_row";
import { TokenList } from "./token_list";

function GlobalSwitch({ application }: { application: Application }) {
  const { t } = useTranslation("keys");
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (allow: boolean) =>
      take(
        client.PATCH("/api/v1/applications/{id}/", {
          params: { path: { id: application.id } },
          body: { allow_consume_global: allow },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["applications"] }),
  });
  return (
    <div className="setting">
      <SwitchRow
        label={t("global.label")}
        hint={t("global.hint")}
        checked={change.isPending ? change.variables : application.allow_consume_global}
        disabled={application.disabled}
        onChange={(allow) => {
          if (!change.isPending) change.mutate(allow);
        }}
      />
      {change.isError && <ErrorNote error={change.error} />}
    </div>
  );
}

export function ApplicationCard({ application }: { application: Application }) {
  const { t } = useTranslation("keys");
  const told = useTold();
  const isGlobal = application.scope === "Global";
  const title = isGlobal ? t("application.general") : told(application.service?.title ?? t("application.nameless"));
  return (
    <article className="card application" aria-labelledby={`application-${application.id}`}>
      <header className="spread">
        <div className="row">
          <h2 id={`application-${application.id}`}>{title}</h2>
          <span className="badge" title={t(isGlobal ? "scope.globalHint" : "scope.individualHint")}>
            {t(isGlobal ? "scope.global" : "scope.individual")}
          </span>
          {application.disabled && <span className="badge bad">{t("application.disabled")}</span>}
        </div>
        <div className="row">
          <CopyId id={application.id} what={t("application.id")} />
          <Link className="button quiet small" to={`/usage?application_id=${application.id}`}>
            {t("application.usage")}
            <span className="visually-hidden">: {title}</span>
          </Link>
        </div>
      </header>
      {application.disabled && <Note look="warn">{t("application.disabledText")}</Note>}
      <div className="application-parts">
        <div className="stack application-side">
          <Balance application={application} />
          {isGlobal ? (
            <p className="muted small setting">{t("scope.globalHint")}</p>
          ) : (
            application.metered && <GlobalSwitch application={application} />
          )}
          <CallbackSecret applicationId={application.id} />
        </div>
        <TokenList application={application} />
      </div>
    </article>
  );
}
