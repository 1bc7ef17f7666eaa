// usage/scope_bar.tsx: which days, which application and which token everything on the page is about.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { Field } from "../components/ui";
import { Segmented } from "../keys/segmented";
import { isDay, kPeriods, utcDay, type Period, type PeriodKind } from "./period";
import type { Names, Scope } from "./queries";
import { SelectField } from "./select_field";

interface Props {
  period: Period;
  scope: Scope;
  names: Names;
  update: (changes: Record<string, string | null>) => void;
}

function CustomDays({ period, update }: Pick<Props, "period" | "update">) {
  const { t } = useTranslation("usage");
  // What is being typed is not always a day yet.
  const [from, setFrom] = useState(period.from);
  const [to, setTo] = useState(period.to);
  useEffect(() => {
    setFrom(period.from);
    setTo(period.to);
  }, [period.from, period.to]);
  const today = utcDay(Date.now());
  return (
    <>
      <Field
        label={t("period.from")}
        type="date"
        max={today}
        value={from}
        onChange={({ target }) => {
          setFrom(target.value);
          if (isDay(target.value)) update({ from: target.value, to: period.to });
        }}
      />
      <Field
        label={t("period.to")}
        type="date"
        max={today}
        value={to}
        onChange={({ target }) => {
          setTo(target.value);
          if (isDay(target.value)) update({ from: period.from, to: target.value });
        }}
      />
    </>
  );
}

export function ScopeBar({ period, scope, names, update }: Props) {
  const { t } = useTranslation("usage");
  const choosePeriod = (kind: PeriodKind) => {
    if (kind === "custom") update({ from: period.from, to: period.to, days: null });
    else update({ days: kind, from: null, to: null });
  };
  const { application_id: applicationId, credential_id: credentialId } = scope;
  const offered = names.credentials.filter(
    (credential) => applicationId === undefined || credential.application_id === applicationId,
  );
  return (
    <div className="card scope-bar" role="group" aria-label={t("scope.label")}>
      <div className="field scope-period">
        <span className="label" aria-hidden="true">{t("period.label")}</span>
        <Segmented
          label={t("period.label")}
          options={kPeriods.map((value) => ({ value, label: t(`period.${value}`) }))}
          value={period.kind}
          onChange={choosePeriod}
        />
      </div>
      {period.kind === "custom" && <CustomDays period={period} update={update} />}
      <SelectField
        label={t("scope.application")}
        value={applicationId ?? ""}
        onChange={({ target }) => update({ application_id: target.value, credential_id: null })}
      >
        <option value="">{t("scope.all")}</option>
        {names.applications.map(({ id }) => <option key={id} value={id}>{names.application(id)}</option>)}
      </SelectField>
      <SelectField
        label={t("scope.credential")}
        value={credentialId ?? ""}
        onChange={({ target }) => update({ credential_id: target.value })}
      >
        <option value="">{t("scope.all")}</option>
        {credentialId !== undefined && !offered.some(({ id }) => id === credentialId) && (
          <option value={credentialId}>{names.credential(credentialId)}</option>
        )}
        {offered.map(({ id }) => <option key={id} value={id}>{names.credential(id)}</option>)}
      </SelectField>
    </div>
  );
}
