// keys/copy_id.tsx: an id, shortened, that is copied in full when it is pressed.
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { copyText } from "../components/clipboard";

export function CopyId({ id, what }: { id: string; what: string }) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => setDone(false), 2000);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <span className="copy-id">
      <button
        type="button"
        className="copy-id-button"
        title={id}
        aria-label={`${t("copy")}: ${what} ${id}`}
        onClick={() => void copyText(id).then(() => setDone(true), () => undefined)}
      >
        <code>{id.slice(0, 8)}…</code>
        {done ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      </button>
      <span className="visually-hidden" aria-live="polite">{done ? t("copied") : ""}</span>
    </span>
  );
}
