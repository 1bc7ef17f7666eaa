// admin/user.tsx: one user, what they have, and all that can be done about it.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router-dom";

import type { Schemas } from "../api/client";
import { Button, ErrorNote, Note, Spinner } from "../components/ui";
import { amount, dateTime } from "../format";
import { useSession } from "../session";
import { OnceCard } from "./acts";
import { ApplicationState, SuspendDialog, TopUpDialog } from "./application_acts";
import { mayChange, RoleBadge, useBalanceName, useUserOf } from "./names";
import { BackLink, DataTable, Facts, IdText, SectionHead, type Column } from "./parts";
import { DeleteDialog, DisableDialog, RenameDialog, ResetDialog, RoleDialog } from "./user_acts";
import { UserBadges } from "./users";

type Application = Schemas["Application"];
type Asked = "rename" | "reset" | "disable" | "role" | "delete" | "topUp" | null;

function Balances({ user, changeable }: { user: Schemas["UserWithApplications"]; changeable: boolean }) {
  const { t } = useTranslation("admin");
  const name = useBalanceName();
  const [topped, setTopped] = useState<Application | null>(null);
  const [suspended, setSuspended] = useState<Application | null>(null);
  const columns: Column<Application>[] = [
    {
      id: "name",
      head: t("application.name"),
      cell: (row) => (
        <span className="admin-two">
          <Link className="admin-name" to={`/admin/applications/${row.id}`}>{name(row)}</Link>
          <ApplicationState application={row} />
        </span>
      ),
    },
    { id: "remaining", head: t("application.remaining"), number: true, cell: (row) => amount(row.remaining_amount) },
    { id: "held", head: t("application.held"), number: true, cell: (row) => amount(row.held_amount) },
    { id: "used", head: t("application.used"), number: true, cell: (row) => amount(row.used_amount) },
    {
      id: "acts",
      head: t("acts"),
      silent: true,
      cell: (row) => (
        <span className="row admin-end">
          <Button small onClick={() => setTopped(row)}>{t("topUp.act")}</Button>
          {changeable && (
            <Button small look={row.disabled ? undefined : "danger"} onClick={() => setSuspended(row)}>
              {row.disabled ? t("application.enable") : t("application.disable")}
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <>
      {user.applications.length === 0
        ? <p className="admin-empty">{t("user.noApplications")}</p>
        : <DataTable label={t("user.balances")} columns={columns} rows={user.applications} keyOf={(row) => row.id} />}
      {topped !== null && <TopUpDialog application={topped} onClose={() => setTopped(null)} />}
      {suspended !== null && <SuspendDialog application={suspended} onClose={() => setSuspended(null)} />}
    </>
  );
}

export function UserPage() {
  const { t } = useTranslation("admin");
  const { id = "" } = useParams();
  const { user: me } = useSession();
  const navigate = useNavigate();
  const found = useUserOf(id);
  const [asked, setAsked] = useState<Asked>(null);
  const [link, setLink] = useState<Schemas["ResetLink"] | null>(null);
  const user = found.data;
  const back = <BackLink to="/admin/users">{t("user.back")}</BackLink>;
  if (user === undefined) {
    return (
      <section className="stack admin-section">
        {back}
        {found.isError
          ? <ErrorNote error={found.error} onRetry={() => void found.refetch()} />
          : <Spinner />}
      </section>
    );
  }
  const changeable = mayChange(me, user);
  const hasGeneral = user.applications.some((each) => each.scope === "Global");
  const close = () => setAsked(null);
  return (
    <section className="stack admin-section">
      {back}
      <SectionHead title={user.email} {...(user.nickname === "" ? {} : { text: user.nickname })}>
        <RoleBadge role={user.role} />
        <UserBadges user={user} />
      </SectionHead>
      {found.isError && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
      {link !== null && (
        <OnceCard
          key={link.url}
          title={t("reset.linkTitle", { email: user.email })}
          text={t("reset.linkText", { time: dateTime(link.expires_at) })}
          secrets={[{ label: t("reset.link"), text: link.url }]}
          onClose={() => setLink(null)}
        />
      )}
      <div className="card stack">
        <h3>{t("user.particulars")}</h3>
        <Facts
          facts={[
            [t("user.id"), <IdText key="id" id={user.id} what={t("user.id")} whole />],
            [t("user.created"), dateTime(user.created_at)],
            [t("user.mail"), user.verified ? t("user.verified") : t("user.unverified")],
            [t("user.password"), user.has_password ? t("user.passwordSet") : t("user.noPassword")],
          ]}
        />
        <div className="row">
          <Link className="button small" to={`/admin/tasks?user=${user.id}`}>{t("user.toTasks")}</Link>
          <Link className="button small" to={`/admin/audit?actor=${user.id}`}>{t("user.toActs")}</Link>
          <Link className="button small" to={`/admin/audit?object=${user.id}`}>{t("user.toTrail")}</Link>
        </div>
      </div>
      <div className="card stack">
        <div className="spread">
          <h3>{t("user.balances")}</h3>
          {!hasGeneral && <Button small onClick={() => setAsked("topUp")}>{t("topUp.general")}</Button>}
        </div>
        <Balances user={user} changeable={changeable} />
      </div>
      <div className="card stack">
        <h3>{t("user.account")}</h3>
        {!changeable && <Note>{user.id === me?.id ? t("user.self") : t("user.outOfReach")}</Note>}
        {changeable && (
          <ul className="admin-deeds">
            <Deed text={t("rename.text")} label={t("rename.title")} onClick={() => setAsked("rename")} />
            <Deed text={t("reset.text")} label={t("reset.title")} onClick={() => setAsked("reset")} />
            {me?.role === "owner" && (
              <Deed
                text={user.role === "user" ? t("roleChange.upText") : t("roleChange.downText")}
                label={user.role === "user" ? t("roleChange.up") : t("roleChange.down")}
                onClick={() => setAsked("role")}
              />
            )}
            <Deed
              danger={!user.disabled}
              text={user.disabled ? t("disable.enableText") : t("disable.text")}
              label={user.disabled ? t("disable.enable") : t("disable.title")}
              onClick={() => setAsked("disable")}
            />
            <Deed danger text={t("remove.text")} label={t("remove.title")} onClick={() => setAsked("delete")} />
          </ul>
        )}
      </div>
      {asked === "rename" && <RenameDialog user={user} onClose={close} />}
      {asked === "reset" && <ResetDialog user={user} onDone={setLink} onClose={close} />}
      {asked === "disable" && <DisableDialog user={user} onClose={close} />}
      {asked === "role" && <RoleDialog user={user} onClose={close} />}
      {asked === "delete" && <DeleteDialog user={user} onDone={() => navigate("/admin/users")} onClose={close} />}
      {asked === "topUp" && <TopUpDialog user={user} onClose={close} />}
    </section>
  );
}

function Deed({ text, label, danger = false, onClick }: {
  text: string;
  label: string;
  danger?: boolean;
  onClick: () => void;
}) {
  return (
    <li>
      <span className="muted">{text}</span>
      <Button look={danger ? "danger" : undefined} onClick={onClick}>{label}</Button>
    </li>
  );
}
