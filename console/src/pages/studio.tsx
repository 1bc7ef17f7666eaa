// pages/studio.tsx: make a video, and see what was made.
import "../style/studio.css";

import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { ErrorNote, Spinner } from "../components/ui";
import { loadMessages } from "../i18n";
import { useSession } from "../session";
import { callBehind } from "../studio/card_acts";
import { Composer } from "../studio/composer";
import { useCreate } from "../studio/create";
import { draftStore } from "../studio/draft_store";
import { Examples, Gallery } from "../studio/gallery";
import { ownMedia } from "../studio/media";
import { usePayer } from "../studio/payer";
import { Results } from "../studio/results";
import type { Result, Task } from "../studio/tasks";
import { say, Toast } from "../studio/toast";
import { AcquireDialog, WelcomeHint } from "../studio/welcome";
import { useTitle } from "../title";

export function Page() {
  const { t } = useTranslation("studio");
  useTitle(t("title"));
  const { user } = useSession();
  const payer = usePayer();
  const promptBox = useRef<HTMLTextAreaElement>(null);
  // What its code says, before somebody asks for it: else the page would give way to the wait for it.
  useEffect(() => void loadMessages(["guides"]).catch(() => undefined), []);
  const [begun, setBegun] = useState<string | null>(null);
  const create = useCreate(payer, (task) => {
    say(t("begun"));
    setBegun(task.id);
  });

  const toComposer = () => {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    window.scrollTo({ top: 0, behavior: calm ? "auto" : "smooth" });
    promptBox.current?.focus({ preventScroll: true });
  };
  const onExample = (prompt: string) => {
    draftStore.change({ prompt });
    toComposer();
  };
  const onExtend = (result: Result) => {
    draftStore.replace({ loop: false });
    draftStore.setSlot("source", {
      state: "ready", url: result.video_url, videoId: result.video_id, preview: ownMedia(result.thumbnail_url),
      name: result.prompt === "" ? t("card.untitled") : result.prompt,
    });
    toComposer();
  };
  const onReuse = (task: Task) => {
    draftStore.reuse(task.request);
    say(t("acts.reused"));
    toComposer();
  };
  const onAgain = (task: Task) => {
    // The same seed would draw the same once more.
    const { seed: _seed, ...call } = callBehind(task);
    create.again(task.response.state === "completed" ? call : callBehind(task));
  };

  return (
    <div className="page studio">
      <div className="studio-head">
        <h1>{t("headline")}</h1>
        <p className="muted">{t("intro")}</p>
      </div>
      <WelcomeHint payer={payer} create={create} />
      <Composer payer={payer} create={create} promptBox={promptBox} />
      <Examples onChoose={onExample} />
      {user != null && payer.error !== null && <ErrorNote error={payer.error} onRetry={payer.refresh} />}
      <div className="studio-results">
        {create.againError !== null && <ErrorNote error={create.againError} onRetry={create.retry} />}
        {user === undefined && <Spinner />}
        {user === null && <Gallery title={t("example.visitors")} onChoose={onExample} />}
        {user != null && payer.error === null && (
          <Results payer={payer} begun={begun} onExample={onExample} onExtend={onExtend} onReuse={onReuse} onAgain={onAgain} />
        )}
      </div>
      {create.asks && <AcquireDialog payer={payer} create={create} />}
      <Toast />
    </div>
  );
}
