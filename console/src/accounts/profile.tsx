// accounts/profile.tsx: the nickname, and the e-mail address with what is known of it.
import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";

import { client, take } from "../api/client";
import { Button, ErrorNote, Field, Note } from "../components/ui";
import { date } from "../format";
import { useSession, type User } from "../session";
import { useConfig } from "../shell";
import { focusField, isAbout, useFieldErrors } from "./field_errors";
import { Section } from "./section";

function Address({ user }: { user: User }) {
  const { t } = useTranslation("auth");
  const config = useConfig();
  const ask = useMutation({ mutationFn: () => take(client.POST("/api/v1/email-verifications/")) });
  const mails = config.data?.mail === true;
  return (
    <div className="stack">
      <dl className="acc-facts">
        <div>
          <dt>{t("email")}</dt>
          <dd className="row">
            <span className="acc-address">{user.email}</span>
            {user.verified && <span className="badge good">{t("profile.verified")}</span>}
            {!user.verified && mails && <span className="badge warn">{t("profile.unverified")}</span>}
          </dd>
        </div>
        <div>
          <dt>{t("profile.since")}</dt>
          <dd>{date(user.created_at)}</dd>
        </div>
        {user.role !== "user" && (
          <div>
            <dt>{t("profile.role")}</dt>
            <dd>{t(`profile.roles.${user.role}`)}</dd>
          </div>
        )}
      </dl>
      {!user.verified && mails && (
        ask.isSuccess ? (
          <Note look="good">{t("profile.sent", { email: user.email })}</Note>
        ) : (
          <div className="stack">
            {ask.isError && <ErrorNote error={ask.error} />}
            <div className="row">
              <Button onClick={() => ask.mutate()} busy={ask.isPending}>{t("profile.ask")}</Button>
            </div>
          </div>
        )
      )}
    </div>
  );
}

export function Profile({ user }: { user: User }) {
  const { t } = useTranslation(["auth", "common"]);
  const { refresh } = useSession();
  const form = useRef<HTMLFormElement>(null);
  const [nickname, setNickname] = useState(user.nickname);
  const save = useMutation({
    mutationFn: async () => {
      const changed = await take(client.PATCH("/api/v1/users/me/", { body: { nickname: nickname.trim() } }));
      await refresh();
      return changed;
    },
    onSuccess: (changed) => setNickname(changed.nickname),
    onError: () => focusField(form.current, "nickname"),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const wrong = useFieldErrors(save.error);
  return (
    <Section title={t("profile.title")} lead={t("profile.lead")}>
      <Address user={user} />
      <form ref={form} className="stack" onSubmit={submit} noValidate>
        <Field
          label={t("profile.nickname")}
          name="nickname"
          value={nickname}
          onChange={(event) => setNickname(event.target.value)}
          autoComplete="nickname"
          maxLength={80}
          wrong={wrong("nickname")}
        />
        {save.isError && !isAbout(save.error, "nickname") && <ErrorNote error={save.error} />}
        <div className="row">
          <Button type="submit" busy={save.isPending} disabled={nickname.trim() === user.nickname}>{t("common:save")}</Button>
          <span className="muted small" aria-live="polite">
            {save.isSuccess && nickname === user.nickname ? t("profile.saved") : ""}
          </span>
        </div>
      </form>
    </Section>
  );
}
