// code/language.ts: the language in which somebody reads code, remembered and the same in every block.
import { useSyncExternalStore } from "react";

import { kCodeLanguages, type CodeLanguage } from "./samples";

const kStored = "kinora-code-language";
const listeners = new Set<() => void>();

export function isCodeLanguage(value: unknown): value is CodeLanguage {
  return kCodeLanguages.some(({ id }) => id === value);
}

function stored(): CodeLanguage {
  const value = localStorage.getItem(kStored);
  return isCodeLanguage(value) ? value : "shell";
}

export function chooseCodeLanguage(language: CodeLanguage): void {
  localStorage.setItem(kStored, language);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useCodeLanguage(): CodeLanguage {
  return useSyncExternalStore(subscribe, stored);
}
