// i18n/index.ts: the message catalogue, a file a language and part of the page.
//
// What the frame of the page says in English is in the first load; everything else comes with what needs it.
// `tests/console` compares the keys of the two languages.
import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";

import common from "./en/common.json";

type Messages = Record<string, unknown>;

const kMessages = import.meta.glob<Messages>(["./*/*.json", "!./en/common.json"], { import: "default" });

async function fetchMessages(language: string, part: string): Promise<Messages> {
  const load = kMessages[`./${language}/${part}.json`];
  if (load === undefined) throw new Error(`no messages ${language}/${part}`);
  return load();
}

const files: BackendModule = {
  type: "backend",
  init: () => undefined,
  read(language, part, done) {
    fetchMessages(language, part).then((messages) => done(null, messages), (error: unknown) => done(error as Error, null));
  },
};

export const kLanguages = { en: "English", zh: "中文" } as const;
export type Language = keyof typeof kLanguages;
const kStored = "kinora-language";

function preferred(): Language {
  const stored = localStorage.getItem(kStored);
  if (stored === "en" || stored === "zh") return stored;
  return navigator.languages.some((name) => name.toLowerCase().startsWith("zh")) &&
    !navigator.languages[0]?.toLowerCase().startsWith("en")
    ? "zh"
    : "en";
}

export async function setLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

/** A part of the catalogue in a language; throws where it cannot be had, and may be asked for again. */
export async function loadPart(part: string, language: string = i18next.language): Promise<void> {
  if (i18next.hasResourceBundle(language, part)) return;
  i18next.addResourceBundle(language, part, await fetchMessages(language, part));
}

/** Throws, and changes nothing, where the words cannot be had. */
export async function chooseLanguage(language: Language): Promise<void> {
  const parts = Object.keys(i18next.services.resourceStore.data[i18next.language] ?? {});
  await Promise.all([...parts, "told"].map((part) => loadPart(part, language)));
  localStorage.setItem(kStored, language);
  await setLanguage(language);
}

// The router asks for the first page's messages before the page has begun.
let begin: () => void = () => undefined;
/** From then on there is a language. */
export const whenBegun = new Promise<void>((resolve) => (begin = resolve));

/** Of the present language; what is not loaded so is loaded when a page asks for it. */
export async function loadMessages(parts: string[]): Promise<void> {
  await whenBegun;
  await i18next.loadNamespaces(parts);
}

/** `parts` beside the common one are loaded before this ends. */
export async function startLanguages(parts: string[] = []): Promise<void> {
  await i18next.use(files).use(initReactI18next).init({
    lng: preferred(),
    fallbackLng: false, // Both languages say everything: tests/console compares them.
    ns: ["common", ...parts],
    defaultNS: "common",
    resources: { en: { common } },
    partialBundledLanguages: true,
    interpolation: { escapeValue: false }, // React escapes.
    returnNull: false,
  });
  begin();
  await setLanguage(preferred());
}
