// keys/token_list.tsx: the API tokens of one application.
import { useQueryClient } from "@tanstack/react-query";
import { Pencil, Plus, RotateCw, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { client, take, type Schemas } from "../api/client";
import { Button, ErrorNote, Spinner } from "../components/ui";
import { amount, dateTime } from "../format";
import { useSession } from "../session";
import { Confirm } from "./confirm";
import { FreshPanel } from "./fresh_panel";
import { forget, set, useFresh } from "./fresh_token";
import { useCredentials, type Application, type Credential } from "./queries";
import { TokenForm } from "./token_form";

type State = "active" | "paused" | "expired" | "usedUp";

const kLooks: Record<State, string> = { active: "good", paused: "warn", expired: "bad", usedUp: "bad" };

function stateOf(credential: Credential): State {
  if (credential.disabled) return "paused";
  if (credential.expired_at !== null && new Date(credential.expired_at).getTime() <= Date.now()) return "expired";
  if (credential.limited_amount !== null && credential.used_amount >= credential.limited_amount) return "usedUp";
  return "active";
}

function Spent({ credential, isMetered }: { credential: Credential; isMetered: boolean }) {
  const { t } = useTranslation("keys");
  const { used_amount: used, limited_amount: limit } = credential;
  if (limit === null || !isMetered) {
    return <>{amount(used)} <span className="muted">/ {t("token.noLimit")}</span></>;
  }
  const share = limit === 0 ? 100 : Math.min(100, (100 * used) / limit);
  return (
    <>
      {amount(used)} <span className="muted">/ {amount(limit)}</span>
      <span className="spent-bar" aria-hidden="true">
        <span className={share >= 100 ? "full" : undefined} style={{ width: `${share}%` }} />
      </span>
    </>
  );
}

type Act = { kind: "edit" | "rotate" | "revoke"; credential: Credential } | { kind: "create" };

interface ItemProps {
  application: Application;
  credential: Credential;
  onAct: (act: Act) => void;
}

function TokenItem({ application, credential, onAct }: ItemProps) {
  const { t } = useTranslation("keys");
  const { t: common } = useTranslation();
  const state = stateOf(credential);
  const name = credential.name === "" ? t("token.nameless") : credential.name;
  const label = (act: string) => `${act}: ${name} (${credential.prefix}…)`;
  return (
    <li className="token">
      <div className="token-head">
        <span className="token-name">{name}</span>
        <code className="muted">{credential.prefix}…</code>
        <span className={`badge ${kLooks[state]}`}>{t(`token.state.${state}`)}</span>
      </div>
      <dl className="token-facts">
        <div>
          <dt>{t("token.spent")}</dt>
          <dd><Spent credential={credential} isMetered={application.metered} /></dd>
        </div>
        <div>
          <dt>{t("token.lastUsed")}</dt>
          <dd>{credential.last_used_at === null ? common("never") : dateTime(credential.last_used_at)}</dd>
        </div>
        <div>
          <dt>{t("token.expires")}</dt>
          <dd>{credential.expired_at === null ? common("never") : dateTime(credential.expired_at)}</dd>
        </div>
      </dl>
      <div className="token-acts">
        <Button small aria-label={label(t("token.edit"))} onClick={() => onAct({ kind: "edit", credential })}>
          <Pencil size={15} aria-hidden="true" />{t("token.edit")}
        </Button>
        <Button small aria-label={label(t("token.rotate"))} onClick={() => onAct({ kind: "rotate", credential })}>
          <RotateCw size={15} aria-hidden="true" />{t("token.rotate")}
        </Button>
        <Button
          small
          look="danger"
          aria-label={label(t("token.revoke"))}
          onClick={() => onAct({ kind: "revoke", credential })}
        >
          <Trash2 size={15} aria-hidden="true" />{t("token.revoke")}
        </Button>
        <Link className="button quiet small" to={`/usage?credential_id=${credential.id}`} aria-label={label(t("token.usage"))}>
          {t("token.usage")}
        </Link>
      </div>
    </li>
  );
}

export function TokenList({ application }: { application: Application }) {
  const { t } = useTranslation("keys");
  const { user } = useSession();
  const queries = useQueryClient();
  const tokens = useCredentials(application.id);
  const fresh = useFresh();
  const heading = useRef<HTMLHeadingElement>(null);
  const [act, setAct] = useState<Act | null>(null);
  const [told, setTold] = useState("");
  const end = () => setAct(null);

  const show = (created: Schemas["CreatedCredential"], isRotated: boolean) => {
    if (user == null) return;
    set({
      token: created.token,
      credentialId: created.id,
      applicationId: application.id,
      userId: user.id,
      isRotated,
      isKept: false,
    });
    void queries.invalidateQueries({ queryKey: ["credentials"] });
  };
  const nameOf = ({ name, prefix }: Credential) => (name === "" ? `${prefix}…` : name);

  return (
    <section className="stack tokens" aria-labelledby={`application-${application.id} tokens-${application.id}`}>
      <div className="spread">
        <h3 id={`tokens-${application.id}`} ref={heading} tabIndex={-1}>{t("token.title")}</h3>
        <Button small look="primary" disabled={application.disabled} onClick={() => setAct({ kind: "create" })}>
          <Plus size={16} aria-hidden="true" />{t("token.create")}
        </Button>
      </div>
      <p className="visually-hidden" aria-live="polite">{told}</p>
      {fresh !== null && !fresh.isKept && fresh.applicationId === application.id && (
        <FreshPanel application={application} fresh={fresh} onKept={() => heading.current?.focus()} />
      )}
      {tokens.isPending && <Spinner />}
      {tokens.isError && <ErrorNote error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.data?.length === 0 && <p className="muted token-none">{t("token.none")}</p>}
      {tokens.data !== undefined && tokens.data.length > 0 && (
        <ul className="token-list">
          {tokens.data.map((credential) => (
            <TokenItem key={credential.id} application={application} credential={credential} onAct={setAct} />
          ))}
        </ul>
      )}
      {act?.kind === "create" && (
        <TokenForm application={application} onCreated={(created) => show(created, false)} onClose={end} />
      )}
      {act?.kind === "edit" && <TokenForm application={application} credential={act.credential} onClose={end} />}
      {act?.kind === "rotate" && (
        <Confirm
          title={t("rotate.title", { name: nameOf(act.credential) })}
          action={t("token.rotate")}
          act={() =>
            take(client.POST("/api/v1/credentials/{id}/rotate/", { params: { path: { id: act.credential.id } } }))
          }
          onDone={(created) => show(created, true)}
          onClose={end}
        >
          <p>{t("rotate.text")}</p>
        </Confirm>
      )}
      {act?.kind === "revoke" && (
        <Confirm
          title={t("revoke.title", { name: nameOf(act.credential) })}
          action={t("token.revoke")}
          act={() => take(client.DELETE("/api/v1/credentials/{id}/", { params: { path: { id: act.credential.id } } }))}
          onDone={() => {
            forget(act.credential.id);
            setTold(t("revoke.done", { name: nameOf(act.credential) }));
            heading.current?.focus(); // Its button goes with its token.
            void queries.invalidateQueries({ queryKey: ["credentials"] });
          }}
          onClose={end}
        >
          <p>{t("revoke.text")}</p>
        </Confirm>
      )}
    </section>
  );
}
