// studio/advanced.tsx: what few need: seed, order, callback, time-out, who pays, a video from elsewhere.
import { ChevronDown } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Field } from "../components/ui";
import type { Draft, Problem } from "./draft";
import { draftStore } from "./draft_store";
import type { Payer } from "./payer";

interface Props {
  draft: Draft;
  payer: Payer;
  problems: ReadonlySet<Problem>;
  /** Where a video to go on from is put in. */
  children: ReactNode;
}

export function Advanced({ draft, payer, problems, children }: Props) {
  const { t } = useTranslation("studio");
  const id = useId();
  const wrong = (problem: Problem) => (problems.has(problem) ? t(`problem.${problem}`) : undefined);
  const fold = useRef<HTMLDetailsElement>(null);
  const isWrong = (["seed", "timeout", "callbackUrl"] as const).some((problem) => problems.has(problem));
  useEffect(() => {
    if (isWrong && fold.current !== null) fold.current.open = true;
  }, [isWrong]);
  return (
    <details className="studio-more" ref={fold}>
      <summary><ChevronDown size={16} aria-hidden="true" />{t("more.label")}</summary>
      <div className="studio-more-body">
        <Field
          label={t("more.seed")} hint={t("more.seedHint")} wrong={wrong("seed")} inputMode="numeric" value={draft.seed}
          placeholder={t("more.seedAny")} onChange={(event) => draftStore.change({ seed: event.target.value.trim() })}
        />
        <div className="field">
          <label htmlFor={`${id}-priority`}>{t("more.priority")}</label>
          <select
            id={`${id}-priority`} className="input" value={draft.priority}
            onChange={(event) => draftStore.change({ priority: event.target.value === "low" ? "low" : "normal" })}
          >
            <option value="normal">{t("more.normal")}</option>
            <option value="low">{t("more.low")}</option>
          </select>
          <span className="hint">{t("more.priorityHint")}</span>
        </div>
        <Field
          label={t("more.callback")} hint={t("more.callbackHint")} wrong={wrong("callbackUrl")} type="url" inputMode="url"
          placeholder="https://" value={draft.callbackUrl}
          onChange={(event) => draftStore.change({ callbackUrl: event.target.value.trim() })}
        />
        <Field
          label={t("more.timeout")} hint={t("more.timeoutHint")} wrong={wrong("timeout")} inputMode="numeric" placeholder="300"
          value={draft.timeout} onChange={(event) => draftStore.change({ timeout: event.target.value.trim() })}
        />
        {payer.credentials.length > 1 && (
          <div className="field">
            <label htmlFor={`${id}-payer`}>{t("more.payer")}</label>
            <select
              id={`${id}-payer`} className="input" value={payer.credential?.id ?? ""}
              onChange={(event) => payer.choose(event.target.value)}
            >
              {payer.credentials.map(({ id: value, name, prefix }) => (
                <option key={value} value={value}>{name === "" ? `${prefix}…` : `${name} (${prefix}…)`}</option>
              ))}
            </select>
            <span className="hint">{t("more.payerHint")}</span>
          </div>
        )}
        {children !== null && (
          <div className="field">
            <span className="label">{t("more.source")}</span>
            {children}
            <span className="hint">{t("more.sourceHint")}</span>
          </div>
        )}
      </div>
    </details>
  );
}
