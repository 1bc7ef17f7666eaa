// told/told.tsx: a sentence of the server's, in the page's words; where it has none, as it is, marked as English.
import { useTranslation } from "react-i18next";

import { useTell } from "./use_tell";

export function Told({ text, className }: { text: string; className?: string }) {
  const { i18n } = useTranslation();
  const { tell, ready } = useTell();
  if (!ready && i18n.language !== "en") return null;
  const words = tell(text);
  return (
    <span className={className} lang={words === null && i18n.language !== "en" ? "en" : undefined}>
      {words ?? text.replaceAll("`", "")}
    </span>
  );
}
