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
  least: "([\\d.]+)",
  most: "([\\d.]+)",
  length: "([\\d.]+)",
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

/** `t` is of the catalogue's part `told`. null for a sentence that is not known, or has no words. */
export function tell(sentence: string, t: TFunction<"told">): string | null {
  const found = find(sentence);
  if (found === null) return null;
  const wordsOf = (name: string, value: string): string => {
    switch (name) {
      case "field":
        return t(`field.${value}`, { defaultValue: value });
      case "sort":
        return t(`sort.${value}`, { defaultValue: value });
      case "place":
        return t(`place.${value.replace(/^(an?|the) /, "").replaceAll(" ", "_")}`, { defaultValue: value });
      case "reason":
      case "address":
      case "list":
        return tell(value, t) ?? value.replaceAll("`", "");
      default:
        return value.replaceAll("`", "");
    }
  };
  const values: [string, string][] = Object.entries(found.values).map(([name, value]) => [name, wordsOf(name, value)]);
  const words: string = t(`sentence.${found.key}`, { replace: Object.fromEntries(values), defaultValue: "" });
  return words || null;
}
