// keys/token_form.tsx: making an API token, and changing the name, the end and the limit of one.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";

import { client, take, type Schemas } from "../api/client";
import { Button, Dialog, ErrorNote, Field } from "../components/ui";
import { amount } from "../format";
import { closeDialogOf } from "./confirm";
import { unitOf, type Application, type Credential } from "./queries";
import { SwitchRow } from "./switch_row";

type Created = Schemas["CreatedCredential"];

interface Props {
  application: Application;
  /** The one to change; a new one is made where there is none. */
  credential?: Credential;
  onCreated?: (created: Created) => void;
  onClose: () => void;
}

const kAmountMax = 1_000_000_000;

/** The day of `time` where the user is, as a date field has it. */
function localDay(time: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

function endOf(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString();
}

export function TokenForm({ application, credential, onCreated, onClose }: Props) {
  const { t } = useTranslation("keys");
  const { t: common } = useTranslation();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const formerDay = credential?.expired_at == null ? "" : localDay(new Date(credential.expired_at));
  const formerLimit = credential?.limited_amount == null ? "" : String(credential.limited_amount);
  const [name, setName] = useState(credential?.name ?? "");
  const [day, setDay] = useState(formerDay);
  const [limit, setLimit] = useState(formerLimit);
  const [isPaused, setIsPaused] = useState(credential?.disabled ?? false);
  const [isTried, setIsTried] = useState(false);
  // Half a date reads as none, which would make a token that never ends.
  const [isHalfDay, setIsHalfDay] = useState(false);

  const today = localDay(new Date());
  const limitValue = limit.trim() === "" ? null : /^\s*\d+([.,]\d+)?\s*$/.test(limit) ? Number(limit.replace(",", ".")) : Number.NaN;
  const wrongLimit = limitValue !== null && !(limitValue >= 0 && limitValue <= kAmountMax);
  const wrongDay = isHalfDay || (day !== "" && day !== formerDay && day < today);

  const save = useMutation({
    gcTime: 0, // The answer holds a token.
    mutationFn: async (): Promise<Created | null> => {
      const expiredAt = day === "" ? null : endOf(day);
      if (credential === undefined) {
        return take(
          client.POST("/api/v1/credentials/", {
            body: {
              application_id: application.id,
              ...(name.trim() === "" ? {} : { name: name.trim() }),
              expired_at: expiredAt,
              limited_amount: limitValue,
            },
          }),
        );
      }
      const changes: Schemas["CredentialChange"] = {
        ...(name.trim() === credential.name ? {} : { name: name.trim() }),
        ...(day === formerDay ? {} : { expired_at: expiredAt }),
        ...(limit === formerLimit ? {} : { limited_amount: limitValue }),
        ...(isPaused === credential.disabled ? {} : { disabled: isPaused }),
      };
      await take(client.PATCH("/api/v1/credentials/{id}/", { params: { path: { id: credential.id } }, body: changes }));
      return null;
    },
    onSuccess: (created) => {
      closeDialogOf(form.current);
      if (created !== null) onCreated?.(created);
      void queries.invalidateQueries({ queryKey: ["credentials"] });
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (!wrongLimit && !wrongDay) save.mutate();
  };

  return (
    <Dialog title={credential === undefined ? t("form.newTitle") : t("form.editTitle")} onClose={onClose}>
      <form ref={form} className="stack" noValidate onSubmit={submit}>
        <Field
          label={t("form.name")}
          hint={t("form.nameHint")}
          value={name}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label={t("form.expiry")}
          hint={t("form.expiryHint")}
          wrong={isTried && wrongDay ? t("form.expiryWrong") : undefined}
          type="date"
          min={today}
          value={day}
          onChange={(event) => setDay(event.target.value)}
          onBlur={(event) => setIsHalfDay(event.target.validity.badInput)}
        />
        {application.metered && (
          <Field
            label={t("form.limit", { unit: unitOf(application, t("balance.unit")) })}
            hint={
              credential === undefined
                ? t("form.limitHint")
                : t("form.limitUsed", { used: amount(credential.used_amount) })
            }
            wrong={isTried && wrongLimit ? t("form.limitWrong", { max: amount(kAmountMax) }) : undefined}
            inputMode="decimal"
            autoComplete="off"
            value={limit}
            onChange={(event) => setLimit(event.target.value)}
          />
        )}
        {credential !== undefined && (
          <SwitchRow label={t("form.paused")} hint={t("form.pausedHint")} checked={isPaused} onChange={setIsPaused} />
        )}
        {save.isError && <ErrorNote error={save.error} />}
        <div className="row dialog-acts">
          <Button onClick={() => closeDialogOf(form.current)}>{common("cancel")}</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            {credential === undefined ? t("form.create") : common("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
