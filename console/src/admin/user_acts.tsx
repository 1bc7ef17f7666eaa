// admin/user_acts.tsx: what is done about a user, each asked for first.
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, take, type Schemas } from "../api/client";
import { Field } from "../components/ui";
import type { User } from "../session";
import { ActDialog, useSay } from "./acts";

interface Props {
  user: User;
  onClose: () => void;
}

function change(user: User, body: Schemas["AdminUserChange"]) {
  return take(client.PATCH("/api/v1/admin/users/{id}/", { params: { path: { id: user.id } }, body }));
}

export function RenameDialog({ user, onClose }: Props) {
  const { t } = useTranslation("admin");
  const say = useSay();
  const [nickname, setNickname] = useState(user.nickname);
  return (
    <ActDialog
      title={t("rename.title")}
      label={t("common:save")}
      ready={nickname.trim() !== user.nickname}
      act={() => change(user, { nickname: nickname.trim() })}
      onDone={() => say(t("rename.done"))}
      onClose={onClose}
    >
      <Field
        label={t("newUser.nickname")} autoComplete="off" maxLength={80}
        value={nickname} onChange={(event) => setNickname(event.target.value)}
      />
    </ActDialog>
  );
}

export function ResetDialog({ user, onDone, onClose }: Props & { onDone: (link: Schemas["ResetLink"]) => void }) {
  const { t } = useTranslation("admin");
  return (
    <ActDialog
      title={t("reset.title")}
      label={t("reset.make")}
      act={() => take(client.POST("/api/v1/admin/users/{id}/reset-link/", { params: { path: { id: user.id } } }))}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t("reset.ask", { email: user.email })}</p>
    </ActDialog>
  );
}

export function DisableDialog({ user, onClose }: Props) {
  const { t } = useTranslation("admin");
  const say = useSay();
  const disabled = !user.disabled;
  return (
    <ActDialog
      title={disabled ? t("disable.title") : t("disable.enable")}
      label={disabled ? t("disable.title") : t("disable.enable")}
      look={disabled ? "danger" : "primary"}
      act={() => change(user, { disabled })}
      onDone={() => say(t(disabled ? "disable.done" : "disable.enabled", { email: user.email }))}
      onClose={onClose}
    >
      <p>{t(disabled ? "disable.ask" : "disable.askEnable", { email: user.email })}</p>
    </ActDialog>
  );
}

export function RoleDialog({ user, onClose }: Props) {
  const { t } = useTranslation("admin");
  const say = useSay();
  const up = user.role === "user";
  return (
    <ActDialog
      title={up ? t("roleChange.up") : t("roleChange.down")}
      label={up ? t("roleChange.up") : t("roleChange.down")}
      act={() => change(user, { role: up ? "admin" : "user" })}
      onDone={() => say(t(up ? "roleChange.upDone" : "roleChange.downDone", { email: user.email }))}
      onClose={onClose}
    >
      <p>{t(up ? "roleChange.askUp" : "roleChange.askDown", { email: user.email })}</p>
    </ActDialog>
  );
}

export function DeleteDialog({ user, onDone, onClose }: Props & { onDone: () => void }) {
  const { t } = useTranslation("admin");
  const say = useSay();
  const [typed, setTyped] = useState("");
  return (
    <ActDialog
      title={t("remove.title")}
      label={t("remove.title")}
      look="danger"
      ready={typed.trim().toLowerCase() === user.email.toLowerCase()}
      act={() => take(client.DELETE("/api/v1/admin/users/{id}/", { params: { path: { id: user.id } } }))}
      onDone={() => {
        say(t("remove.done", { email: user.email }));
        onDone();
      }}
      onClose={onClose}
    >
      <p>{t("remove.ask", { email: user.email })}</p>
      <ul className="admin-list">
        <li>{t("remove.what.tasks")}</li>
        <li>{t("remove.what.keys")}</li>
        <li>{t("remove.what.balances")}</li>
      </ul>
      <p><strong>{t("remove.final")}</strong></p>
      <Field
        label={t("remove.type", { email: user.email })} autoComplete="off" spellCheck={false}
        value={typed} onChange={(event) => setTyped(event.target.value)}
      />
    </ActDialog>
  );
}
