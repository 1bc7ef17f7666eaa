// components/settings_items.tsx: the choice of theme and language, in the menu of either document.
import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { chooseLanguage, kLanguages, type Language } from "../i18n";
import type { Theme } from "../theme";

export function SettingsItems({ theme, onTheme }: { theme: Theme; onTheme: (theme: Theme) => void }) {
  const { t, i18n } = useTranslation();
  const [failed, setFailed] = useState(false);
  return (
    <>
      <DropdownMenu.Label className="menu-label">{t("theme.label")}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup value={theme} onValueChange={(value) => onTheme(value as Theme)}>
        {(["system", "light", "dark"] as const).map((value) => (
          <DropdownMenu.RadioItem key={value} value={value} className="menu-item">
            {t(`theme.${value}`)}
            <DropdownMenu.ItemIndicator><Check size={16} aria-hidden="true" /></DropdownMenu.ItemIndicator>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className="menu-line" />
      <DropdownMenu.Label className="menu-label">{t("language")}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup value={i18n.language} onValueChange={(value) => chooseLanguage(value as Language).catch(() => setFailed(true))}>
        {Object.entries(kLanguages).map(([value, name]) => (
          <DropdownMenu.RadioItem
            key={value} value={value} className="menu-item" lang={value}
            // The menu stays until the words are there, to say so if they do not come.
            onSelect={(event) => value !== i18n.language && event.preventDefault()}
          >
            {name}
            <DropdownMenu.ItemIndicator><Check size={16} aria-hidden="true" /></DropdownMenu.ItemIndicator>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
      {failed && <p className="menu-label" role="alert">{t("error.unreachable")}</p>}
    </>
  );
}
