// accounts/password_section.tsx: a new password for who knows the present one.
import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";

import { client, take } from "../api/client";
import { Button, ErrorNote, Note } from "../components/ui";
import { useSession, type User } from "../session";
import { useConfig } from "../shell";
import { fieldOf, focusField, isAbout } from "./field_errors";
import { isLongEnough, NewPasswordField, OwnPasswordField } from "./password_field";
import { Section } from "./section";

export function PasswordSection({ user }: { user: User }) {
  const { t } = useTranslation(["auth", "common"]);
  const { refresh } = useSession();
  const config = useConfig();
  const form = useRef<HTMLFormElement>(null);
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [judged, setJudged] = useState(false);
  const lengthMin = config.data?.password_length_min ?? 8;
  const change = useMutation({
    mutationFn: async () => {
      await take(client.POST("/api/v1/users/me/password/", { body: { current_password: current, password } }));
      await refresh();
    },
    onSuccess: () => {
      setCurrent("");
      setPassword("");
      setJudged(false);
    },
    onError: (error) => {
      const field = fieldOf(error, ["current_password", "password"]);
      if (field !== undefined) focusField(form.current, field);
    },
  });
  const isShort = !isLongEnough(password, lengthMin);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setJudged(true);
    if (current === "") focusField(form.current, "current_password");
    else if (isShort) focusField(form.current, "password");
    else change.mutate();
  };
  const isWrong = isAbout(change.error, "current_password");
  return (
    <Section title={t("changePassword.title")} lead={t("changePassword.lead")}>
      <form ref={form} className="stack" onSubmit={submit} noValidate>
        <OwnPasswordField
          email={user.email} label={t("changePassword.current")} name="current_password" value={current} onChange={setCurrent}
          judged={judged} isWrong={isWrong}
        />
        <NewPasswordField value={password} onChange={setPassword} lengthMin={lengthMin} judged={judged} error={change.error} />
        {change.isError && !isWrong && !isAbout(change.error, "password") && <ErrorNote error={change.error} />}
        {change.isSuccess && <Note look="good">{t("changePassword.done")}</Note>}
        <div className="row">
          <Button type="submit" busy={change.isPending}>{t("changePassword.submit")}</Button>
        </div>
      </form>
    </Section>
  );
}
