// pages/admin.tsx: the administration, for admins and the owner.
import "../style/admin.css";

import { useTranslation } from "react-i18next";
import { Link, NavLink, Route, Routes, useLocation } from "react-router-dom";

import { SayProvider } from "../admin/acts";
import { ApplicationPage } from "../admin/application";
import { Applications } from "../admin/applications";
import { Audit } from "../admin/audit";
import { Invitations } from "../admin/invitations";
import { Ledger } from "../admin/ledger";
import { Overview } from "../admin/overview";
import { Services } from "../admin/services";
import { TaskPage } from "../admin/task";
import { Tasks } from "../admin/tasks";
import { TopUps } from "../admin/top_ups";
import { UserPage } from "../admin/user";
import { Users } from "../admin/users";
import { useActiveLink } from "../components/active_link";
import { Spinner } from "../components/ui";
import { useSession } from "../session";
import { useTitle } from "../title";
import { NotFound } from "./not_found";

const kTabs = [
  ["overview", "/admin"],
  ["users", "/admin/users"],
  ["invitations", "/admin/invitations"],
  ["services", "/admin/services"],
  ["applications", "/admin/applications"],
  ["tasks", "/admin/tasks"],
  ["topUps", "/admin/top-ups"],
  ["ledger", "/admin/ledger"],
  ["audit", "/admin/audit"],
] as const;

function Refusal({ stranger }: { stranger: boolean }) {
  const { t } = useTranslation("admin");
  const location = useLocation();
  useTitle(t("title"));
  return (
    <div className="page narrow">
      <h1>{t("refusal.title")}</h1>
      <p className="muted">{stranger ? t("refusal.stranger") : t("refusal.user")}</p>
      <p>
        {stranger ? (
          <Link
            className="button primary"
            to={`/login?next=${encodeURIComponent(location.pathname + location.search)}`}
          >
            {t("common:account.logIn")}
          </Link>
        ) : (
          <Link className="button" to="/">{t("common:notFound.home")}</Link>
        )}
      </p>
    </div>
  );
}

export function Page() {
  const { t } = useTranslation("admin");
  const { user } = useSession();
  const row = useActiveLink<HTMLElement>(`${useLocation().pathname} ${user?.role}`);
  if (user === undefined) return <div className="page"><Spinner /></div>;
  if (user === null || user.role === "user") return <Refusal stranger={user === null} />;
  return (
    <SayProvider>
      <div className="page admin">
        <div className="page-head">
          <div>
            <h1>{t("title")}</h1>
            <p>{t("intro")}</p>
          </div>
        </div>
        <nav className="admin-tabs" ref={row} aria-label={t("tabs.label")}>
          {kTabs.map(([name, path]) => (
            <NavLink key={name} to={path} end={path === "/admin"}>{t(`tabs.${name}`)}</NavLink>
          ))}
        </nav>
        <Routes>
          <Route index element={<Overview />} />
          <Route path="users" element={<Users />} />
          <Route path="users/:id" element={<UserPage />} />
          <Route path="invitations" element={<Invitations />} />
          <Route path="services" element={<Services />} />
          <Route path="applications" element={<Applications />} />
          <Route path="applications/:id" element={<ApplicationPage />} />
          <Route path="tasks" element={<Tasks />} />
          <Route path="tasks/:id" element={<TaskPage />} />
          <Route path="top-ups" element={<TopUps />} />
          <Route path="ledger" element={<Ledger />} />
          <Route path="audit" element={<Audit />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </div>
    </SayProvider>
  );
}
