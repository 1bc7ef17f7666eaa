// pages/forgot_password.tsx: asks for a link that sets a new password.
import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { Door, useNextPlace } from "../accounts/door";
import { EmailField } from "../accounts/email_field";
import { focusField, isAbout, useFieldErrors } from "../accounts/field_errors";
import { client, take } from "../api/client";
import { Button, ErrorNote, Note, Spinner } from "../components/ui";
import { useConfig } from "../shell";
import { useTitle } from "../title";

function ByMail() {
  const { t } = useTranslation(["auth", "common"]);
  const form = useRef<HTMLFormElement>(null);
  const [email, setEmail] = useState("");
  const [judged, setJudged] = useState(false);
  const ask = useMutation({
    mutationFn: () => take(client.POST("/api/v1/password-resets/", { body: { email: email.trim() } })),
    onError: () => focusField(form.current, "email"),
  });
  const wrong = useFieldErrors(ask.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setJudged(true);
    if (email.trim() === "") focusField(form.current, "email");
    else ask.mutate();
  };
  if (ask.isSuccess) {
    return (
      <>
        <Note look="good">{t("forgot.sent", { email: email.trim() })}</Note>
        <p className="muted small">{t("forgot.sentHint")}</p>
        <p><Button onClick={() => ask.reset()}>{t("forgot.another")}</Button></p>
      </>
    );
  }
  return (
    <form ref={form} className="stack" onSubmit={submit} noValidate>
      <EmailField value={email} onChange={setEmail} wrong={judged && email.trim() === "" ? t("common:required") : wrong("email")} />
      {ask.isError && !isAbout(ask.error, "email") && <ErrorNote error={ask.error} />}
      <Button type="submit" look="primary" className="acc-wide" busy={ask.isPending}>{t("forgot.submit")}</Button>
    </form>
  );
}

export function Page() {
  const { t } = useTranslation("auth");
  useTitle(t("forgot.title"));
  const config = useConfig();
  const { query } = useNextPlace();
  return (
    <Door
      title={t("forgot.title")}
      lead={config.data?.mail === true ? t("forgot.lead") : undefined}
      foot={<Link to={`/login${query}`}>{t("forgot.back")}</Link>}
    >
      {config.isPending && <Spinner />}
      {config.isError && <ErrorNote error={config.error} onRetry={() => void config.refetch()} />}
      {config.data?.mail === true && <ByMail />}
      {config.data?.mail === false && (
        <>
          <p>{t("forgot.noMail")}</p>
          <p className="muted">{t("forgot.noMailHint")}</p>
          {config.data.support_url !== null && <p><a href={config.data.support_url}>{t("askSupport")}</a></p>}
        </>
      )}
    </Door>
  );
}
