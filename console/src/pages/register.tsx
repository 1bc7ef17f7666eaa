// pages/register.tsx: a new account, where the server makes any, and on to where its user wanted to go.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { Door, GoOn, useNextPlace } from "../accounts/door";
import { useHashSecret } from "../accounts/hash_secret";
import { RegisterForm } from "../accounts/register_form";
import { ErrorNote, Note, Spinner } from "../components/ui";
import { useSession } from "../session";
import { useConfig } from "../shell";
import { useTitle } from "../title";

export function Page() {
  const { t } = useTranslation("auth");
  useTitle(t("register.title"));
  const { user } = useSession();
  const config = useConfig();
  const { next, query } = useNextPlace();
  const invitation = useHashSecret("invitation");
  const [entered, setEntered] = useState(false);

  if (user != null || entered) return <GoOn to={next} />;
  const mode = config.data?.registration;
  return (
    <Door
      title={t("register.title")}
      lead={mode === "closed" ? undefined : mode === "invite" ? t("register.leadInvite") : t("register.lead")}
      foot={<span>{t("register.known")} <Link to={`/login${query}`}>{t("logIn.submit")}</Link></span>}
    >
      {config.isError && <ErrorNote error={config.error} onRetry={() => void config.refetch()} />}
      {(config.isPending || user === undefined) && <Spinner />}
      {config.data !== undefined && user === null && (
        mode === "closed" ? (
          <>
            <Note>{t("register.closed")}</Note>
            {config.data.support_url !== null && <a href={config.data.support_url}>{t("askSupport")}</a>}
          </>
        ) : (
          // The key takes over a code that comes later, when a link is pasted into an open page.
          <RegisterForm
            key={invitation ?? ""}
            lengthMin={config.data.password_length_min}
            needsInvitation={mode === "invite"}
            invitation={invitation ?? ""}
            onEntered={() => setEntered(true)}
          />
        )
      )}
    </Door>
  );
}
