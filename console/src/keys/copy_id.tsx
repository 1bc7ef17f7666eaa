// keys/copy_id.tsx: an id, shortened, that is copied in full when it is pressed.
import { Check, Copy } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useCopy } from "../components/clipboard";

export function CopyId({ id, what }: { id: string; what: string }) {
  const { t } = useTranslation();
  const [done, copy] = useCopy();
  return (
    <span className="copy-id">
      <button
        type="button"
        className="copy-id-button"
        title={id}
        aria-label={`${t("copy")}: ${what} ${id}`}
        onClick={() => copy(id)}
      >
        <code>{id.slice(0, 8)}…</code>
        {done ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      </button>
      <span className="visually-hidden" aria-live="polite">{done ? t("copied") : ""}</span>
    </span>
  );
}
