// pages/set_password.tsx: a password by the code of a link: the owner's first, an invited one's, or a forgotten one's new.
import { useMutation } from "@tanstack/react-query";
import { AlertTriangle } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router-dom";

import { Door } from "../accounts/door";
import { focusField, isAbout } from "../accounts/field_errors";
import { useHashSecret } from "../accounts/hash_secret";
import { isLongEnough, NewPasswordField, PasswordField } from "../accounts/password_field";
import { client, take } from "../api/client";
import { Button, ErrorNote, Note, Spinner } from "../components/ui";
import { useSession } from "../session";
import { useConfig } from "../shell";
import { useTitle } from "../title";

function PasswordForm({ code, lengthMin }: { code: string; lengthMin: number }) {
  const { t } = useTranslation(["auth", "common"]);
  const { adopt } = useSession();
  const form = useRef<HTMLFormElement>(null);
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [judged, setJudged] = useState(false);
  const set = useMutation({
    mutationFn: async () => adopt(await take(client.POST("/api/v1/password-resets/confirm/", { body: { code, password } }))),
    onError: (error) => {
      if (isAbout(error, "password")) focusField(form.current, "password");
    },
  });
  if (set.isSuccess) return <Navigate to="/" replace />;

  const isShort = !isLongEnough(password, lengthMin);
  const differs = password !== again;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setJudged(true);
    if (isShort) focusField(form.current, "password");
    else if (differs) focusField(form.current, "again");
    else set.mutate();
  };
  const isStale = isAbout(set.error, "code");
  return (
    <form ref={form} className="stack" onSubmit={submit} noValidate>
      <NewPasswordField value={password} onChange={setPassword} lengthMin={lengthMin} judged={judged} error={set.error} />
      <PasswordField
        label={t("password.again")}
        name="again"
        value={again}
        onChange={setAgain}
        autoComplete="new-password"
        wrong={judged && !isShort && differs ? t("password.differs") : undefined}
      />
      {isStale ? <StaleLink /> : set.isError && !isAbout(set.error, "password") && <ErrorNote error={set.error} />}
      <Button type="submit" look="primary" className="acc-wide" busy={set.isPending}>{t("setPassword.submit")}</Button>
    </form>
  );
}

function StaleLink() {
  const { t } = useTranslation("auth");
  return (
    <div className="note bad" role="alert">
      <AlertTriangle size={18} aria-hidden="true" />
      <div className="stack acc-tight">
        <span>{t("setPassword.stale")}</span>
        <Link to="/forgot">{t("setPassword.another")}</Link>
      </div>
    </div>
  );
}

export function Page() {
  const { t } = useTranslation("auth");
  useTitle(t("setPassword.title"));
  const config = useConfig();
  const code = useHashSecret("code");
  return (
    <Door
      title={t("setPassword.title")}
      lead={code === null ? undefined : t("setPassword.lead")}
      foot={<Link to="/login">{t("forgot.back")}</Link>}
    >
      {code === null ? (
        <>
          <Note look="warn">{t("setPassword.noCode")}</Note>
          <p><Link to="/forgot">{t("setPassword.another")}</Link></p>
        </>
      ) : config.isError ? (
        <ErrorNote error={config.error} onRetry={() => void config.refetch()} />
      ) : config.data === undefined ? (
        <Spinner />
      ) : (
        <PasswordForm key={code} code={code} lengthMin={config.data.password_length_min} />
      )}
    </Door>
  );
}
