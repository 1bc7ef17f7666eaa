// i18n/index.ts: the message catalogue, a file a language and part of the page.
//
// English is in the first load; Chinese comes when it is wanted. `tests/console` compares the keys of the two.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

type Messages = Record<string, Record<string, unknown>>;

const kEnglish = import.meta.glob<Record<string, unknown>>("./en/*.json", { eager: true, import: "default" });
const kChinese = import.meta.glob<Record<string, unknown>>("./zh/*.json", { import: "default" });

export const kLanguages = { en: "English", zh: "中文" } as const;
export type Language = keyof typeof kLanguages;
const kStored = "kinora-language";

function partOf(path: string): string {
  return path.replace(/^.*\/(\w+)\.json$/, "$1");
}

function preferred(): Language {
  const stored = localStorage.getItem(kStored);
  if (stored === "en" || stored === "zh") return stored;
  return navigator.languages.some((name) => name.toLowerCase().startsWith("zh")) &&
    !navigator.languages[0]?.toLowerCase().startsWith("en")
    ? "zh"
    : "en";
}

async function load(language: Language): Promise<void> {
  if (language === "zh" && !i18next.hasResourceBundle("zh", "common")) {
    await Promise.all(
      Object.entries(kChinese).map(async ([path, read]) => i18next.addResourceBundle("zh", partOf(path), await read())),
    );
  }
}

export async function setLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(kStored, language);
  await setLanguage(language);
}

export async function startLanguages(): Promise<void> {
  const english: Messages = {};
  for (const [path, messages] of Object.entries(kEnglish)) english[partOf(path)] = messages;
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    defaultNS: "common",
    resources: { en: english },
    interpolation: { escapeValue: false }, // React escapes.
    returnNull: false,
  });
  await setLanguage(preferred());
}
