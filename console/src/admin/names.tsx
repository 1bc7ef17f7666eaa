// admin/names.tsx: people and balances by their names, where the API has ids only; and picking somebody.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { client, take, type Schemas } from "../api/client";
import { Button, Field } from "../components/ui";
import type { User } from "../session";
import { useTold } from "../told/use_tell";
import { isId } from "./filters";

export const kRoles = ["user", "admin", "owner"] as const;
export type Role = (typeof kRoles)[number];

/** Whether `me` stands above `other`; the server refuses all else. */
export function mayChange(me: User | null | undefined, other: { role: Role }): boolean {
  return me != null && kRoles.indexOf(other.role) < kRoles.indexOf(me.role);
}

export function useUserOf(id: string | undefined) {
  return useQuery({
    queryKey: ["admin", "user", id],
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/admin/users/{id}/", { params: { path: { id: id ?? "" } }, signal })),
    enabled: id !== undefined,
    staleTime: 60_000,
  });
}

export function useApplicationOf(id: string | undefined) {
  return useQuery({
    queryKey: ["admin", "application", id],
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/admin/applications/{id}/", { params: { path: { id: id ?? "" } }, signal })),
    enabled: id !== undefined,
    staleTime: 60_000,
  });
}

export function UserName({ id }: { id: string | null }) {
  const { t } = useTranslation("admin");
  const user = useUserOf(id ?? undefined);
  if (id === null) return <span className="muted">{t("names.nobody")}</span>;
  if (user.isError) return <span className="muted" title={id}>{t("names.gone", { id: id.slice(0, 8) })}</span>;
  return <Link className="admin-name" to={`/admin/users/${id}`}>{user.data?.email ?? id.slice(0, 8)}</Link>;
}

/** What a balance is called: by its service, or as the general one. */
export function useBalanceName(): (application: Schemas["Application"]) => string {
  const { t } = useTranslation("admin");
  const told = useTold();
  return (application) => told(application.service?.title ?? t("names.general"));
}

export function ApplicationName({ id }: { id: string }) {
  const name = useBalanceName();
  const application = useApplicationOf(id);
  if (application.isError) return <code className="muted" title={id}>{id.slice(0, 8)}</code>;
  return (
    <Link to={`/admin/applications/${id}`}>
      {application.data === undefined ? id.slice(0, 8) : name(application.data)}
    </Link>
  );
}

export function RoleBadge({ role }: { role: Role }) {
  const { t } = useTranslation("admin");
  return <span className={role === "user" ? "badge" : "badge accent"}>{t(`role.${role}`)}</span>;
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 200);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Somebody, by typing a part of the address or name; an id that is pasted will do too. */
export function UserPicker({ label, value, onChange }: {
  label: string;
  value: string | undefined;
  onChange: (id: string) => void;
}) {
  const { t } = useTranslation("admin");
  const list = useId();
  const [typed, setTyped] = useState("");
  const part = useSettled(typed.trim());
  const chosen = useUserOf(value);
  const found = useQuery({
    queryKey: ["admin", "pick", part],
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/admin/users/", { params: { query: { q: part, limit: 8 } }, signal })),
    enabled: value === undefined && part.length >= 2,
    placeholderData: keepPreviousData,
  });
  const items = part.length >= 2 ? (found.data?.items ?? []) : [];
  const exact = items.find((user) => user.email === typed.trim().toLowerCase())?.id;
  const wanted = isId(typed.trim()) ? typed.trim() : exact;
  useEffect(() => {
    if (wanted === undefined) return;
    setTyped("");
    onChange(wanted);
    // `onChange` is another function at each drawing; only a new choice matters.
  }, [wanted]);
  if (value !== undefined) {
    return (
      <div className="field">
        <span className="label">{label}</span>
        <span className="admin-picked">
          <span>{chosen.data?.email ?? value}</span>
          <Button look="quiet" small className="icon" aria-label={t("names.forget")} onClick={() => onChange("")}>
            <X size={16} aria-hidden="true" />
          </Button>
        </span>
      </div>
    );
  }
  return (
    <div className="admin-picker">
      <Field
        label={label}
        placeholder={t("names.pick")}
        list={list}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        wrong={part.length >= 2 && found.isSuccess && !found.isPlaceholderData && items.length === 0
          ? t("names.noMatch") : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          const first = items[0];
          if (event.key !== "Enter" || first === undefined) return;
          event.preventDefault();
          setTyped(first.email);
        }}
      />
      <datalist id={list}>
        {items.map((user) => <option key={user.id} value={user.email}>{user.nickname}</option>)}
      </datalist>
    </div>
  );
}
