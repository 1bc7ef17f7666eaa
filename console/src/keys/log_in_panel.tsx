// keys/log_in_panel.tsx: what a page that is for users shows to who is not logged in.
import { LogIn } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router-dom";

import { Spinner } from "../components/ui";
import { useSession } from "../session";

interface Props {
  title: string;
  text: string;
  children: ReactNode;
}

/** `children` for who is logged in; a way to do so for all others. */
export function ForUsers({ title, text, children }: Props) {
  const { t } = useTranslation();
  const { user } = useSession();
  const location = useLocation();
  if (user === undefined) return <div className="page"><Spinner /></div>;
  if (user !== null) return children;
  const next = encodeURIComponent(location.pathname + location.search);
  return (
    <div className="page narrow">
      <div className="card stack log-in-panel">
        <h1>{title}</h1>
        <p className="muted">{text}</p>
        <div className="row">
          <Link className="button primary" to={`/login?next=${next}`}>
            <LogIn size={16} aria-hidden="true" />{t("account.logIn")}
          </Link>
        </div>
      </div>
    </div>
  );
}
