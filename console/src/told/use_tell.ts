// told/use_tell.ts: for a page that shows what the server says. The catalogue of it comes when it is first asked for.
import i18next from "i18next";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { tell as Tell } from "./tell";

let tell: typeof Tell | null = null;

/** Ends when the words of the present language are here; throws where they cannot be had. */
export async function loadTold(): Promise<void> {
  const [module] = await Promise.all([import("./tell"), i18next.loadNamespaces("told")]);
  tell = module.tell;
}

export interface Teller {
  /** The sentence in the page's words; null for one that the catalogue does not have. */
  (sentence: string): string | null;
  /** false while the words are on their way. */
  ready: boolean;
}

/** `isNeeded`: false while there is nothing to tell, so that nothing is loaded. */
export function useTell(isNeeded = true): Teller {
  const { t, i18n } = useTranslation("told", { useSuspense: false });
  const { language } = i18n;
  const isHere = tell !== null && i18n.hasResourceBundle(language, "told");
  const [settled, setSettled] = useState("");
  useEffect(() => {
    if (!isNeeded || isHere) return;
    let isAsked = true;
    // Where the words do not come, those of the server are shown.
    const settle = () => isAsked && setSettled(language);
    loadTold().then(settle, settle);
    return () => {
      isAsked = false;
    };
  }, [isNeeded, isHere, language]);
  const teller = (sentence: string) => (isHere ? (tell?.(sentence, t) ?? null) : null);
  return Object.assign(teller, { ready: isHere || settled === language });
}

/** Gives what the server calls something, in the page's words; what somebody else has written stays as it is. */
export function useTold(): (text: string) => string {
  const tell = useTell();
  return (text) => tell(text) ?? text;
}
