// guides/rich.tsx: a sentence of the catalogue with `code` and [links](/somewhere) in it.
import { Fragment } from "react";
import { Link } from "react-router-dom";

const kMark = /`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/g;

function Target({ href, text }: { href: string; text: string }) {
  // The reference is a document of its own, which the router does not know.
  if (/^https?:/.test(href)) return <a href={href} rel="noreferrer">{text}</a>;
  return href.startsWith("/reference") ? <a href={href}>{text}</a> : <Link to={href}>{text}</Link>;
}

export function Rich({ text }: { text: string }) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(kMark)) {
    const [whole, code, label, href] = match;
    parts.push(<Fragment key={end}>{text.slice(end, match.index)}</Fragment>);
    parts.push(
      code !== undefined
        ? <code key={`c${match.index}`}>{code}</code>
        : <Target key={`l${match.index}`} href={href ?? "/"} text={label ?? ""} />,
    );
    end = match.index + whole.length;
  }
  parts.push(<Fragment key={end}>{text.slice(end)}</Fragment>);
  return <>{parts}</>;
}
