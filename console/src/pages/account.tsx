// pages/account.tsx: what its user may change of the own account.
import "../style/auth.css";

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router-dom";

import { DeleteAccount, LogOutEverywhere } from "../accounts/endings";
import { PasswordSection } from "../accounts/password_section";
import { PlatformTokens } from "../accounts/platform_tokens";
import { Profile } from "../accounts/profile";
import { Spinner } from "../components/ui";
import { useSession } from "../session";
import { useTitle } from "../title";

export function Page() {
  const { t } = useTranslation("auth");
  useTitle(t("account.title"));
  const { user } = useSession();
  const [gone, setGone] = useState(false);
  if (gone) return <Navigate to="/" replace />;
  if (user === null) return <Navigate to="/login?next=%2Faccount" replace />;
  return (
    <div className="page acc-settings">
      <div className="page-head">
        <div className="stack acc-tight">
          <h1>{t("account.title")}</h1>
          <p>{t("account.lead")}</p>
        </div>
      </div>
      {user === undefined ? (
        <Spinner />
      ) : (
        <>
          <Profile user={user} />
          <PasswordSection user={user} />
          <PlatformTokens />
          <LogOutEverywhere />
          <DeleteAccount user={user} onGone={() => setGone(true)} />
        </>
      )}
    </div>
  );
}
