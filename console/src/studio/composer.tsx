// studio/composer.tsx: where one says what the video shall show.
import { Code2, FastForward, Sparkles, X } from "lucide-react";
import { useEffect, useId, useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

import { Button, ErrorNote } from "../components/ui";
import { useSession } from "../session";
import { useConfig } from "../shell";
import { Advanced } from "./advanced";
import { AspectPicker } from "./aspect_picker";
import { CodeDialog } from "./code_dialog";
import type { Create } from "./create";
import { callOf, isExtension, kPromptMax, problemsOf, type Problem, type SlotName } from "./draft";
import { draftStore, useDraft } from "./draft_store";
import type { Payer } from "./payer";
import { PhraseChips, PhrasePlace, useModel } from "./phrase_chips";
import { SlotTile } from "./slot_tile";
import { say } from "./toast";
import { Balance } from "./welcome";

const kMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const kTold = kPromptMax - 500; // From here on the number of characters is shown.

// These are seen while they are typed; the others are told when Create is pressed.
const kToldAtOnce: ReadonlySet<Problem> = new Set<Problem>(["seed", "timeout", "callbackUrl"]);

/** Puts a file where it belongs, unless it is too large or of the wrong kind. */
function useTakeFile(): (name: SlotName, file: File) => void {
  const { user } = useSession();
  const config = useConfig();
  return (name, file) => {
    const limits = config.data?.uploads;
    const kind = name === "source" ? "video/" : "image/";
    const max = name === "source" ? limits?.video_bytes_max : limits?.image_bytes_max;
    if (file.type !== "" && !file.type.startsWith(kind)) return draftStore.refuse(name, file, "wrongType");
    if (max !== undefined && max > 0 && file.size > max) return draftStore.refuse(name, file, "tooLarge");
    draftStore.attach(name, file);
    if (user != null) draftStore.send(name);
  };
}

function ExtensionBanner() {
  const { t } = useTranslation("studio");
  const { slots: { source } } = useDraft();
  if (source.state === "empty") return null;
  const name = source.state === "ready" ? source.name : "file" in source ? source.file.name : "";
  return (
    <div className="studio-source">
      <FastForward size={18} aria-hidden="true" />
      <span className="studio-source-text">
        <strong>{t("extend.title")}</strong>
        {name !== "" && <span className="small">{t("extend.from", { name })}</span>}
      </span>
      <Button small look="quiet" className="icon" aria-label={t("extend.stop")} onClick={() => draftStore.clear("source")}>
        <X size={16} aria-hidden="true" />
      </Button>
    </div>
  );
}

function Switch({ label, hint, checked, onChange }: { label: string; hint: string; checked: boolean; onChange: (checked: boolean) => void }) {
  const id = useId();
  return (
    <label className="studio-switch">
      <input
        type="checkbox" role="switch" checked={checked} aria-labelledby={`${id}-name`} aria-describedby={id}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        <span className="studio-switch-name" id={`${id}-name`}>{label}</span>
        <span className="small muted" id={id}>{hint}</span>
      </span>
    </label>
  );
}

export function Composer({ payer, create, promptBox }: { payer: Payer; create: Create; promptBox: React.RefObject<HTMLTextAreaElement> }) {
  const { t } = useTranslation("studio");
  const draft = useDraft();
  const model = useModel();
  const { user } = useSession();
  const takeFile = useTakeFile();
  const [over, setOver] = useState(false);
  const [showsCode, setShowsCode] = useState(false);
  const depth = useRef(0);
  const id = useId();
  const extending = isExtension(draft);
  const problems = problemsOf(draft);
  const shownProblems = new Set([...problems].filter((problem) => create.tried || kToldAtOnce.has(problem)));

  useEffect(() => {
    if (user == null) return;
    draftStore.belongTo(user.id);
    draftStore.sendWaiting();
  }, [user]);

  const takeFiles = (files: Iterable<File>) => {
    for (const file of files) {
      const { slots } = draftStore.get();
      if (file.type.startsWith("video/")) takeFile("source", file);
      else if (file.type.startsWith("image/")) takeFile(!extending && slots.start.state === "empty" ? "start" : "end", file);
      else say(t("slot.wrongType"));
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    takeFiles(event.clipboardData.files);
  };
  const onDrop = (event: DragEvent) => {
    depth.current = 0;
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    takeFiles(event.dataTransfer.files);
  };
  const press = () => {
    create.press();
    if (problemsOf(draftStore.get()).has("prompt")) promptBox.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    if (event.target instanceof Element && event.target.closest("dialog") !== null) return;
    event.preventDefault();
    if (!event.repeat) press();
  };
  const slot = (name: SlotName) => (
    <SlotTile
      name={name} slot={draft.slots[name]}
      onFile={(file) => takeFile(name, file)}
      onUrl={(ready) => draftStore.setSlot(name, ready)}
      onClear={() => draftStore.clear(name)}
      onRetry={() => draftStore.send(name)}
    />
  );

  return (
    <section
      className={over ? "card studio-composer over" : "card studio-composer"}
      aria-label={t("composer")}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onDragEnter={() => {
        depth.current += 1;
        setOver(true);
      }}
      onDragLeave={() => {
        depth.current -= 1;
        if (depth.current <= 0) setOver(false);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
    >
      {extending && <ExtensionBanner />}
      <div className="studio-prompt">
        <label className="visually-hidden" htmlFor={id}>{t("prompt.label")}</label>
        <textarea
          id={id} ref={promptBox} rows={3} maxLength={kPromptMax} value={draft.prompt}
          placeholder={extending ? t("prompt.extend") : t("prompt.placeholder")}
          aria-invalid={shownProblems.has("prompt") || undefined}
          aria-describedby={shownProblems.has("prompt") ? `${id}-wrong` : undefined}
          onChange={(event) => draftStore.change({ prompt: event.target.value })}
        />
        {draft.prompt.length > kTold && <span className="small muted">{draft.prompt.length} / {kPromptMax}</span>}
        {(["prompt", "lost", "failed"] as const).map((problem) => shownProblems.has(problem) && (
          <span className="studio-wrong" id={`${id}-wrong`} key={problem} role="alert">{t(`problem.${problem}`)}</span>
        ))}
      </div>
      {model === undefined && <PhrasePlace />}
      {model != null && (
        <PhraseChips model={model} prompt={draft.prompt} onChange={(prompt) => draftStore.change({ prompt })} />
      )}
      <div className="studio-settings">
        <div className="studio-slots" role="group" aria-label={t("slot.label")}>
          <span className="studio-label" aria-hidden="true">{t("slot.label")}</span>
          <div className="studio-slot-row">
            {slot(extending ? "source" : "start")}
            {slot("end")}
          </div>
        </div>
        <div className="stack">
          {!extending && (
            <AspectPicker
              value={draft.aspect} hasPicture={draft.slots.start.state !== "empty"}
              onChange={(aspect) => draftStore.change({ aspect })}
            />
          )}
          <div className="studio-switches">
            <Switch
              label={t("loop.label")} hint={t("loop.hint")} checked={draft.loop}
              onChange={(loop) => draftStore.change({ loop })}
            />
            <Switch
              label={t("enhancement.label")} hint={t("enhancement.hint")} checked={draft.enhancement}
              onChange={(enhancement) => draftStore.change({ enhancement })}
            />
          </div>
        </div>
      </div>
      <Advanced draft={draft} payer={payer} problems={shownProblems}>{extending ? null : slot("source")}</Advanced>
      {create.error !== null && <ErrorNote error={create.error} onRetry={create.retry} />}
      <div className="studio-foot">
        <Balance payer={payer} />
        <span className="studio-acts">
          <Button look="quiet" onClick={() => setShowsCode(true)}>
            <Code2 size={16} aria-hidden="true" />{t("code.open")}
          </Button>
          <Button
            look="primary" className="studio-create" busy={create.busy} onClick={press}
            disabled={payer.service?.enabled === false} aria-keyshortcuts="Control+Enter Meta+Enter"
          >
            {!create.busy && <Sparkles size={18} aria-hidden="true" />}
            {extending ? t("extend.act") : t("create")}
            <kbd aria-hidden="true">{kMac ? "⌘ ↵" : "Ctrl ↵"}</kbd>
          </Button>
        </span>
      </div>
      {showsCode && <CodeDialog call={callOf(draft)} onClose={() => setShowsCode(false)} />}
    </section>
  );
}
