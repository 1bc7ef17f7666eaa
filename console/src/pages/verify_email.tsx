// pages/verify_email.tsx: confirms the address that a letter went to, by the code of its link.
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { Door } from "../accounts/door";
import { isAbout } from "../accounts/field_errors";
import { useHashSecret } from "../accounts/hash_secret";
import { client, take } from "../api/client";
import { ErrorNote, Note, Spinner } from "../components/ui";
import { useSession } from "../session";
import { useTitle } from "../title";

export function Page() {
  const { t } = useTranslation("auth");
  useTitle(t("verify.title"));
  const { user, refresh } = useSession();
  const code = useHashSecret("code");
  const asked = useRef<string | null>(null);
  const verify = useMutation({
    mutationFn: async (given: string) => {
      const { user: confirmed } = await take(
        client.POST("/api/v1/email-verifications/confirm/", { body: { code: given } }),
      );
      await refresh();
      return confirmed;
    },
  });
  const { mutate } = verify;
  useEffect(() => {
    if (code === null || asked.current === code) return;
    asked.current = code;
    mutate(code);
  }, [code, mutate]);

  const isStale = isAbout(verify.error, "code");
  return (
    <Door title={t("verify.title")}>
      {code === null && <Note look="warn">{t("verify.noCode")}</Note>}
      {code !== null && (verify.isPending || verify.isIdle) && <Spinner label={t("verify.working")} />}
      {verify.isSuccess && (
        <>
          <Note look="good">{t("verify.done", { email: verify.data.email })}</Note>
          <Link className="button primary acc-wide" to={user == null ? "/login" : "/services"}>
            {user == null ? t("logIn.submit") : t("verify.goOn")}
          </Link>
        </>
      )}
      {isStale && <Note look="warn">{t("verify.stale")}</Note>}
      {verify.isError && !isStale && <ErrorNote error={verify.error} onRetry={() => code !== null && mutate(code)} />}
      {(code === null || isStale) && <p><Link to="/account">{t("verify.another")}</Link></p>}
    </Door>
  );
}
