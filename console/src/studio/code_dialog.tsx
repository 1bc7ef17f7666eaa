// studio/code_dialog.tsx: a call as a program, to be copied.
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { CodeBlock } from "../code/code_block";
import { kTokenPlace } from "../code/samples";
import { Button, Dialog } from "../components/ui";
import { useBaseUrl } from "../shell";
import type { Call } from "./draft";
import { closeDialog } from "./toast";

export function CodeDialog({ call, onClose }: { call: Call; onClose: () => void }) {
  const { t } = useTranslation("studio");
  const baseUrl = useBaseUrl();
  return (
    <Dialog title={t("code.title")} onClose={onClose}>
      <div className="stack studio-wide">
        <CodeBlock
          label={t("code.title")} call={{ kind: "call", path: "/luma/videos", body: { ...call } }}
          options={{ baseUrl, token: kTokenPlace }}
        />
        <div className="spread">
          <span className="small muted">{t("code.token")} <Link to="/keys">{t("common:nav.keys")}</Link></span>
          <Button onClick={closeDialog}>{t("common:close")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
