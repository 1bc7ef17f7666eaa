// told/use_tell.ts: for a page that shows what the server says. The catalogue of it comes when it is first asked for.
import i18next from "i18next";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { count, size } from "../format";
import { loadPart, whenBegun } from "../i18n";
import type { tell } from "./tell";

let tellIn: typeof tell | null = null; // In a language's words.

/** Ends when the words of the present language are here; throws where they cannot be had. */
async function loadTold(): Promise<void> {
  const [module] = await Promise.all([import("./tell"), loadPart("told")]);
  tellIn = module.tell;
}

/** With the page, where that is not in English: all that the server says then has words of the page. */
export async function loadToldUnlessEnglish(): Promise<void> {
  await whenBegun;
  if (i18next.language !== "en") await loadTold();
}

export interface Teller {
  /** The sentence in the page's words; null for one that the catalogue does not have. */
  tell: (sentence: string) => string | null;
  /** false while the words are on their way. */
  ready: boolean;
}

/** `isNeeded`: false while there is nothing to tell, so that nothing is loaded. */
export function useTell(isNeeded = true): Teller {
  const { i18n } = useTranslation(); // Draws anew when the language changes.
  const { language } = i18n;
  const isHere = tellIn !== null && i18n.hasResourceBundle(language, "told");
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
  const t = i18n.getFixedT(language, "told");
  return {
    tell: (sentence) => (isHere ? (tellIn?.(sentence, t, { count, size }) ?? null) : null),
    ready: isHere || settled === language,
  };
}

/**
 * Gives what the server calls something, in the page's words; what somebody else has written stays as it is. In English those
 * are the server's own.
 */
export function useTold(): (text: string) => string {
  const { i18n } = useTranslation();
  const { tell } = useTell(i18n.language !== "en");
  return (text) => tell(text) ?? text;
}
