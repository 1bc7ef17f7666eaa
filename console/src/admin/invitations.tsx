// admin/invitations.tsx: who may register where registration is by invitation.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { MailPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, take, type Schemas } from "../api/client";
import { Button, Field, Note } from "../components/ui";
import { dateTime } from "../format";
import { useConfig } from "../shell";
import { ActDialog, OnceCard, useSay } from "./acts";
import { defined, useFilters } from "./filters";
import { Listing, OrderSelect, SectionHead, Select, type Column } from "./parts";

type Invitation = Schemas["Invitation"];

const kDay_s = 86_400;
const kTimes = [["day", kDay_s], ["week", 7 * kDay_s], ["month", 30 * kDay_s], ["year", 365 * kDay_s]] as const;

function stateOf(invitation: Invitation): "used" | "over" | "open" {
  if (invitation.used_at !== null) return "used";
  return Date.parse(invitation.expires_at) < Date.now() ? "over" : "open";
}

function InviteDialog({ onDone, onClose }: {
  onDone: (invitation: Schemas["CreatedInvitation"]) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("admin");
  const [email, setEmail] = useState("");
  const [time, setTime] = useState<string>("week");
  return (
    <ActDialog
      title={t("invite.title")}
      label={t("invite.make")}
      act={() =>
        take(client.POST("/api/v1/admin/invitations/", {
          body: {
            expires_in: kTimes.find(([name]) => name === time)?.[1] ?? 7 * kDay_s,
            ...(email.trim() === "" ? {} : { email: email.trim() }),
          },
        }))}
      onDone={onDone}
      onClose={onClose}
    >
      <Field
        type="email" label={t("invite.email")} hint={t("invite.emailHint")} autoComplete="off" maxLength={254}
        value={email} onChange={(event) => setEmail(event.target.value)}
      />
      <Select
        label={t("invite.holds")}
        value={time}
        onChange={setTime}
        options={kTimes.map(([name]) => [name, t(`invite.${name}`)] as const)}
      />
    </ActDialog>
  );
}

function WithdrawDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const say = useSay();
  const isOpen = stateOf(invitation) === "open";
  return (
    <ActDialog
      title={isOpen ? t("invite.withdrawTitle") : t("invite.removeTitle")}
      label={isOpen ? t("invite.withdraw") : t("invite.remove")}
      look="danger"
      act={() =>
        take(client.DELETE("/api/v1/admin/invitations/{id}/", { params: { path: { id: invitation.id } } }))}
      onDone={() => say(isOpen ? t("invite.withdrawn") : t("invite.removed"))}
      onClose={onClose}
    >
      <p>
        {isOpen
          ? t("invite.withdrawAsk", { whom: invitation.email ?? t("invite.anybody") })
          : t("invite.removeAsk")}
      </p>
    </ActDialog>
  );
}

export function Invitations() {
  const { t } = useTranslation("admin");
  const config = useConfig();
  const filters = useFilters();
  const [invites, setInvites] = useState(false);
  const [made, setMade] = useState<Schemas["CreatedInvitation"] | null>(null);
  const [withdrawn, setWithdrawn] = useState<Invitation | null>(null);
  const query = defined({
    ...filters.slice,
    ordering: filters.get("order") === "oldest" ? ("created_at" as const) : undefined,
  });
  const invitations = useQuery({
    queryKey: ["admin", "invitations", query],
    queryFn: ({ signal }) => take(client.GET("/api/v1/admin/invitations/", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  const looks = { open: "badge good", used: "badge", over: "badge warn" } as const;
  const columns: Column<Invitation>[] = [
    {
      id: "whom",
      head: t("invite.whom"),
      cell: (row) => (row.email === null ? <span className="muted">{t("invite.anybody")}</span>
        : <span className="admin-name">{row.email}</span>),
    },
    {
      id: "state",
      head: t("invite.state"),
      cell: (row) => <span className={looks[stateOf(row)]}>{t(`invite.${stateOf(row)}`)}</span>,
    },
    { id: "made", head: t("invite.made"), cell: (row) => <span className="admin-time">{dateTime(row.created_at)}</span> },
    { id: "expires", head: t("invite.expires"), cell: (row) => <span className="admin-time">{dateTime(row.expires_at)}</span> },
    {
      id: "used",
      head: t("invite.usedAt"),
      cell: (row) => (row.used_at === null ? <span className="muted">–</span> : dateTime(row.used_at)),
    },
    {
      id: "acts",
      head: t("acts"),
      silent: true,
      cell: (row) => (
        <span className="row admin-end">
          <Button small look="danger" onClick={() => setWithdrawn(row)}>
            {stateOf(row) === "open" ? t("invite.withdraw") : t("invite.remove")}
          </Button>
        </span>
      ),
    },
  ];
  const registration = config.data?.registration;
  return (
    <section className="stack admin-section">
      <SectionHead title={t("tabs.invitations")} text={t("invite.text")}>
        <Button look="primary" onClick={() => setInvites(true)}>
          <MailPlus size={18} aria-hidden="true" />
          {t("invite.title")}
        </Button>
      </SectionHead>
      {registration !== undefined && registration !== "invite" && <Note>{t(`invite.while.${registration}`)}</Note>}
      {made !== null && (
        <OnceCard
          key={made.id}
          title={made.email === null ? t("invite.doneAnybody") : t("invite.done", { email: made.email })}
          text={t("invite.doneText", { time: dateTime(made.expires_at) })}
          secrets={[{ label: t("invite.link"), text: made.url }, { label: t("invite.code"), text: made.code }]}
          onClose={() => setMade(null)}
        />
      )}
      <div className="admin-filters"><OrderSelect filters={filters} /></div>
      <Listing
        label={t("tabs.invitations")}
        query={invitations}
        columns={columns}
        keyOf={(row) => row.id}
        empty={t("invite.none")}
        filters={filters}
      />
      {invites && <InviteDialog onDone={setMade} onClose={() => setInvites(false)} />}
      {withdrawn !== null && <WithdrawDialog invitation={withdrawn} onClose={() => setWithdrawn(null)} />}
    </section>
  );
}
