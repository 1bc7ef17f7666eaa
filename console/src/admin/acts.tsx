// admin/acts.tsx: asking before something is done, saying that it was, and showing once what is shown once.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CheckCircle2, KeyRound } from "lucide-react";
import {
  createContext, useCallback, useContext, useEffect, useId, useRef, useState, type ReactNode,
} from "react";
import { useTranslation } from "react-i18next";

import { Button, CopyButton, Dialog, ErrorNote } from "../components/ui";

const kShown_ms = 7_000;
const SayContext = createContext<(text: string) => void>(() => undefined);

/** Shows at the foot of the window what was done, to eyes and to screen readers. */
export function SayProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<{ text: string } | null>(null);
  useEffect(() => {
    if (said === null) return undefined;
    const timer = setTimeout(() => setSaid(null), kShown_ms);
    return () => clearTimeout(timer);
  }, [said]);
  const say = useCallback((text: string) => setSaid({ text }), []);
  return (
    <SayContext.Provider value={say}>
      {children}
      <div className="admin-said" role="status">
        {said !== null && (
          <p>
            <CheckCircle2 size={18} aria-hidden="true" />
            <span>{said.text}</span>
          </p>
        )}
      </div>
    </SayContext.Provider>
  );
}

export function useSay(): (text: string) => void {
  return useContext(SayContext);
}

/** All that is shown is asked for once more, and what other pages remember is out of date: prices, balances, tasks. */
function useRefresh(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" && queryKey[0] !== "config" });
  }, [queries]);
}

interface ActDialogProps<Result> {
  title: string;
  /** What the button that does it says. */
  label: string;
  look?: "primary" | "danger";
  /** Whether enough is filled in. */
  ready?: boolean;
  act: () => Promise<Result>;
  onDone?: (result: Result) => void;
  onClose: () => void;
  children: ReactNode;
}

export function ActDialog<Result>({
  title, label, look = "primary", ready = true, act, onDone, onClose, children,
}: ActDialogProps<Result>) {
  const { t } = useTranslation("admin");
  const form = useRef<HTMLFormElement>(null);
  const refresh = useRefresh();
  // The dialog's own closing gives the focus back to what opened it.
  const close = () => form.current?.closest("dialog")?.close();
  const acting = useMutation({
    mutationFn: act,
    onSuccess: (result) => {
      onDone?.(result);
      refresh();
      close();
    },
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        ref={form}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !acting.isPending) acting.mutate();
        }}
      >
        {children}
        {acting.isError && <ErrorNote error={acting.error} />}
        <div className="admin-acts">
          <Button onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" look={look} busy={acting.isPending} disabled={!ready}>{label}</Button>
        </div>
      </form>
    </Dialog>
  );
}

interface Secret {
  label: string;
  text: string;
}

/** What the server tells this once. It stays until it is put away by its button. */
export function OnceCard({ title, text, secrets, onClose }: {
  title: string;
  text: string;
  secrets: Secret[];
  onClose: () => void;
}) {
  const { t } = useTranslation("admin");
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="card admin-once" aria-labelledby={id}>
      <KeyRound size={22} aria-hidden="true" />
      <div className="stack">
        <div>
          <h3 id={id} ref={heading} tabIndex={-1}>{title}</h3>
          <p className="muted">{text}</p>
        </div>
        {secrets.map((secret, index) => (
          <div className="field" key={secret.label}>
            <label htmlFor={`${id}-${index}`}>{secret.label}</label>
            <div className="admin-secret">
              <input
                id={`${id}-${index}`}
                className="input mono"
                readOnly
                value={secret.text}
                onFocus={(event) => event.currentTarget.select()}
              />
              <CopyButton small={false} text={secret.text} />
            </div>
          </div>
        ))}
        <div className="row">
          <Button onClick={onClose}>{t("once.close")}</Button>
          <span className="small muted">{t("once.hint")}</span>
        </div>
      </div>
    </section>
  );
}
