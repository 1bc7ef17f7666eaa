// pages/log_in.tsx: the log-in, and on to where its user wanted to go.
import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { Door, GoOn, useNextPlace } from "../accounts/door";
import { focusField } from "../accounts/field_errors";
import { PasswordField } from "../accounts/password_field";
import { Button, ErrorNote, Field, Spinner } from "../components/ui";
import { useSession } from "../session";
import { useConfig } from "../shell";
import { useTitle } from "../title";

export function Page() {
  const { t } = useTranslation(["auth", "common"]);
  useTitle(t("logIn.title"));
  const { user, logIn } = useSession();
  const config = useConfig();
  const { next, query } = useNextPlace();
  const form = useRef<HTMLFormElement>(null);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [judged, setJudged] = useState(false);
  const entry = useMutation({
    mutationFn: () => logIn(email.trim(), password),
    onError: () => focusField(form.current, "password"),
  });

  if (user != null || entry.isSuccess) return <GoOn to={next} />;
  if (user === undefined) return <Door title={t("logIn.title")}><Spinner /></Door>;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setJudged(true);
    if (email.trim() === "") focusField(form.current, "email");
    else if (password === "") focusField(form.current, "password");
    else entry.mutate();
  };
  const needed = (value: string) => (judged && value === "" ? t("common:required") : undefined);
  return (
    <Door
      title={t("logIn.title")}
      lead={next === "/" ? t("logIn.lead") : t("logIn.leadNext")}
      foot={
        <>
          <Link to={`/forgot${query}`}>{t("logIn.forgot")}</Link>
          {config.data?.registration !== "closed" && (
            <span>{t("logIn.new")} <Link to={`/register${query}`}>{t("logIn.register")}</Link></span>
          )}
        </>
      }
    >
      <form ref={form} className="stack" onSubmit={submit} noValidate>
        {/* Not of type e-mail: the owner's name may be none. */}
        <Field
          label={t("email")}
          name="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          wrong={needed(email.trim())}
        />
        <PasswordField
          label={t("password.label")}
          name="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          wrong={needed(password)}
        />
        {entry.isError && <ErrorNote error={entry.error} />}
        <Button type="submit" look="primary" className="acc-wide" busy={entry.isPending}>{t("logIn.submit")}</Button>
      </form>
    </Door>
  );
}
