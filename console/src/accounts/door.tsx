// accounts/door.tsx: the narrow pages before the log-in: one card, one thing to do.
import "../style/auth.css";

import { useEffect, type ReactNode } from "react";
import { Navigate, useSearchParams } from "react-router-dom";

import { Spinner } from "../components/ui";
import { safeNext } from "../next";
import { kDoors } from "./doors";

interface NextPlace {
  /** Where to go after the log-in. */
  next: string;
  /** The query that hands it on to another door. */
  query: string;
}

/** `?next=` of this page. A door is no place to go on to: it would lead round in a circle. */
export function useNextPlace(): NextPlace {
  const [parameters] = useSearchParams();
  const wanted = safeNext(parameters.get("next"));
  const path = wanted.replace(/[?#].*$/, "").replace(/(.)\/+$/, "$1");
  const next = kDoors.includes(path) ? "/" : wanted;
  return { next, query: next === "/" ? "" : `?next=${encodeURIComponent(next)}` };
}

// Documents of their own, which the router does not know.
const kOwnDocument = /^\/(reference|openapi\.json|licenses\.txt|media\/[^?#]*)([/?#]|$)/;

/** Opens the place. */
export function GoOn({ to }: { to: string }) {
  const isOwnDocument = kOwnDocument.test(to);
  useEffect(() => {
    if (isOwnDocument) window.location.replace(to);
  }, [isOwnDocument, to]);
  return isOwnDocument ? <div className="page narrow"><Spinner /></div> : <Navigate to={to} replace />;
}

interface DoorProps {
  title: string;
  lead?: ReactNode;
  /** Links to the other doors, below the card. */
  foot?: ReactNode;
  children: ReactNode;
}

export function Door({ title, lead, foot, children }: DoorProps) {
  return (
    <div className="page narrow door">
      <div className="door-head">
        <h1>{title}</h1>
        {lead !== undefined && <p className="muted">{lead}</p>}
      </div>
      <div className="card stack door-card">{children}</div>
      {foot !== undefined && <div className="door-foot">{foot}</div>}
    </div>
  );
}
