// components/ui.tsx: small parts of which every page is made.
import { AlertTriangle, Check, Copy, Info } from "lucide-react";
import {
  useEffect, useId, useRef, type ButtonHTMLAttributes, type InputHTMLAttributes, type MouseEvent, type ReactNode,
} from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "../api/client";
import { useErrorWords } from "../told/error_words";
import { useCopy } from "./clipboard";

export function Spinner({ label }: { label?: string }) {
  const { t } = useTranslation();
  return (
    <span role="status" className="row muted">
      <span className="spinner" aria-hidden="true" />
      <span className={label === undefined ? "visually-hidden" : undefined}>{label ?? t("loading")}</span>
    </span>
  );
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: "primary" | "danger" | "quiet" | undefined;
  small?: boolean;
  /** Shows that the act goes on, and lets nobody press twice. */
  busy?: boolean;
}

export function Button({ look, small, busy = false, className, children, onClick, ...rest }: ButtonProps) {
  const classes = ["button", look, small === true ? "small" : undefined, className].filter(Boolean).join(" ");
  return (
    // Busy, it keeps the focus, which a disabled one loses, and does nothing.
    <button
      type="button" {...rest} className={classes} aria-disabled={busy || undefined} aria-busy={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {busy && <span className="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  wrong?: string | undefined;
}

export function Field({ label, hint, wrong, ...rest }: FieldProps) {
  const id = useId();
  const described = [hint !== undefined ? `${id}-hint` : "", wrong !== undefined ? `${id}-wrong` : ""].filter(Boolean);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...rest}
        id={id}
        className="input"
        aria-invalid={wrong !== undefined || undefined}
        aria-describedby={described.join(" ") || undefined}
      />
      {hint !== undefined && <span className="hint" id={`${id}-hint`}>{hint}</span>}
      {wrong !== undefined && <span className="wrong" id={`${id}-wrong`}>{wrong}</span>}
    </div>
  );
}

/** What went wrong in plain words, with the id that the server's log knows the call by. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { words, original } = useErrorWords(error);
  const traceId = error instanceof ApiError ? error.traceId : null;
  if (words === null) return null; // An alert is read out when it comes, so it comes with its words.
  return (
    <div className="note bad" role="alert">
      <AlertTriangle size={18} aria-hidden="true" />
      <div className="stack" style={{ gap: 6 }}>
        <span>{words}</span>
        {original !== null && <span className="small" lang="en">{original}</span>}
        {traceId !== null && <span className="small">{t("traceId")}: <code>{traceId}</code></span>}
        {onRetry !== undefined && <span><Button small onClick={onRetry}>{t("again")}</Button></span>}
      </div>
    </div>
  );
}

export function Note({ look, children }: { look?: "good" | "warn"; children: ReactNode }) {
  return (
    <div className={["note", look].filter(Boolean).join(" ")} role="status">
      <Info size={18} aria-hidden="true" />
      <div>{children}</div>
    </div>
  );
}

/** Copies `text`; says so to eyes and to screen readers. */
export function CopyButton({ text, label, small = true }: { text: string | (() => string); label?: string; small?: boolean }) {
  const { t } = useTranslation();
  const [done, copy] = useCopy();
  return (
    <Button small={small} onClick={() => copy(typeof text === "string" ? text : text())}>
      {done ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
      <span aria-live="polite">{done ? t("copied") : (label ?? t("copy"))}</span>
    </Button>
  );
}

/** The browser's own modal dialog: focus stays inside, Escape closes, the rest is inert. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  // A press on what lies around it closes; one that only ends there, as when text is marked, does not.
  const pressedAround = useRef(false);
  const isAround = (event: MouseEvent) => {
    const box = element.current?.getBoundingClientRect();
    return (
      box !== undefined && event.target === element.current &&
      (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom)
    );
  };
  useEffect(() => {
    const dialog = element.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
  }, []);
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={id}
      onClose={onClose}
      onPointerDown={(event) => (pressedAround.current = isAround(event))}
      onClick={(event) => pressedAround.current && isAround(event) && element.current?.close()}
    >
      <div className="stack">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
