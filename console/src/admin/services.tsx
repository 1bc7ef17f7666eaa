// admin/services.tsx: what is offered, at what price.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, take, type Schemas } from "../api/client";
import { Button, ErrorNote, Field, Spinner } from "../components/ui";
import { amount } from "../format";
import { useTold } from "../told/use_tell";
import { ActDialog, useSay } from "./acts";
import { AmountField, amountOf } from "./application_acts";
import { Area, SectionHead } from "./parts";

type Service = Schemas["Service"];

const kMost = 100;

function put(service: Service, body: Schemas["ServiceChange"]) {
  return take(client.PATCH("/api/v1/admin/services/{id}/", { params: { path: { id: service.id } }, body }));
}

function EditDialog({ service, onClose }: { service: Service; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const told = useTold();
  const say = useSay();
  const [title, setTitle] = useState(service.title);
  const [description, setDescription] = useState(service.description);
  const [price, setPrice] = useState(String(service.price));
  const [free, setFree] = useState(String(service.free_amount));
  // The server keeps a description on one line.
  const words = description.trim().replace(/\s+/g, " ");
  const newPrice = amountOf(price);
  const newFree = amountOf(free);
  const changes: Schemas["ServiceChange"] = {
    ...(title.trim() === service.title ? {} : { title: title.trim() }),
    ...(words === service.description ? {} : { description: words }),
    ...(newPrice === undefined || newPrice === service.price ? {} : { price: newPrice }),
    ...(newFree === undefined || newFree === service.free_amount ? {} : { free_amount: newFree }),
  };
  const isWhole = title.trim() !== "" && (words !== "" || service.description === "") &&
    newPrice !== undefined && newFree !== undefined;
  return (
    <ActDialog
      title={t("service.editTitle", { name: told(service.title) })}
      label={t("common:save")}
      ready={isWhole && Object.keys(changes).length > 0}
      act={() => put(service, changes)}
      onDone={(now) => say(t("service.saved", { name: told(now.title) }))}
      onClose={onClose}
    >
      <Field
        label={t("service.title")} required maxLength={80} autoComplete="off"
        value={title} onChange={(event) => setTitle(event.target.value)}
      />
      <Area
        label={t("service.description")} maxLength={1000}
        value={description} onChange={(event) => setDescription(event.target.value)}
      />
      <AmountField label={t("service.price", { unit: told(service.unit) })} value={price} onChange={setPrice} hint={t("service.priceHint")} />
      <AmountField label={t("service.freeAmount", { unit: told(service.unit) })} value={free} onChange={setFree} hint={t("service.freeHint")} />
      {newPrice === 0 && service.price !== 0 && <p className="admin-sum">{t("service.forNothing")}</p>}
    </ActDialog>
  );
}

function EnableDialog({ service, onClose }: { service: Service; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const told = useTold();
  const say = useSay();
  const enabled = !service.enabled;
  return (
    <ActDialog
      title={t(enabled ? "service.enableTitle" : "service.disableTitle", { name: told(service.title) })}
      label={enabled ? t("service.enable") : t("service.disable")}
      look={enabled ? "primary" : "danger"}
      act={() => put(service, { enabled })}
      onDone={() => say(t(enabled ? "service.enabledDone" : "service.disabledDone", { name: told(service.title) }))}
      onClose={onClose}
    >
      <p>{enabled ? t("service.askEnable") : t("service.askDisable")}</p>
    </ActDialog>
  );
}

function ServiceCard({ service }: { service: Service }) {
  const { t } = useTranslation("admin");
  const told = useTold();
  const [edits, setEdits] = useState(false);
  const [turns, setTurns] = useState(false);
  return (
    <article className="card stack" aria-label={told(service.title)}>
      <div className="spread">
        <div className="row">
          <h3>{told(service.title)}</h3>
          <code className="muted">{service.name}</code>
          <span className={service.enabled ? "badge good" : "badge bad"}>
            {service.enabled ? t("service.isEnabled") : t("service.isDisabled")}
          </span>
        </div>
        <span className="row">
          <Button small onClick={() => setEdits(true)}>{t("service.edit")}</Button>
          <Button small look={service.enabled ? "danger" : undefined} onClick={() => setTurns(true)}>
            {service.enabled ? t("service.disable") : t("service.enable")}
          </Button>
        </span>
      </div>
      {service.description !== "" && <p className="muted">{told(service.description)}</p>}
      <dl className="admin-prices">
        <div>
          <dt>{t("service.perCall")}</dt>
          <dd>{amount(service.price)} <span className="small muted">{told(service.unit)}</span></dd>
        </div>
        <div>
          <dt>{t("service.toBegin")}</dt>
          <dd>{amount(service.free_amount)} <span className="small muted">{told(service.unit)}</span></dd>
        </div>
      </dl>
      <div className="stack admin-tight">
        <h4 className="admin-label">{t("service.apis")}</h4>
        <ul className="admin-apis">
          {service.apis.map((api) => (
            <li key={api.id}>
              <span className="badge">{api.method}</span>
              <code>{api.path}</code>
              <span className="muted small">{told(api.title)}</span>
            </li>
          ))}
        </ul>
      </div>
      {edits && <EditDialog service={service} onClose={() => setEdits(false)} />}
      {turns && <EnableDialog service={service} onClose={() => setTurns(false)} />}
    </article>
  );
}

export function Services() {
  const { t } = useTranslation("admin");
  const services = useQuery({
    queryKey: ["admin", "services"],
    queryFn: ({ signal }) =>
      take(client.GET("/api/v1/admin/services/", { params: { query: { limit: kMost } }, signal })),
  });
  return (
    <section className="stack admin-section">
      <SectionHead title={t("tabs.services")} text={t("service.text")} />
      {services.isPending && <Spinner />}
      {services.isError && <ErrorNote error={services.error} onRetry={() => void services.refetch()} />}
      {services.data?.items.length === 0 && <p className="card admin-empty">{t("common:none")}</p>}
      {services.data?.items.map((service) => <ServiceCard key={service.id} service={service} />)}
    </section>
  );
}
