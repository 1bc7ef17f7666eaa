// accounts/platform_tokens.tsx: tokens by which programs manage the account; each is shown once, when it is made.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";

import { client, take, type Schemas } from "../api/client";
import { Button, CopyButton, Dialog, ErrorNote, Field, Spinner } from "../components/ui";
import { date, dateTime } from "../format";
import { focusField, isAbout, useFieldErrors } from "./field_errors";
import { closeDialog, Section } from "./section";

type Token = Schemas["PlatformToken"];

const kKey = ["platform-tokens"];
const kDays = ["0", "30", "90", "365"] as const; // 0: it never ends.
const kDay = 24 * 60 * 60 * 1000;

function NewToken({ onMade }: { onMade: () => Promise<void> }) {
  const { t } = useTranslation(["auth", "common"]);
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState("");
  const [days, setDays] = useState<string>("0");
  const make = useMutation({
    mutationFn: async () => {
      const made = await take(
        client.POST("/api/v1/platform-tokens/", {
          body: {
            ...(name.trim() === "" ? {} : { name: name.trim() }),
            expired_at: days === "0" ? null : new Date(Date.now() + Number(days) * kDay).toISOString(),
          },
        }),
      );
      await onMade();
      return made;
    },
    onSuccess: () => setName(""),
    gcTime: 0,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") focusField(form.current, "name");
    else make.mutate();
  };
  const wrong = useFieldErrors(make.error);
  return (
    <div className="stack">
      <form ref={form} className="acc-token-form" onSubmit={submit} noValidate>
        <Field
          label={t("tokens.name")}
          name="name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder={t("tokens.example")}
          maxLength={80}
          autoComplete="off"
          wrong={wrong("name")}
        />
        <label className="field">
          <span className="label">{t("tokens.ends")}</span>
          <select className="input" value={days} onChange={(event) => setDays(event.target.value)}>
            {kDays.map((value) => <option key={value} value={value}>{t(`tokens.after.${value}`)}</option>)}
          </select>
        </label>
        <Button type="submit" busy={make.isPending} disabled={name.trim() === ""}>{t("tokens.make")}</Button>
      </form>
      {make.isError && !isAbout(make.error, "name") && <ErrorNote error={make.error} />}
      <div className="acc-live" aria-live="polite">
        {make.isSuccess && (
          <div className="acc-secret">
            <p><strong>{t("tokens.made", { name: make.data.name })}</strong> {t("tokens.once")}</p>
            <code>{make.data.token}</code>
            <div className="row">
              <CopyButton text={make.data.token} small={false} />
              <Button look="quiet" onClick={() => make.reset()}>{t("tokens.kept")}</Button>
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

function Revocation({ token, onClose, onRevoked }: { token: Token; onClose: () => void; onRevoked: () => Promise<void> }) {
  const { t } = useTranslation(["auth", "common"]);
  const revoke = useMutation({
    mutationFn: async () => {
      await take(client.DELETE("/api/v1/platform-tokens/{id}/", { params: { path: { id: token.id } } }));
      await onRevoked();
    },
    onSuccess: onClose,
  });
  return (
    <Dialog title={t("tokens.deleteTitle", { name: token.name || token.prefix })} onClose={onClose}>
      <p>{t("tokens.deleteText")}</p>
      {revoke.isError && <ErrorNote error={revoke.error} />}
      <div className="row">
        <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate()}>{t("common:delete")}</Button>
        <Button look="quiet" onClick={closeDialog}>{t("common:cancel")}</Button>
      </div>
    </Dialog>
  );
}

export function PlatformTokens() {
  const { t } = useTranslation(["auth", "common"]);
  const queries = useQueryClient();
  const [leaving, setLeaving] = useState<Token | null>(null);
  // A user has a hundred at most, which is a page.
  const tokens = useQuery({
    queryKey: kKey,
    queryFn: () => take(client.GET("/api/v1/platform-tokens/", { params: { query: { limit: 100 } } })),
  });
  const reload = () => queries.invalidateQueries({ queryKey: kKey });
  const facts = (token: Token) =>
    [
      t("tokens.madeOn", { date: date(token.created_at) }),
      token.last_used_at === null ? t("tokens.unused") : t("tokens.usedOn", { date: dateTime(token.last_used_at) }),
      token.expired_at === null ? t("tokens.endless") : t("tokens.endsOn", { date: date(token.expired_at) }),
    ].join(" · ");
  return (
    <Section title={t("tokens.title")} lead={t("tokens.lead")}>
      <NewToken onMade={reload} />
      {tokens.isPending && <Spinner />}
      {tokens.isError && <ErrorNote error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.data?.items.length === 0 && <p className="muted">{t("tokens.none")}</p>}
      {tokens.data !== undefined && tokens.data.items.length > 0 && (
        <ul className="acc-tokens">
          {tokens.data.items.map((token) => (
            <li key={token.id}>
              <div>
                <p className="row">
                  <strong className="acc-token-name">{token.name || t("tokens.nameless")}</strong>
                  <code>{token.prefix}…</code>
                </p>
                <p className="muted small">{facts(token)}</p>
              </div>
              <Button
                small
                look="danger"
                onClick={() => setLeaving(token)}
                aria-label={t("tokens.deleteLabel", { name: token.name || token.prefix })}
              >
                {t("common:delete")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {leaving !== null && <Revocation token={leaving} onClose={() => setLeaving(null)} onRevoked={reload} />}
    </Section>
  );
}
