// studio/card_acts.tsx: what can be done with a task that has ended.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Code2, Download, FastForward, Info, Link2, MoreHorizontal, Repeat2, RotateCcw, Trash2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "../api/client";
import { copyText } from "../components/clipboard";
import { Button, Dialog, ErrorNote } from "../components/ui";
import { CodeDialog } from "./code_dialog";
import { Details } from "./details";
import type { Call } from "./draft";
import { fileName, ownMedia } from "./media";
import type { Payer } from "./payer";
import { deleteTask, promptOf, removeTasks, requestOf, type Result, type Task } from "./tasks";
import { closeDialog, say } from "./toast";

/** The call that made `task`, as a program that waits would send it. */
export function callBehind(task: Task): Call {
  const { async: _async, ...call } = requestOf(task);
  return call as Call;
}

function DeleteDialog({ task, payer, onClose }: { task: Task; payer: Payer; onClose: () => void }) {
  const { t } = useTranslation("studio");
  const queries = useQueryClient();
  const isGone = useRef(false);
  const remove = useMutation({
    mutationFn: async () => {
      if (payer.application === undefined) return;
      try {
        await deleteTask(await payer.credentialFor(payer.application), task.id);
      } catch (error) {
        // Gone already is as good.
        if (!(error instanceof ApiError && error.status === 404)) throw error;
      }
    },
    onSuccess() {
      isGone.current = true;
      say(t("delete.done"));
      removeTasks(queries, [task.id]);
    },
  });
  // The card goes, and the focus with it; while the dialog is there nothing behind it takes it.
  useEffect(() => () => {
    if (isGone.current) document.getElementById("results-title")?.focus();
  }, []);
  return (
    <Dialog title={t("delete.title")} onClose={onClose}>
      <p>{t("delete.text")}</p>
      {remove.error !== null && <ErrorNote error={remove.error} />}
      <div className="row">
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
          {!remove.isPending && <Trash2 size={16} aria-hidden="true" />}{t("common:delete")}
        </Button>
        <Button look="quiet" onClick={closeDialog}>{t("common:cancel")}</Button>
      </div>
    </Dialog>
  );
}

interface Props {
  task: Task;
  /** Where there is a clip. */
  result: Result | null;
  payer: Payer;
  onExtend: (result: Result) => void;
  onReuse: (task: Task) => void;
  onAgain: (task: Task) => void;
}

export function CardActs({ task, result, payer, onExtend, onReuse, onAgain }: Props) {
  const { t } = useTranslation("studio");
  const [shows, setShows] = useState<"code" | "delete" | "details" | null>(null);
  const menu = useRef<HTMLButtonElement>(null);
  const close = () => {
    setShows(null);
    menu.current?.focus();
  };
  const copyLink = async (url: string) => {
    await copyText(url);
    say(t("acts.linkCopied"));
  };
  return (
    <div className="studio-card-acts">
      {result !== null ? (
        <>
          <Button small onClick={() => onExtend(result)}><FastForward size={16} aria-hidden="true" />{t("acts.extend")}</Button>
          <a
            className="button small" href={ownMedia(result.video_url) ?? result.video_url}
            download={fileName(promptOf(task), task.id)}
          >
            <Download size={16} aria-hidden="true" />{t("acts.download")}
          </a>
        </>
      ) : (
        <Button small onClick={() => onAgain(task)}><RotateCcw size={16} aria-hidden="true" />{t("common:again")}</Button>
      )}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger ref={menu} className="button quiet icon small studio-card-menu" aria-label={t("acts.more")}>
          <MoreHorizontal size={18} aria-hidden="true" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
            <DropdownMenu.Item className="menu-item" onSelect={() => onReuse(task)}>
              {t("acts.reuse")}<Repeat2 size={16} aria-hidden="true" />
            </DropdownMenu.Item>
            {result !== null && (
              <>
                <DropdownMenu.Item className="menu-item" onSelect={() => onAgain(task)}>
                  {t("acts.vary")}<RotateCcw size={16} aria-hidden="true" />
                </DropdownMenu.Item>
                <DropdownMenu.Item className="menu-item" onSelect={() => void copyLink(result.video_url)}>
                  {t("acts.link")}<Link2 size={16} aria-hidden="true" />
                </DropdownMenu.Item>
              </>
            )}
            <DropdownMenu.Item className="menu-item" onSelect={() => setShows("code")}>
              {t("acts.code")}<Code2 size={16} aria-hidden="true" />
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" onSelect={() => setShows("details")}>
              {t("acts.details")}<Info size={16} aria-hidden="true" />
            </DropdownMenu.Item>
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Item className="menu-item studio-danger" onSelect={() => setShows("delete")}>
              {t("acts.delete")}<Trash2 size={16} aria-hidden="true" />
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {shows === "code" && <CodeDialog call={callBehind(task)} onClose={close} />}
      {shows === "delete" && <DeleteDialog task={task} payer={payer} onClose={close} />}
      {shows === "details" && <Details task={task} result={result} onClose={close} />}
    </div>
  );
}
