// told/error_words.ts: what went wrong, in the page's words: by the server's sentence, else by the call's status.
import { useTranslation } from "react-i18next";

import { ApiError } from "../api/client";
import { useTell } from "./use_tell";

export interface ErrorWords {
  /** null while the words are on their way. */
  words: string | null;
  /** The server's own English, where the page has no words for it. */
  original: string | null;
}

export function useErrorWords(error: unknown): ErrorWords {
  const { t, i18n } = useTranslation();
  const api = error instanceof ApiError ? error : null;
  const told = api === null || api.status === 0 ? "" : api.message;
  const { tell, ready } = useTell(told !== "");
  if (api === null) return { words: t("error.unknown"), original: null };
  if (api.status === 0) return { words: t("error.unreachable"), original: null };
  if (told !== "" && !ready) return { words: null, original: null };
  const words = tell(told);
  if (words !== null) return { words, original: null };
  // What is behind a failure of the server tells the user nothing.
  if (api.status >= 500) return { words: t("error.500"), original: null };
  const plain = told.replaceAll("`", "");
  if (i18n.language === "en" && plain !== "") return { words: plain, original: null };
  return { words: t(`error.${api.status}`, { defaultValue: t("error.refused") }), original: plain === "" ? null : plain };
}
