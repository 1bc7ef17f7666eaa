// admin/users.tsx: everybody who has an account, and making one.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { client, take, type Schemas } from "../api/client";
import { Button, Field } from "../components/ui";
import { date } from "../format";
import { useSession, type User } from "../session";
import { useConfig } from "../shell";
import { ActDialog, OnceCard, useSay } from "./acts";
import { defined, oneOf, useFilters } from "./filters";
import { kRoles, RoleBadge, type Role } from "./names";
import { Listing, OrderSelect, SectionHead, Select, TextFilter, type Column } from "./parts";

export function UserBadges({ user }: { user: User }) {
  const { t } = useTranslation("admin");
  return (
    <span className="row admin-badges">
      {user.disabled ? <span className="badge bad">{t("user.disabled")}</span>
        : <span className="badge good">{t("user.active")}</span>}
      {!user.verified && <span className="badge warn">{t("user.unverified")}</span>}
      {!user.has_password && <span className="badge warn">{t("user.noPassword")}</span>}
    </span>
  );
}

function NewUserDialog({ onDone, onClose }: { onDone: (user: Schemas["CreatedUser"]) => void; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const { user: me } = useSession();
  const config = useConfig();
  const [email, setEmail] = useState("");
  const [nickname, setNickname] = useState("");
  const [role, setRole] = useState<Role>("user");
  const [password, setPassword] = useState("");
  const shortest = config.data?.password_length_min ?? 8;
  return (
    <ActDialog
      title={t("newUser.title")}
      label={t("newUser.make")}
      ready={email.trim() !== "" && (password === "" || password.length >= shortest)}
      act={() =>
        take(client.POST("/api/v1/admin/users/", {
          body: {
            email: email.trim(),
            role,
            ...(nickname.trim() === "" ? {} : { nickname: nickname.trim() }),
            ...(password === "" ? {} : { password }),
          },
        }))}
      onDone={onDone}
      onClose={onClose}
    >
      <Field
        type="email" label={t("newUser.email")} required autoComplete="off" maxLength={254}
        value={email} onChange={(event) => setEmail(event.target.value)}
      />
      <Field
        label={t("newUser.nickname")} autoComplete="off" maxLength={80}
        value={nickname} onChange={(event) => setNickname(event.target.value)}
      />
      {me?.role === "owner" && (
        <Select
          label={t("newUser.role")}
          value={role}
          onChange={(value) => setRole(oneOf(value, kRoles) ?? "user")}
          options={[["user", t("role.user")], ["admin", t("role.admin")]]}
          hint={t("newUser.roleHint")}
        />
      )}
      <Field
        type="password" label={t("newUser.password")} autoComplete="new-password"
        value={password} onChange={(event) => setPassword(event.target.value)}
        hint={t("newUser.passwordHint", { length: shortest })}
      />
    </ActDialog>
  );
}

export function Users() {
  const { t } = useTranslation("admin");
  const say = useSay();
  const filters = useFilters();
  const [makes, setMakes] = useState(false);
  const [made, setMade] = useState<{ email: string; url: string } | null>(null);
  const query = defined({
    ...filters.slice,
    q: filters.get("q"),
    role: oneOf(filters.get("role"), kRoles),
    ordering: filters.get("order") === "oldest" ? ("created_at" as const) : undefined,
  });
  const users = useQuery({
    queryKey: ["admin", "users", query],
    queryFn: ({ signal }) => take(client.GET("/api/v1/admin/users/", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  const columns: Column<User>[] = [
    {
      id: "user",
      head: t("user.user"),
      cell: (user) => (
        <span className="admin-two">
          <Link className="admin-name" to={`/admin/users/${user.id}`}>{user.email}</Link>
          {user.nickname !== "" && <span className="small muted">{user.nickname}</span>}
        </span>
      ),
    },
    { id: "role", head: t("user.role"), cell: (user) => <RoleBadge role={user.role} /> },
    { id: "state", head: t("user.state"), cell: (user) => <UserBadges user={user} /> },
    { id: "created", head: t("user.created"), cell: (user) => date(user.created_at) },
  ];
  const done = (user: Schemas["CreatedUser"]) => {
    say(t("newUser.done", { email: user.email }));
    setMade(user.setup_url === undefined ? null : { email: user.email, url: user.setup_url });
  };
  const isFiltered = filters.get("q") !== "" || filters.get("role") !== "";
  return (
    <section className="stack admin-section">
      <SectionHead title={t("tabs.users")} text={t("users.text")}>
        <Button look="primary" onClick={() => setMakes(true)}>
          <UserPlus size={18} aria-hidden="true" />
          {t("newUser.title")}
        </Button>
      </SectionHead>
      {made !== null && (
        <OnceCard
          key={made.url}
          title={t("newUser.linkTitle", { email: made.email })}
          text={t("newUser.linkText")}
          secrets={[{ label: t("newUser.link"), text: made.url }]}
          onClose={() => setMade(null)}
        />
      )}
      <div className="admin-filters">
        <TextFilter
          label={t("users.search")}
          placeholder={t("users.searchHint")}
          value={filters.get("q")}
          onChange={(q) => filters.change({ q })}
        />
        <Select
          label={t("user.role")}
          value={filters.get("role")}
          onChange={(role) => filters.change({ role })}
          options={[["", t("filter.all")], ...kRoles.map((role) => [role, t(`role.${role}`)] as const)]}
        />
        <OrderSelect filters={filters} />
      </div>
      <Listing
        label={t("tabs.users")}
        query={users}
        columns={columns}
        keyOf={(user) => user.id}
        empty={isFiltered ? t("filter.nothing") : t("common:none")}
        filters={filters}
      />
      {makes && <NewUserDialog onDone={done} onClose={() => setMakes(false)} />}
    </section>
  );
}
