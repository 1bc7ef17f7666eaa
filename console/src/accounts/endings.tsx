// accounts/endings.tsx: ends all sessions, or the account itself.
import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";

import { client, take } from "../api/client";
import { Button, Dialog, ErrorNote } from "../components/ui";
import { useSession, type User } from "../session";
import { focusField, isAbout } from "./field_errors";
import { OwnPasswordField } from "./password_field";
import { closeDialog, Section } from "./section";

export function LogOutEverywhere() {
  const { t } = useTranslation(["auth", "common"]);
  const { ended } = useSession();
  const [asks, setAsks] = useState(false);
  const end = useMutation({
    mutationFn: async () => {
      await take(client.DELETE("/api/v1/sessions/"));
      ended();
    },
  });
  return (
    <Section title={t("sessions.title")} lead={t("sessions.lead")}>
      <div className="row"><Button onClick={() => setAsks(true)}>{t("sessions.end")}</Button></div>
      {asks && (
        <Dialog title={t("sessions.endTitle")} onClose={() => setAsks(false)}>
          <p>{t("sessions.endText")}</p>
          {end.isError && <ErrorNote error={end.error} />}
          <div className="row">
            <Button look="danger" busy={end.isPending} onClick={() => end.mutate()}>{t("sessions.end")}</Button>
            <Button look="quiet" onClick={closeDialog}>{t("common:cancel")}</Button>
          </div>
        </Dialog>
      )}
    </Section>
  );
}

function Farewell({ user, onClose, onGone }: { user: User; onClose: () => void; onGone: () => void }) {
  const { t } = useTranslation(["auth", "common"]);
  const { ended } = useSession();
  const form = useRef<HTMLFormElement>(null);
  const [password, setPassword] = useState("");
  const [judged, setJudged] = useState(false);
  const remove = useMutation({
    mutationFn: () => take(client.DELETE("/api/v1/users/me/", { body: { password } })),
    onSuccess: () => {
      onGone();
      ended();
    },
    onError: () => focusField(form.current, "password"),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setJudged(true);
    if (password === "") focusField(form.current, "password");
    else remove.mutate();
  };
  const isWrong = isAbout(remove.error, "password");
  return (
    <Dialog title={t("deletion.ask")} onClose={onClose}>
      <p>{t("deletion.text")}</p>
      <form ref={form} className="stack" onSubmit={submit} noValidate>
        <OwnPasswordField
          email={user.email} label={t("deletion.password")} name="password" value={password} onChange={setPassword}
          judged={judged} isWrong={isWrong}
        />
        {remove.isError && !isWrong && <ErrorNote error={remove.error} />}
        <div className="row">
          <Button type="submit" look="danger" busy={remove.isPending}>{t("deletion.submit")}</Button>
          <Button look="quiet" onClick={closeDialog}>{t("common:cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

export function DeleteAccount({ user, onGone }: { user: User; onGone: () => void }) {
  const { t } = useTranslation("auth");
  const [asks, setAsks] = useState(false);
  return (
    <Section title={t("deletion.title")} lead={user.role === "owner" ? undefined : t("deletion.lead")}>
      {user.role === "owner" ? (
        <p className="muted">{t("deletion.owner")}</p>
      ) : (
        <div className="row"><Button look="danger" onClick={() => setAsks(true)}>{t("deletion.open")}</Button></div>
      )}
      {asks && <Farewell user={user} onClose={() => setAsks(false)} onGone={onGone} />}
    </Section>
  );
}
