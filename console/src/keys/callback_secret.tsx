// keys/callback_secret.tsx: the secret that an application's callbacks are signed with.
import { useMutation } from "@tanstack/react-query";
import { Eye, EyeOff, RotateCw } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { client, take } from "../api/client";
import { Button, CopyButton, ErrorNote } from "../components/ui";
import { Confirm } from "./confirm";

export function CallbackSecret({ applicationId }: { applicationId: string }) {
  const { t } = useTranslation("keys");
  const id = useId();
  const [secret, setSecret] = useState<string | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [told, setTold] = useState("");
  const params = { path: { id: applicationId } };
  const reveal = useMutation({
    mutationFn: () => take(client.GET("/api/v1/applications/{id}/secret/", { params })),
    onSuccess: (answer) => setSecret(answer.secret),
    gcTime: 0,
  });
  const hide = () => {
    setSecret(null);
    reveal.reset();
  };
  return (
    <div className="setting" role="group" aria-labelledby={id}>
      <div>
        <h3 className="setting-name" id={id}>{t("secret.title")}</h3>
        <p className="muted small">
          {t("secret.hint")} <Link to="/guides/callbacks">{t("secret.guide")}</Link>
        </p>
      </div>
      <div className="secret-line">
        <code>{secret ?? "whsec_••••••••••••••••"}</code>
        {secret !== null && <CopyButton text={secret} />}
      </div>
      <div className="row">
        {secret === null ? (
          <Button small busy={reveal.isPending} onClick={() => reveal.mutate()}>
            <Eye size={16} aria-hidden="true" />{t("secret.reveal")}
          </Button>
        ) : (
          <Button small onClick={hide}><EyeOff size={16} aria-hidden="true" />{t("secret.hide")}</Button>
        )}
        <Button small onClick={() => setIsAsking(true)}>
          <RotateCw size={16} aria-hidden="true" />{t("secret.rotate")}
        </Button>
        <span className="small good-text" aria-live="polite">{told}</span>
      </div>
      {reveal.isError && <ErrorNote error={reveal.error} />}
      {isAsking && (
        <Confirm
          title={t("secret.rotateTitle")}
          action={t("secret.rotate")}
          act={() => take(client.POST("/api/v1/applications/{id}/secret/", { params }))}
          onDone={(answer) => {
            setSecret(answer.secret);
            setTold(t("secret.rotated"));
          }}
          onClose={() => setIsAsking(false)}
        >
          <p>{t("secret.rotateText")}</p>
        </Confirm>
      )}
    </div>
  );
}
