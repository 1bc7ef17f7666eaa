// studio/trace_button.tsx: the id that the server's log knows a call by, short, to be copied.
import { useTranslation } from "react-i18next";

import { copyText } from "../components/clipboard";
import { Button } from "../components/ui";
import { say } from "./toast";

export function TraceButton({ id }: { id: string }) {
  const { t } = useTranslation("studio");
  return (
    <Button
      small look="quiet" className="studio-trace" aria-label={t("why.copyTrace", { id })}
      onClick={() => void copyText(id).then(() => say(t("common:copied")))}
    >
      {t("common:traceId")} <code>{id.slice(0, 8)}…</code>
    </Button>
  );
}
