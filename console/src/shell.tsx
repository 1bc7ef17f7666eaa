// shell.tsx: what stands round every page.
import "./style/shell.css";

import { useQuery } from "@tanstack/react-query";
import { UserRound } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, NavLink, Outlet, useLocation, useNavigate } from "react-router-dom";

import { withoutSlash } from "./api/base_url";
import { client, take } from "./api/client";
import { SettingsItems } from "./components/settings_items";
import { kDoors } from "./accounts/doors";
import { useActiveLink } from "./components/active_link";
import { ErrorNote, Spinner } from "./components/ui";
import { isAdmin, useSession } from "./session";
import mark from "./style/mark.svg";
import { chooseTheme, theme, type Theme } from "./theme";

export function useConfig() {
  return useQuery({
    queryKey: ["config"],
    queryFn: () => take(client.GET("/api/v1/config/")),
    staleTime: Infinity,
  });
}

/** Where programs reach this server, without a slash at its end: where the page is, until the server has said it. */
export function useBaseUrl(): string {
  return withoutSlash(useConfig().data?.base_url ?? window.location.origin);
}

function Navigation() {
  const { t } = useTranslation();
  const { user } = useSession();
  const row = useActiveLink<HTMLElement>(`${useLocation().pathname} ${user?.role}`);
  return (
    <nav className="nav" ref={row} aria-label={t("nav.main")}>
      <NavLink to="/" end>{t("nav.studio")}</NavLink>
      <NavLink to="/services">{t("nav.services")}</NavLink>
      {user != null && <NavLink to="/keys">{t("nav.keys")}</NavLink>}
      {user != null && <NavLink to="/usage">{t("nav.usage")}</NavLink>}
      <a href="/reference">{t("nav.reference")}</a>
      <NavLink to="/guides">{t("nav.guides")}</NavLink>
      {isAdmin(user) && <NavLink to="/admin">{t("nav.admin")}</NavLink>}
    </nav>
  );
}

function AccountMenu() {
  const { t } = useTranslation();
  const { user, logOut } = useSession();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Theme>(theme());
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button icon" aria-label={t("account.menu")}>
        <UserRound size={18} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={8}>
          {user != null && (
            <>
              <DropdownMenu.Label className="menu-label">{user.email}</DropdownMenu.Label>
              <DropdownMenu.Item className="menu-item" onSelect={() => navigate("/account")}>
                {t("account.settings")}
              </DropdownMenu.Item>
              <DropdownMenu.Item className="menu-item" onSelect={() => void logOut().then((done) => done && navigate("/"))}>
                {t("account.logOut")}
              </DropdownMenu.Item>
              <DropdownMenu.Separator className="menu-line" />
            </>
          )}
          <SettingsItems
            theme={chosen}
            onTheme={(value) => {
              setChosen(value);
              chooseTheme(value);
            }}
          />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Entrance() {
  const { t } = useTranslation();
  const { user } = useSession();
  const location = useLocation();
  const config = useConfig();
  if (user !== null) return null;
  const from = kDoors.includes(location.pathname) ? location.search : `?next=${encodeURIComponent(location.pathname + location.search)}`;
  return (
    <>
      <Link className="button quiet" to={`/login${from}`}>{t("account.logIn")}</Link>
      {config.data?.registration !== "closed" && (
        <Link className="button primary" to={`/register${from}`}>{t("account.register")}</Link>
      )}
    </>
  );
}

export function Shell() {
  const { t } = useTranslation();
  const config = useConfig();
  const session = useSession();
  const location = useLocation();
  const main = useRef<HTMLElement>(null);
  const former = useRef(location.pathname);
  useEffect(() => {
    // A screen reader hears of the new page, the keyboard goes on from its top.
    if (former.current === location.pathname) return;
    former.current = location.pathname;
    window.scrollTo(0, 0);
    main.current?.focus();
  }, [location.pathname]);
  return (
    <div className="shell">
      <a className="skip button primary" href="#content">{t("skip")}</a>
      <header className="bar">
        <div className="bar-inner">
          <Link className="brand" to="/"><img src={mark} alt="" width={28} height={28} />Kinora</Link>
          <Navigation />
          <Entrance />
          <AccountMenu />
        </div>
      </header>
      <main id="content" ref={main} tabIndex={-1}>
        {session.error !== null && <div className="page shell-error"><ErrorNote error={session.error} onRetry={session.ask} /></div>}
        {session.logOutError !== null && (
          <div className="page shell-error"><ErrorNote error={session.logOutError} onRetry={() => void session.logOut()} /></div>
        )}
        <Suspense fallback={<div className="page"><Spinner /></div>}><Outlet /></Suspense>
      </main>
      <footer className="foot">
        <div className="foot-inner">
          <span>Kinora {config.data?.version}</span>
          <span className="row">
            <a href="/openapi.json">OpenAPI</a>
            <a href="/licenses.txt">{t("licences")}</a>
            {config.data?.support_url != null && <a href={config.data.support_url}>{t("support")}</a>}
          </span>
        </div>
      </footer>
    </div>
  );
}
