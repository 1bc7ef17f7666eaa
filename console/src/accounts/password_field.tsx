// accounts/password_field.tsx: a password that one can look at, and what a new one needs.
import { Check, Circle, Eye, EyeOff } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { useFieldErrors } from "./field_errors";

interface PasswordFieldProps {
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: "current-password" | "new-password";
  wrong?: string | undefined;
  /** For a new password: how many characters it needs. */
  lengthMin?: number;
}

export function isLongEnough(password: string, lengthMin: number): boolean {
  return [...password].length >= lengthMin;
}

export function PasswordField({ label, name, value, onChange, autoComplete, wrong, lengthMin }: PasswordFieldProps) {
  const { t } = useTranslation("auth");
  const id = useId();
  const [shown, setShown] = useState(false);
  const described = [lengthMin !== undefined ? `${id}-rule` : "", wrong !== undefined ? `${id}-wrong` : ""].filter(Boolean);
  const enough = lengthMin !== undefined && isLongEnough(value, lengthMin);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="password-box">
        <input
          id={id}
          className="input"
          name={name}
          type={shown ? "text" : "password"}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={1024}
          required
          aria-invalid={wrong !== undefined || undefined}
          aria-describedby={described.join(" ") || undefined}
        />
        <button
          type="button"
          className="password-eye"
          aria-pressed={shown}
          aria-label={t("password.show")}
          title={shown ? t("password.hide") : t("password.show")}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff size={18} aria-hidden="true" /> : <Eye size={18} aria-hidden="true" />}
        </button>
      </div>
      {lengthMin !== undefined && (
        <span className={enough ? "password-rule met" : "password-rule"} id={`${id}-rule`}>
          {enough ? <Check size={16} aria-hidden="true" /> : <Circle size={16} aria-hidden="true" />}
          <span>{t("password.min", { count: lengthMin })}</span>
          <span className="visually-hidden" aria-live="polite">{enough ? t("password.met") : ""}</span>
        </span>
      )}
      {wrong !== undefined && <span className="wrong" id={`${id}-wrong`}>{wrong}</span>}
    </div>
  );
}

interface NewPasswordFieldProps {
  value: string;
  onChange: (value: string) => void;
  lengthMin: number;
  /** Whether it was handed in once, so that what is too short is wrong. */
  judged: boolean;
  /** What the server said to the last try. */
  error: unknown;
}

/** The field `password` of a form that sets one. */
export function NewPasswordField({ value, onChange, lengthMin, judged, error }: NewPasswordFieldProps) {
  const { t } = useTranslation("auth");
  const told = useFieldErrors(error);
  return (
    <PasswordField
      label={t("password.new")}
      name="password"
      value={value}
      onChange={onChange}
      autoComplete="new-password"
      lengthMin={lengthMin}
      wrong={
        judged && !isLongEnough(value, lengthMin) ? t("password.short", { count: lengthMin })
        : told("password")
      }
    />
  );
}

interface OwnPasswordFieldProps {
  email: string;
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  judged: boolean;
  /** The server says that it is another. */
  isWrong: boolean;
}

/** The present password of who is logged in, asked for before what cannot be undone. */
export function OwnPasswordField({ email, judged, isWrong, ...field }: OwnPasswordFieldProps) {
  const { t } = useTranslation(["auth", "common"]);
  return (
    <>
      {/* For password managers, which want to know whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        {...field}
        autoComplete="current-password"
        wrong={judged && field.value === "" ? t("common:required") : isWrong ? t("password.notYours") : undefined}
      />
    </>
  );
}
