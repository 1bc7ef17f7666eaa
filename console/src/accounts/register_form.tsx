// accounts/register_form.tsx: what a new account needs; logs in with it.
import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";

import { client, take } from "../api/client";
import { Button, ErrorNote, Field } from "../components/ui";
import { useSession } from "../session";
import { EmailField } from "./email_field";
import { fieldOf, focusField, useFieldErrors } from "./field_errors";
import { isLongEnough, PasswordField } from "./password_field";

// Those of the form, as they stand in it.
const kFields = ["invitation", "email", "nickname", "password"];

interface RegisterFormProps {
  lengthMin: number;
  needsInvitation: boolean;
  invitation: string;
  onEntered: () => void;
}

export function RegisterForm({ lengthMin, needsInvitation, invitation, onEntered }: RegisterFormProps) {
  const { t } = useTranslation(["auth", "common"]);
  const { logIn } = useSession();
  const form = useRef<HTMLFormElement>(null);
  const made = useRef<string | null>(null);
  const [email, setEmail] = useState("");
  const [nickname, setNickname] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState(invitation);
  const [judged, setJudged] = useState(false);

  const register = useMutation({
    mutationFn: async () => {
      const address = email.trim();
      // A log-in that failed is tried again without a second registration.
      if (made.current !== address) {
        await take(
          client.POST("/api/v1/users/", {
            body: {
              email: address,
              password,
              ...(nickname.trim() === "" ? {} : { nickname: nickname.trim() }),
              ...(needsInvitation ? { invitation: code.trim() } : {}),
            },
          }),
        );
        made.current = address;
      }
      await logIn(address, password);
    },
    onSuccess: onEntered,
    onError: (error) => {
      const field = fieldOf(error, kFields);
      if (field !== undefined) focusField(form.current, field);
    },
  });

  const missing: Record<string, string | undefined> = {
    invitation: needsInvitation && code.trim() === "" ? t("common:required") : undefined,
    email: email.trim() === "" ? t("common:required") : undefined,
    password:
      password === "" ? t("common:required")
      : isLongEnough(password, lengthMin) ? undefined
      : t("password.short", { count: lengthMin }),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setJudged(true);
    const first = ["invitation", "email", "password"].find((name) => missing[name] !== undefined);
    if (first !== undefined) focusField(form.current, first);
    else register.mutate();
  };
  const told = useFieldErrors(register.error);
  const wrong = (name: string) => (judged ? missing[name] : undefined) ?? told(name);
  return (
    <form ref={form} className="stack" onSubmit={submit} noValidate>
      {needsInvitation && (
        <Field
          label={t("register.invitation")}
          name="invitation"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          hint={t("register.invitationHint")}
          wrong={wrong("invitation")}
        />
      )}
      <EmailField value={email} onChange={setEmail} wrong={wrong("email")} />
      <Field
        label={t("register.nickname")}
        name="nickname"
        value={nickname}
        onChange={(event) => setNickname(event.target.value)}
        autoComplete="nickname"
        maxLength={80}
        wrong={wrong("nickname")}
      />
      <PasswordField
        label={t("password.label")}
        name="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        lengthMin={lengthMin}
        wrong={wrong("password")}
      />
      {register.isError && fieldOf(register.error, kFields) === undefined && <ErrorNote error={register.error} />}
      <Button type="submit" look="primary" className="acc-wide" busy={register.isPending}>{t("register.submit")}</Button>
    </form>
  );
}
