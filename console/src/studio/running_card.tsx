// studio/running_card.tsx: a task that has not ended: how far it is, and the frame being drawn.
import { CircleStop, CloudOff } from "lucide-react";
import { useEffect } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Button, ErrorNote } from "../components/ui";
import { duration } from "../format";
import { useFollow } from "./follow";
import type { Payer } from "./payer";
import { cancelTask, promptOf, replaceTasks, type Progress, type Task } from "./tasks";

interface Props {
  task: Task;
  progress: Progress;
  payer: Payer;
  streams: boolean;
  isCutOff: boolean;
  onLink: (id: string, isLinked: boolean) => void;
  askNow: () => void;
}

export function RunningCard({ task, progress: told, payer, streams, isCutOff, onLink, askNow }: Props) {
  const { t } = useTranslation("studio");
  const queries = useQueryClient();
  const live = useFollow(task.id, streams, (response) => {
    if (response !== null) replaceTasks(queries, [{ ...task, response, data: { id: task.id, task_id: task.id, state: "completed" } }]);
    askNow();
  });
  useEffect(() => {
    onLink(task.id, live.linked);
    return () => onLink(task.id, false);
  }, [task.id, live.linked, onLink]);

  const cancel = useMutation({
    mutationFn: async () => {
      if (payer.application === undefined) return;
      replaceTasks(queries, [await cancelTask(await payer.credentialFor(payer.application), task.id)]);
    },
  });

  const progress = live.linked && live.progress !== null ? live.progress : told;
  const { state, queue_position: position, estimated_seconds: seconds } = progress;
  const left = seconds !== undefined && seconds >= 1 ? t("card.left", { time: duration(seconds) }) : null;
  const prompt = promptOf(task);
  return (
    <>
      <div className="studio-screen" data-state={state}>
        {live.preview !== null
          ? <><img className="studio-glow" src={live.preview} alt="" aria-hidden="true" /><img className="studio-preview" src={live.preview} alt={t("card.preview")} /></>
          : <span className="studio-shimmer" aria-hidden="true" />}
        {isCutOff && !live.linked && (
          <span className="studio-cut badge warn"><CloudOff size={14} aria-hidden="true" />{t("card.cutOff")}</span>
        )}
        <progress className="studio-bar" max={100} value={progress.progress} aria-label={t("card.progress")} />
      </div>
      <div className="studio-card-body">
        <h3 className="studio-card-prompt">{prompt === "" ? t("card.untitled") : prompt}</h3>
        {cancel.error !== null && <ErrorNote error={cancel.error} />}
        <div className="spread">
          <span className="row small muted">
            <span className="badge accent">
              {state === "processing" && <span className="spinner" aria-hidden="true" />}
              {t(`common:state.${state}`)}{state === "processing" && ` ${progress.progress} %`}
            </span>
            {position !== undefined && <span>{t("card.position", { count: position })}</span>}
            {left !== null && <span>{left}</span>}
          </span>
          <Button small look="quiet" busy={cancel.isPending} onClick={() => cancel.mutate()}>
            {!cancel.isPending && <CircleStop size={16} aria-hidden="true" />}{t("common:cancel")}
          </Button>
        </div>
      </div>
    </>
  );
}
