// deliveries/delivery_card.tsx: one callback: where it goes, what became of it, and every attempt.
import { CheckCircle2, Clock, Send, XCircle } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button, ErrorNote } from "../components/ui";
import { count } from "../format";
import { CopyId } from "../keys/copy_id";
import { Told } from "../told/told";
import { elapsed, moment } from "../usage/elapsed";
import { useResend, type Delivery, type DeliveryState } from "./queries";

type Attempt = Delivery["attempts"][number];

const kLooks: Record<DeliveryState, string> = { waiting: "accent", delivered: "good", given_up: "bad" };
const kIcons = { waiting: Clock, delivered: CheckCircle2, given_up: XCircle } as const;

function isSuccess(attempt: Attempt): boolean {
  return attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
}

function AttemptItem({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation("deliveries");
  const told = attempt.error ?? attempt.answer;
  return (
    <li className="attempt">
      <div className="row attempt-head">
        <span className="attempt-number">{t("attempt.number", { number: attempt.number })}</span>
        <span className={`badge ${isSuccess(attempt) ? "good" : "bad"}`}>
          {attempt.status === null ? t("attempt.noAnswer") : t("attempt.status", { status: attempt.status })}
        </span>
        <span className="muted small">{moment(attempt.started_at)}</span>
        <span className="muted small">{t("attempt.latency", { time: elapsed(attempt.latency) })}</span>
      </div>
      {told !== null && told !== "" && (
        <div className="attempt-answer">
          <span className="muted small">{attempt.error === null ? t("attempt.answer") : t("attempt.error")}</span>
          <pre>{attempt.error === null ? told : <Told text={attempt.error} />}</pre>
        </div>
      )}
    </li>
  );
}

export function DeliveryCard({ delivery, applicationName }: { delivery: Delivery; applicationName: string | null }) {
  const { t } = useTranslation("deliveries");
  const resend = useResend();
  const Icon = kIcons[delivery.state];
  const titleId = `delivery-${delivery.id}`;
  const attempts = [...delivery.attempts].reverse();
  return (
    <li>
      <article className="card delivery" aria-labelledby={titleId}>
        <div className="delivery-head">
          <h2 className="delivery-url" id={titleId}>{delivery.url}</h2>
          <span className={`badge ${kLooks[delivery.state]}`}>
            <Icon size={14} aria-hidden="true" />{t(`state.${delivery.state}`)}
          </span>
        </div>
        <dl className="delivery-facts">
          <div>
            <dt>{t("task")}</dt>
            <dd className="delivery-task"><CopyId id={delivery.task_id} what={t("task")} /></dd>
          </div>
          {applicationName !== null && (
            <div>
              <dt>{t("application")}</dt>
              <dd>{applicationName}</dd>
            </div>
          )}
          <div>
            <dt>{t("created")}</dt>
            <dd>{moment(delivery.created_at)}</dd>
          </div>
          {delivery.next_attempt_at !== null && (
            <div>
              <dt>{t("nextAttempt")}</dt>
              <dd>{moment(delivery.next_attempt_at)}</dd>
            </div>
          )}
          {delivery.finished_at !== null && (
            <div>
              <dt>{t("finished")}</dt>
              <dd>{moment(delivery.finished_at)}</dd>
            </div>
          )}
        </dl>
        <div className="delivery-acts">
          {attempts.length === 0 ? (
            <p className="muted small">{t("noAttempts")}</p>
          ) : (
            <details className="attempts">
              <summary>{t("attempts", { number: count(attempts.length) })}</summary>
              <ol reversed className="attempt-list">
                {attempts.map((attempt) => <AttemptItem key={attempt.number} attempt={attempt} />)}
              </ol>
            </details>
          )}
          <div className="row delivery-again">
            <span className="small good-text" aria-live="polite">{resend.isSuccess && delivery.state === "waiting" ? t("sent") : ""}</span>
            <Button
              small
              busy={resend.isPending}
              aria-describedby={titleId}
              onClick={() => resend.mutate(delivery.id)}
            >
              <Send size={15} aria-hidden="true" />{t("send")}
            </Button>
          </div>
        </div>
        {resend.isError && <ErrorNote error={resend.error} />}
      </article>
    </li>
  );
}
