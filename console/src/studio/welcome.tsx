// studio/welcome.tsx: the free amount: told to visitors, given to who has none yet.
import { Gift } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

import { Button, Dialog, ErrorNote } from "../components/ui";
import { amount } from "../format";
import { useSession } from "../session";
import { useConfig } from "../shell";
import { useTold } from "../told/use_tell";
import type { Create } from "./create";
import type { Payer } from "./payer";
import { closeDialog } from "./toast";

/** How many videos are free at first; null where every one is. */
export function freeVideos(payer: Payer): number | null | undefined {
  const { service } = payer;
  if (service === undefined) return undefined;
  return service.price === 0 ? null : Math.floor(service.free_amount / service.price + 1e-9);
}

function useOffer(payer: Payer): string {
  const { t } = useTranslation("studio");
  const free = freeVideos(payer);
  return free == null || free === 0 ? t("welcome.get") : t("welcome.getFree", { count: free });
}

/** For visitors, and for users who have not acquired the service. */
/** Keeps the room of the hint until its words are known, so that nothing jumps. */
function HintPlace() {
  const { t } = useTranslation("studio");
  return (
    <div className="studio-hint" style={{ visibility: "hidden" }} aria-hidden="true">
      <Gift size={18} />
      <span><strong>{t("welcome.firstFree", { count: 10 })}</strong> {t("welcome.open")}</span>
      <span className="button small">{t("common:account.register")}</span>
    </div>
  );
}

export function WelcomeHint({ payer, create }: { payer: Payer; create: Create }) {
  const { t } = useTranslation("studio");
  const { user } = useSession();
  const config = useConfig();
  const offer = useOffer(payer);
  const free = freeVideos(payer);
  if (user === undefined) return null;
  if (free === undefined || config.isPending) return user === null && payer.error === null ? <HintPlace /> : null;
  const isNew = user !== null && payer.ready && payer.application === undefined;
  if (user !== null && !isNew) return null;
  const words =
    free === null ? t("welcome.allFree") : free > 0 ? t("welcome.firstFree", { count: free }) : t("welcome.noneFree");
  const registration = config.data?.registration ?? "open";
  return (
    <div className="studio-hint">
      <Gift size={18} aria-hidden="true" />
      <span>
        <strong>{words}</strong>{" "}
        {user === null && t(`welcome.${registration}`)}
      </span>
      {isNew && <Button small look="primary" busy={create.busy} onClick={create.agree}>{offer}</Button>}
      {user === null && registration === "open" && <Link className="button small" to="/register?next=%2F">{t("common:account.register")}</Link>}
    </div>
  );
}

export function AcquireDialog({ payer, create }: { payer: Payer; create: Create }) {
  const { t } = useTranslation("studio");
  const offer = useOffer(payer);
  const told = useTold();
  const { service } = payer;
  const free = freeVideos(payer);
  return (
    <Dialog title={t("welcome.title")} onClose={create.decline}>
      <p>
        {t("welcome.text", { service: told(service?.title ?? "") })}{" "}
        {free != null && free > 0 && t("welcome.textFree", { count: free })}{" "}
        {service !== undefined && service.price > 0 && t("welcome.price", { price: amount(service.price), unit: told(service.unit) })}
      </p>
      {create.refusal !== null && <ErrorNote error={create.refusal} />}
      <div className="row">
        <Button look="primary" busy={create.busy} onClick={create.agree}>{offer}</Button>
        <Button look="quiet" onClick={closeDialog}>{t("common:cancel")}</Button>
      </div>
    </Dialog>
  );
}

/** What the user can still make. */
export function Balance({ payer }: { payer: Payer }) {
  const { t } = useTranslation("studio");
  const { service, application, videosLeft } = payer;
  if (service === undefined) return null;
  if (!service.enabled) return <span className="badge bad">{t("balance.off")}</span>;
  if (application === undefined) return null;
  if (application.disabled) return <span className="badge bad">{t("balance.disabled")}</span>;
  if (videosLeft === null) return <span className="badge good">{t("balance.free")}</span>;
  if (videosLeft > 0) {
    return <span className={videosLeft < 3 ? "badge warn" : "badge"}>{t("balance.left", { count: videosLeft })}</span>;
  }
  return (
    <span className="row small">
      <span className="badge bad">{t("balance.none")}</span>
      <Link to={`/services/${service.id}`}>{t("balance.more")}</Link>
    </span>
  );
}
