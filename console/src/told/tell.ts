// told/tell.ts: what the server says, in the words of the page and its language.
import type { TFunction } from "i18next";

import { kSentences } from "./sentences";

interface Pattern {
  key: string;
  names: string[];
  expression: RegExp;
}

// What can stand in a place, by its name.
const kForms: Record<string, string> = {
  field: "([\\w.]+)",
  host: "(\\S+)",
  type: "(\\S+)",
  number: "([\\d.]+)",
  bytes: "(\\d+)",
  status: "(\\d+)",
  least: "([\\d.]+)",
  most: "([\\d.]+)",
  length: "([\\d.]+)",
  one: "([^`]+)",
  other: "([^`]+)",
};
const kAnyForm = "(.+)";

function patternOf(key: string, template: string): Pattern {
  const names: string[] = [];
  const source = template.split(/(\{\w+\})/).map((piece) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (name === undefined) return piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    names.push(name);
    return kForms[name] ?? kAnyForm;
  });
  return { key, names, expression: new RegExp(`^${source.join("")}$`, "s") };
}

// Where two fit, the one that leaves less open comes first.
const kPatterns = Object.entries(kSentences)
  .sort(([, one], [, other]) => other.replace(/\{\w+\}/g, "").length - one.replace(/\{\w+\}/g, "").length)
  .map(([key, template]) => patternOf(key, template));

/** Which sentence it is, and what stands in its places; null for one that is not known. */
export function find(sentence: string): { key: string; values: Record<string, string> } | null {
  for (const { key, names, expression } of kPatterns) {
    const found = expression.exec(sentence);
    if (found !== null) return { key, values: Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""])) };
  }
  return null;
}

/** How numbers are written in the page's language. */
export interface Numbers {
  count: (value: number) => string;
  size: (bytes: number) => string;
}

/** `t` is of the catalogue's part `told`. null for a sentence that is not known, or has no words. */
export function tell(sentence: string, t: TFunction<"told">, numbers: Numbers): string | null {
  const found = find(sentence);
  if (found === null) return null;
  const wordsOf = (name: string, value: string): string => {
    const plain = value.replaceAll("`", "");
    switch (name) {
      case "field":
        return t(`field.${value}`, { defaultValue: value });
      case "sort":
        return t(`sort.${value}`, { defaultValue: value });
      case "place":
        return t(`place.${value.replace(/^(an?|the) /, "").replaceAll(" ", "_")}`, { defaultValue: value });
      case "bytes":
        return numbers.size(Number(value));
      case "size": {
        const [, amount, unit] = /^(\d+) (bytes|MB)$/.exec(value) ?? [];
        return amount === undefined ? value : numbers.size(Number(amount) * (unit === "MB" ? 1_000_000 : 1));
      }
      case "number":
      case "least":
      case "most":
      case "length":
        return numbers.count(Number(value));
      case "list":
        return (tell(value, t, numbers) ?? plain).replaceAll("”, “", `”${t("told:list.between")}“`);
      case "reason":
      case "address":
        return tell(value, t, numbers) ?? plain;
      default:
        return plain;
    }
  };
  const values: [string, string][] = Object.entries(found.values).map(([name, value]) => [name, wordsOf(name, value)]);
  const words: string = t(`sentence.${found.key}`, { replace: Object.fromEntries(values), defaultValue: "" });
  return words || null;
}
