// reference/header.tsx: the bar of the console, for a document that has no router.
import "../style/shell.css";

import { Check, Copy, KeyRound, Plus, UserRound } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useTranslation } from "react-i18next";

import { useActiveLink } from "../components/active_link";
import { useCopy } from "../components/clipboard";
import { SettingsItems } from "../components/settings_items";
import { isAdmin, useSession } from "../session";
import mark from "../style/mark.svg";
import type { Theme } from "../theme";
import { useErrorWords } from "../told/error_words";
import type { Credential, NewToken } from "./caller";

function logInAddress(): string {
  return `/login?next=${encodeURIComponent(window.location.pathname + window.location.hash)}`;
}

function Navigation() {
  const { t } = useTranslation();
  const { user } = useSession();
  const row = useActiveLink<HTMLElement>(String(user?.role));
  return (
    <nav className="nav" ref={row} aria-label={t("nav.main")}>
      <a href="/">{t("nav.studio")}</a>
      <a href="/services">{t("nav.services")}</a>
      {user != null && <a href="/keys">{t("nav.keys")}</a>}
      {user != null && <a href="/usage">{t("nav.usage")}</a>}
      <a href="/reference" aria-current="page">{t("nav.reference")}</a>
      <a href="/guides">{t("nav.guides")}</a>
      {isAdmin(user) && <a href="/admin">{t("nav.admin")}</a>}
    </nav>
  );
}

interface KeyProps {
  credentials: Credential[] | undefined;
  chosen: Credential | undefined;
  onChoose: (id: string) => void;
  fresh: NewToken;
}

function KeyChoice({ credentials, chosen, onChoose, fresh }: KeyProps) {
  const { t } = useTranslation("reference");
  if (credentials === undefined) return null;
  if (chosen === undefined) return <a className="bar-button" href="/services">{t("key.none")}</a>;
  return (
    <>
      <label className="key-choice">
        <KeyRound size={16} aria-hidden="true" />
        <span className="key-label">{t("key.label")}</span>
        <select value={chosen.id} title={t("key.hint")} onChange={(event) => onChoose(event.target.value)}>
          {credentials.map(({ id, name, prefix }) => (
            <option key={id} value={id}>{name === "" ? `${prefix}…` : `${name} (${prefix}…)`}</option>
          ))}
        </select>
      </label>
      {fresh.token === null && (
        <button
          type="button" className="bar-button icon" aria-label={t("fresh.make")} title={t("fresh.make")} disabled={fresh.isPending}
          aria-busy={fresh.isPending || undefined} onClick={() => fresh.make(chosen)}
        >
          {fresh.isPending ? <span className="spinner" aria-hidden="true" /> : <Plus size={18} aria-hidden="true" />}
        </button>
      )}
    </>
  );
}

/** The token that was just made: it stands in the code, and goes with the page. */
function FreshStrip({ fresh }: { fresh: NewToken }) {
  const { t } = useTranslation("reference");
  const { t: common } = useTranslation();
  const [done, copy] = useCopy();
  const { token, error } = fresh;
  const { words } = useErrorWords(error);
  return (
    <div role="status" className={token === null && error === null ? undefined : "fresh-strip"}>
      {error !== null && words !== null && <span className="wrong">{words}</span>}
      {token !== null && (
        <>
          <span>{t("fresh.text")}</span>
          <code>{token}</code>
          <span className="row">
            <button type="button" className="bar-button small" onClick={() => copy(token)}>
              {done ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
              {done ? common("copied") : common("copy")}
            </button>
            <button type="button" className="bar-button small" onClick={fresh.forget}>{t("fresh.forget")}</button>
          </span>
        </>
      )}
    </div>
  );
}

function Menu({ theme, onTheme }: { theme: Theme; onTheme: (theme: Theme) => void }) {
  const { t } = useTranslation();
  const { user, logOut } = useSession();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="bar-button icon" aria-label={t("account.menu")}>
        <UserRound size={18} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={8}>
          {user != null && (
            <>
              <DropdownMenu.Label className="menu-label">{user.email}</DropdownMenu.Label>
              <DropdownMenu.Item className="menu-item" asChild><a href="/account">{t("account.settings")}</a></DropdownMenu.Item>
              <DropdownMenu.Item className="menu-item" onSelect={() => void logOut()}>{t("account.logOut")}</DropdownMenu.Item>
              <DropdownMenu.Separator className="menu-line" />
            </>
          )}
          <SettingsItems theme={theme} onTheme={onTheme} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface Props extends KeyProps {
  theme: Theme;
  onTheme: (theme: Theme) => void;
  onSkip: () => void;
}

export function Header({ theme, onTheme, onSkip, ...key }: Props) {
  const { t } = useTranslation();
  const { user, logOutError } = useSession();
  return (
    <>
      {/* A button, since the viewer keeps the part of the address after # for itself. */}
      <button type="button" className="skip bar-button primary" onClick={onSkip}>{t("skip")}</button>
      <header className="bar reference-bar">
        <div className="bar-inner">
          <a className="brand" href="/"><img src={mark} alt="" width={28} height={28} />Kinora</a>
          <Navigation />
          {user != null && <KeyChoice {...key} />}
          {user === null && <a className="bar-button primary" href={logInAddress()}>{t("account.logIn")}</a>}
          <Menu theme={theme} onTheme={onTheme} />
        </div>
        {user != null && <FreshStrip fresh={key.fresh} />}
        {logOutError !== null && <div className="fresh-strip" role="alert"><span className="wrong">{t("error.unreachable")}</span></div>}
      </header>
    </>
  );
}
