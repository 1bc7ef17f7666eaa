// accounts/email_field.tsx: somebody's e-mail address, in the forms before the log-in.
import { useTranslation } from "react-i18next";

import { Field } from "../components/ui";

interface EmailFieldProps {
  value: string;
  onChange: (value: string) => void;
  wrong: string | undefined;
}

export function EmailField({ value, onChange, wrong }: EmailFieldProps) {
  const { t } = useTranslation("auth");
  return (
    <Field
      label={t("email")}
      name="email"
      type="email"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={254}
      required
      wrong={wrong}
    />
  );
}
