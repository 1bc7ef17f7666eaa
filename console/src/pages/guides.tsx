// pages/guides.tsx: how to call the service, for people who write programs.
import "../style/guides.css";

import { Bell, BookOpen, CircleAlert, Coins, Gauge, Hourglass, Rocket, type LucideIcon } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, NavLink, useParams } from "react-router-dom";

import { kTokenPlace } from "../code/samples";
import { ErrorNote, Spinner } from "../components/ui";
import { Article } from "../guides/article";
import { isGuide, kGuides, useGuideText, useService, valuesOf, type Block, type GuideName } from "../guides/catalogue";
import { useFreshToken } from "../keys/fresh_token";
import { useConfig } from "../shell";
import { useTitle } from "../title";
import { useTold } from "../told/use_tell";

const kIcons: Record<GuideName, LucideIcon> = {
  "first-call": Rocket,
  polling: Hourglass,
  callbacks: Bell,
  errors: CircleAlert,
  limits: Gauge,
  billing: Coins,
};

function Index() {
  const { t } = useTranslation("guides");
  const { title, lead } = useGuideText();
  useTitle(t("title"));
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack guides-lead">
          <h1>{t("title")}</h1>
          <p>{t("lead")}</p>
        </div>
      </div>
      <ul className="grid guides-list">
        {kGuides.map((name) => {
          const Icon = kIcons[name];
          return (
            <li key={name}>
              <Link className="card guide-card" to={`/guides/${name}`}>
                <span className="guide-icon"><Icon size={20} aria-hidden="true" /></span>
                <h2>{title(name)}</h2>
                <p className="muted">{lead(name)}</p>
              </Link>
            </li>
          );
        })}
        <li>
          <a className="card guide-card" href="/reference">
            <span className="guide-icon"><BookOpen size={20} aria-hidden="true" /></span>
            <h2>{t("reference.title")}</h2>
            <p className="muted">{t("reference.lead")}</p>
          </a>
        </li>
      </ul>
    </div>
  );
}

function Contents({ name, blocks }: { name: GuideName; blocks: Block[] }) {
  const { t } = useTranslation("guides");
  const { title } = useGuideText();
  return (
    <nav className="guide-nav" aria-label={t("nav")}>
      <ul>
        {kGuides.map((other) => (
          <li key={other}>
            <NavLink to={`/guides/${other}`}>{title(other)}</NavLink>
            {other === name && blocks.length > 0 && (
              <ul className="guide-sections" aria-label={t("sections")}>
                {blocks.map(({ h, id }) =>
                  h === undefined || id === undefined ? null : <li key={id}><a href={`#${id}`}>{h}</a></li>,
                )}
              </ul>
            )}
          </li>
        ))}
        <li><a href="/reference">{t("reference.title")}</a></li>
      </ul>
    </nav>
  );
}

function Neighbours({ name }: { name: GuideName }) {
  const { t } = useTranslation("guides");
  const { title } = useGuideText();
  const place = kGuides.indexOf(name);
  const before = kGuides[place - 1];
  const after = kGuides[place + 1];
  return (
    <div className="guide-ends">
      {before !== undefined && (
        <Link className="card" to={`/guides/${before}`}>
          <span className="small muted">{t("previous")}</span>{title(before)}
        </Link>
      )}
      {after !== undefined && (
        <Link className="card after" to={`/guides/${after}`}>
          <span className="small muted">{t("next")}</span>{title(after)}
        </Link>
      )}
    </div>
  );
}

function Guide({ name }: { name: GuideName }) {
  const { t, i18n } = useTranslation("guides");
  const { title, lead, blocks: read } = useGuideText();
  const config = useConfig();
  const service = useService();
  const token = useFreshToken();
  useTitle(title(name));
  const error = config.error ?? service.error;
  const isReady = config.data !== undefined && service.data !== undefined;
  const unit = useTold()(service.data?.unit ?? "");
  const values = useMemo(
    () => (config.data === undefined || service.data === undefined ? {} : valuesOf(config.data, service.data, t, unit)),
    // The numbers are written in the page's language.
    [config.data, service.data, t, unit, i18n.language],
  );
  const blocks = isReady ? read(name, values) : [];
  return (
    <div className="page guide">
      <Contents name={name} blocks={read(name, values)} />
      <article className="guide-text">
        <header className="stack guides-lead">
          <h1>{title(name)}</h1>
          <p className="muted">{lead(name)}</p>
        </header>
        {error !== null && !isReady && (
          <ErrorNote error={error} onRetry={() => void Promise.all([config.refetch(), service.refetch()])} />
        )}
        {error === null && !isReady && <Spinner />}
        <Article
          blocks={blocks}
          options={{ baseUrl: values["baseUrl"] ?? "", token: token ?? kTokenPlace }}
          hasToken={token !== null}
        />
        {isReady && <Neighbours name={name} />}
      </article>
    </div>
  );
}

export function Page() {
  const { name } = useParams();
  const { t } = useTranslation("guides");
  if (name === undefined) return <Index />;
  if (isGuide(name)) return <Guide key={name} name={name} />;
  return (
    <div className="page narrow">
      <h1>{t("noSuch.title")}</h1>
      <p><Link className="button" to="/guides">{t("noSuch.all")}</Link></p>
    </div>
  );
}
