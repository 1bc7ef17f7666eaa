// studio/slot_tile.tsx: a place for a picture or video: dropped, pasted, chosen or named by its address.
import { Film, ImagePlus, Link2, RotateCw, X } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";

import { Button, Dialog, Field } from "../components/ui";
import { ApiError } from "../api/client";
import { useErrorWords } from "../told/error_words";
import type { Slot, SlotName } from "./draft";
import { isWebUrl, nameOfUrl, ownMedia } from "./media";
import { closeDialog } from "./toast";
import { TraceButton } from "./trace_button";

interface Props {
  name: SlotName;
  slot: Slot;
  onFile: (file: File) => void;
  onUrl: (slot: Slot) => void;
  onClear: () => void;
  onRetry: () => void;
}

function UrlDialog({ name, onUrl, onClose }: { name: SlotName; onUrl: (url: string) => void; onClose: () => void }) {
  const { t } = useTranslation("studio");
  const [url, setUrl] = useState("");
  const [wrong, setWrong] = useState(false);
  return (
    <Dialog title={t(`slot.${name}.link`)} onClose={onClose}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isWebUrl(url.trim())) onUrl(url.trim());
          else setWrong(true);
        }}
      >
        <Field
          label={t("slot.url")} type="url" inputMode="url" placeholder="https://" value={url} autoFocus
          hint={t("slot.urlHint")} wrong={wrong ? t("slot.urlWrong") : undefined}
          onChange={(event) => setUrl(event.target.value)}
        />
        <div className="row">
          <Button look="primary" type="submit">{t("slot.urlUse")}</Button>
          <Button look="quiet" onClick={closeDialog}>{t("common:cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Whether the page refused the file itself, which another try does not change. */
function isOfPage(error: unknown): error is "tooLarge" | "wrongType" {
  return error === "tooLarge" || error === "wrongType";
}

/** What is wrong with a file, in a few words. */
function Reason({ error }: { error: unknown }) {
  const { t } = useTranslation("studio");
  const { words, original } = useErrorWords(error);
  if (!(error instanceof ApiError)) return <span>{t(isOfPage(error) ? `slot.${error}` : "slot.failed")}</span>;
  return (
    <>
      <span>{words}</span>
      {original !== null && <span lang="en">{original}</span>}
      {error.traceId !== null && <TraceButton id={error.traceId} />}
    </>
  );
}

function Filled({ name, slot, onClear, onRetry }: Pick<Props, "name" | "onClear" | "onRetry"> & { slot: Exclude<Slot, { state: "empty" | "lost" }> }) {
  const { t } = useTranslation("studio");
  const label = slot.state === "ready" ? slot.name : slot.file.name;
  const Icon = name === "source" ? Film : ImagePlus;
  const canRetry = slot.state === "failed" && !isOfPage(slot.error);
  return (
    <div className="studio-slot full" data-state={slot.state} data-slot={name}>
      {slot.preview !== null
        ? <img className="studio-slot-picture" src={slot.preview} alt={label} />
        : <span className="studio-slot-icon"><Icon size={22} aria-hidden="true" /><span className="studio-slot-name">{label}</span></span>}
      <span className="studio-slot-title">{t(`slot.${name}.title`)}</span>
      {slot.state === "sending" && (
        <progress className="studio-bar" max={1} value={slot.progress} aria-label={t("slot.sending", { name: label })} />
      )}
      {slot.state === "failed" && (
        <span className="studio-slot-wrong" role="alert">
          <Reason error={slot.error} />
          {canRetry && (
            <Button small onClick={onRetry}><RotateCw size={14} aria-hidden="true" />{t("common:again")}</Button>
          )}
        </span>
      )}
      <button type="button" className="studio-slot-remove" onClick={onClear} aria-label={t(`slot.${name}.remove`)}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  );
}

/** After a change that takes the button away which had the focus. */
function focusTile(name: SlotName): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-slot="${name}"] button`)?.focus());
}

export function SlotTile({ name, slot, onFile, onUrl, onClear: clear, onRetry }: Props) {
  const onClear = () => {
    clear();
    focusTile(name);
  };
  const { t } = useTranslation("studio");
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [asksUrl, setAsksUrl] = useState(false);
  if (slot.state !== "empty" && slot.state !== "lost") {
    return <Filled name={name} slot={slot} onClear={onClear} onRetry={onRetry} />;
  }
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer.files[0];
    if (file === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    onFile(file);
  };
  const Icon = name === "source" ? Film : ImagePlus;
  return (
    <div
      className={over ? "studio-slot over" : "studio-slot"} data-slot={name}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <button type="button" className="studio-slot-choose" onClick={() => input.current?.click()}>
        <Icon size={20} aria-hidden="true" />
        <span>{t(`slot.${name}.title`)}</span>
        <span className="studio-slot-hint">{slot.state === "lost" ? t("slot.lost") : t("slot.hint")}</span>
      </button>
      {slot.state === "lost" && (
        <button type="button" className="studio-slot-remove" onClick={onClear} aria-label={t(`slot.${name}.remove`)}>
          <X size={16} aria-hidden="true" />
        </button>
      )}
      <button
        type="button" className="studio-slot-link" onClick={() => setAsksUrl(true)} aria-label={t(`slot.${name}.link`)}
        title={t(`slot.${name}.link`)}
      >
        <Link2 size={16} aria-hidden="true" />
      </button>
      <input
        ref={input} type="file" hidden accept={name === "source" ? "video/*" : "image/*"}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
      {asksUrl && (
        <UrlDialog
          name={name}
          onClose={() => setAsksUrl(false)}
          onUrl={(url) => {
            setAsksUrl(false);
            focusTile(name);
            onUrl({ state: "ready", url, preview: name === "source" ? null : ownMedia(url), name: nameOfUrl(url) });
          }}
        />
      )}
    </div>
  );
}
