// admin/application_acts.tsx: topping up a balance, and disabling an application.
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, take, type Schemas } from "../api/client";
import { Field } from "../components/ui";
import { amount } from "../format";
import { ActDialog, useSay } from "./acts";
import { idOf } from "./filters";
import { useBalanceName, UserPicker, useUserOf } from "./names";
import { Select } from "./parts";

type Application = Schemas["Application"];

const kStep = "0.000001";
const kAmountMax = 1_000_000_000;

/** What a number field says; undefined where it is no amount. */
export function amountOf(text: string): number | undefined {
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) && value >= 0 && value <= kAmountMax ? value : undefined;
}

export function AmountField({ label, value, onChange, hint, positive = false }: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  positive?: boolean;
}) {
  return (
    <Field
      type="number" inputMode="decimal" required min={positive ? kStep : 0} max={kAmountMax} step={kStep}
      label={label} value={value} onChange={(event) => onChange(event.target.value)}
      {...(hint === undefined ? {} : { hint })}
    />
  );
}

/** `crypto.randomUUID` is for HTTPS only; this works everywhere. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function ApplicationState({ application }: { application: Application }) {
  const { t } = useTranslation("admin");
  return (
    <span className="row admin-badges">
      {application.disabled && <span className="badge bad">{t("application.isDisabled")}</span>}
      {!application.metered && <span className="badge accent">{t("application.free")}</span>}
      {application.allow_consume_global && <span className="badge">{t("application.usesGeneral")}</span>}
    </span>
  );
}

const kGeneral = "";

/** Of an application, of a user's general balance, or, with neither, of whom one picks. */
export function TopUpDialog({ application, user, onClose }: {
  application?: Application;
  user?: Schemas["User"];
  onClose: () => void;
}) {
  const { t } = useTranslation("admin");
  const say = useSay();
  const name = useBalanceName();
  // One key a dialog: whatever is pressed again, or sent again, adds nothing twice.
  const [key] = useState(newKey);
  const [picked, setPicked] = useState<string | undefined>(user?.id ?? application?.user_id);
  const [receiver, setReceiver] = useState(application?.id ?? kGeneral);
  const [credits, setCredits] = useState("");
  const [note, setNote] = useState("");
  const owner = useUserOf(picked);
  const applications = owner.data?.applications ?? [];
  const general = applications.find((each) => each.scope === "Global");
  const target = application ?? (receiver === kGeneral ? general : applications.find((each) => each.id === receiver));
  const wanted = amountOf(credits);
  const before = target?.remaining_amount ?? 0;
  const isFixed = application !== undefined || user !== undefined;
  return (
    <ActDialog
      title={t("topUp.title")}
      label={t("topUp.act")}
      ready={picked !== undefined && wanted !== undefined && wanted > 0}
      act={() =>
        take(client.POST("/api/v1/admin/top-ups/", {
          params: { header: { "Idempotency-Key": key } },
          body: {
            ...(receiver === kGeneral ? { user_id: picked ?? "" } : { application_id: receiver }),
            amount: wanted ?? 0,
            ...(note.trim() === "" ? {} : { note: note.trim() }),
          },
        }))}
      onDone={(topUp) => say(t("topUp.done", { amount: amount(topUp.amount), rest: amount(topUp.remaining_amount) }))}
      onClose={onClose}
    >
      {isFixed ? (
        <p>
          {t("topUp.of", {
            balance: target === undefined ? t("names.general") : name(target),
            email: user?.email ?? owner.data?.email ?? "…",
          })}
        </p>
      ) : (
        <>
          <UserPicker
            label={t("topUp.user")}
            value={picked}
            onChange={(id) => {
              setPicked(idOf(id));
              setReceiver(kGeneral);
            }}
          />
          {picked !== undefined && (
            <Select
              label={t("topUp.balance")}
              value={receiver}
              onChange={setReceiver}
              options={[
                [kGeneral, t("names.general")],
                ...applications.filter((each) => each.scope !== "Global").map((each) => [each.id, name(each)] as const),
              ]}
            />
          )}
        </>
      )}
      <AmountField label={t("topUp.amount")} value={credits} onChange={setCredits} hint={t("topUp.amountHint")} positive />
      <Field
        label={t("topUp.note")} hint={t("topUp.noteHint")} maxLength={200} autoComplete="off"
        value={note} onChange={(event) => setNote(event.target.value)}
      />
      <p className="admin-sum" aria-live="polite">
        {picked !== undefined && wanted !== undefined && wanted > 0
          ? t("topUp.preview", { before: amount(before), after: amount(before + wanted) })
          : t("topUp.final")}
      </p>
    </ActDialog>
  );
}

export function SuspendDialog({ application, onClose }: { application: Application; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const say = useSay();
  const name = useBalanceName();
  const disabled = !application.disabled;
  const isGeneral = application.scope === "Global";
  return (
    <ActDialog
      title={t(disabled ? "application.disableTitle" : "application.enableTitle", { name: name(application) })}
      label={disabled ? t("application.disable") : t("application.enable")}
      look={disabled ? "danger" : "primary"}
      act={() =>
        take(client.PATCH("/api/v1/admin/applications/{id}/", {
          params: { path: { id: application.id } },
          body: { disabled },
        }))}
      onDone={() => say(t(disabled ? "application.disabledDone" : "application.enabledDone", { name: name(application) }))}
      onClose={onClose}
    >
      <p>{t(!disabled ? "application.askEnable" : isGeneral ? "application.askDisableGeneral" : "application.askDisable")}</p>
    </ActDialog>
  );
}
