// keys/fresh_panel.tsx: a new token, shown once, and a call that uses it.
import { Check, KeyRound } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";

import { Button, CopyButton } from "../components/ui";
import { useBaseUrl } from "../shell";
import { markKept, type FreshToken } from "./fresh_token";
import { useServices, type Application } from "./queries";

function useCurl(application: Application, token: string): string {
  const services = useServices();
  const service = services.data?.find(({ id }) => id === application.service_id) ?? services.data?.[0];
  const path = service?.apis.find(({ method, path: at }) => method === "POST" && !at.endsWith("/tasks"))?.path ?? "/luma/videos";
  const base = useBaseUrl();
  return [
    `curl -s ${base}${path} \\`,
    `  -H 'Authorization: Bearer ${token}' \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d '{"prompt": "Astronauts shuttle from space to volcano"}'`,
  ].join("\n");
}

interface Props {
  application: Application;
  fresh: FreshToken;
  onKept: () => void;
}

export function FreshPanel({ application, fresh, onKept }: Props) {
  const { t } = useTranslation("keys");
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const curl = useCurl(application, fresh.token);
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: "nearest" });
  }, [fresh.token]);
  return (
    <section className="fresh" aria-labelledby={id}>
      <div className="stack fresh-part">
        <h4 id={id} ref={heading} tabIndex={-1}>
          <KeyRound size={18} aria-hidden="true" />
          {fresh.isRotated ? t("fresh.rotatedTitle") : t("fresh.title")}
        </h4>
        <p className="small">{t("fresh.text")}</p>
        <div className="secret-line"><code>{fresh.token}</code><CopyButton text={fresh.token} /></div>
      </div>
      <div className="stack fresh-part">
        <div className="spread">
          <span className="small setting-name">{t("fresh.try")}</span>
          <CopyButton text={curl} label={t("fresh.copyCurl")} />
        </div>
        <pre className="curl" tabIndex={0} role="region" aria-label={t("fresh.curl")}>{curl}</pre>
        <div>
          <Button
            small
            onClick={() => {
              markKept();
              onKept();
            }}
          >
            <Check size={16} aria-hidden="true" />{t("fresh.kept")}
          </Button>
        </div>
      </div>
    </section>
  );
}
