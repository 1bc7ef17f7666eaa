// reference/reference.tsx: the API reference, with calls tried as the person who is logged in.
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { withoutSlash } from "../api/base_url";
import { client, errorOf, sessionHeaders, take } from "../api/client";
import { ErrorNote, Spinner } from "../components/ui";
import { useSession } from "../session";
import { useTitle } from "../title";
import { useCredentialChoice, useNewToken } from "./caller";
import { hashOf, operationAt, prepared, type OpenApiDocument } from "./document";
import { openForm, takeResumed, toLogIn } from "./draft";
import { Header } from "./header";
import { mend } from "./mend";
import { judged, type Caller } from "./send";
import { useViewerTheme } from "./theme_of_viewer";

const Viewer = lazy(async () => ({ default: (await import("./viewer")).Viewer }));

// Read before the viewer takes the address over.
const kResumed = takeResumed();

interface Loaded {
  text: string;
  baseUrl: string;
}

async function load(signal: AbortSignal): Promise<Loaded> {
  const [config, response] = await Promise.all([
    take(client.GET("/api/v1/config/", { signal })),
    fetch("/openapi.json", { signal }),
  ]);
  if (!response.ok) throw errorOf(response.status, null, response);
  return { text: await response.text(), baseUrl: withoutSlash(config.base_url) };
}

/** The document in words of the page's language; another one when the language changes. */
function useDocument(loaded: Loaded | undefined, token: string | null): OpenApiDocument | null {
  const { t, i18n } = useTranslation("reference");
  const [document, setDocument] = useState<OpenApiDocument | null>(null);
  useEffect(() => {
    if (loaded === undefined) return;
    const words = { intro: t("intro"), tokenHint: t("tokenHint"), draft: t("draft"), server: t("server") };
    setDocument(prepared(loaded.text, { baseUrl: loaded.baseUrl, token, draft: kResumed, words }));
  }, [loaded, token, t, i18n.language]);
  return document;
}

/** What React draws; the forms of the viewer stand beside it. */
function page(): HTMLElement {
  const element = window.document.getElementById("root");
  if (element === null) throw new Error("reference.html has no #root");
  return element;
}

export function Reference() {
  const { t } = useTranslation("reference");
  const { user, refresh } = useSession();
  const { theme, isDark, choose } = useViewerTheme();
  const key = useCredentialChoice();
  const content = useRef<HTMLDivElement>(null);
  const loaded = useQuery({ queryKey: ["openapi"], queryFn: ({ signal }) => load(signal), staleTime: Infinity });
  const fresh = useNewToken(t("fresh.name"));
  const document = useDocument(loaded.data, fresh.token);
  useTitle(t("title"));

  // The viewer keeps one function for good; who calls is read when it is called.
  const caller = useRef<Caller>({ isLoggedIn: undefined, credentialId: undefined, headers: sessionHeaders });
  caller.current = {
    isLoggedIn: user === undefined ? undefined : user !== null,
    credentialId: key.chosen?.id,
    headers: sessionHeaders,
  };
  const baseUrl = loaded.data?.baseUrl ?? window.location.origin;
  const beforeSend = useCallback(
    async (request: Request) => {
      if (document === null) return request;
      const find = (method: string, pathname: string) => operationAt(document, method, pathname);
      const verdict = await judged(request, caller.current, { origin: window.location.origin, baseUrl, find });
      if (verdict.kind === "send") return verdict.request;
      if (verdict.kind === "no credential") throw new Error(t("needKey"));
      toLogIn(verdict.draft, hashOf(document, verdict.draft.method, verdict.draft.path));
      return new Promise<Request>(() => undefined); // Another page comes.
    },
    [document, baseUrl, t],
  );
  const afterSend = useCallback(
    (url: string) => {
      // Somebody may have logged in or out by trying just that.
      if (new URL(url).pathname.startsWith("/api/v1/sessions/")) void refresh();
    },
    [refresh],
  );

  const isShown = document !== null;
  // Its forms stand at the end of the body.
  useEffect(() => mend(window.document.body, page(), { search: t("search"), copy: t("copy"), sent: t("sent"), body: t("body") }), [t]);
  useEffect(() => {
    if (!isShown || kResumed === null || user == null || content.current === null) return undefined;
    return openForm(content.current, kResumed);
  }, [isShown, user]);

  const waiting = <div className="reference-wait"><Spinner label={t("loading")} /></div>;
  return (
    <>
      <Header
        theme={theme}
        onTheme={choose}
        onSkip={() => content.current?.focus()}
        credentials={key.credentials}
        chosen={key.chosen}
        onChoose={key.choose}
        fresh={fresh}
      />
      <div ref={content} tabIndex={-1} className="reference">
        {loaded.error !== null && (
          <main className="reference-wait"><ErrorNote error={loaded.error} onRetry={() => void loaded.refetch()} /></main>
        )}
        {loaded.error === null && document === null && waiting}
        {document !== null && (
          <Suspense fallback={waiting}>
            <Viewer document={document} isDark={isDark} beforeSend={beforeSend} afterSend={afterSend} />
          </Suspense>
        )}
      </div>
    </>
  );
}
