// code/literals.ts: values as the literals of a language, so that whatever a prompt holds is still one string.
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** A string of Python, JavaScript, Java and Go alike: their escapes hold those of JSON. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

export function phpQuoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** All lines but the first moved to the right. */
export function indented(text: string, spaces: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(spaces)}`);
}

export function json(value: Json): string {
  return JSON.stringify(value, null, 2);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

interface Notation {
  text: (value: string) => string;
  words: { yes: string; no: string; none: string };
  list: [string, string];
  object: [string, string];
  between: string;
  empty: string;
}

const kPython: Notation = {
  text: quoted,
  words: { yes: "True", no: "False", none: "None" },
  list: ["[", "]"],
  object: ["{", "}"],
  between: ": ",
  empty: "{}",
};

const kPhp: Notation = {
  text: phpQuoted,
  words: { yes: "true", no: "false", none: "null" },
  list: ["[", "]"],
  object: ["[", "]"],
  between: " => ",
  empty: "new stdClass()",
};

function written(value: Json, notation: Notation, depth: number): string {
  const { words, list, object } = notation;
  if (value === null) return words.none;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return notation.text(value);
  const [open, close] = isList(value) ? list : object;
  const lines = isList(value)
    ? value.map((item) => written(item, notation, depth + 1))
    : Object.entries(value).map(
        ([name, item]) => notation.text(name) + notation.between + written(item, notation, depth + 1),
      );
  if (lines.length === 0) return isList(value) ? open + close : notation.empty;
  const pad = "    ".repeat(depth + 1);
  return `${open}\n${lines.map((line) => `${pad}${line},\n`).join("")}${"    ".repeat(depth)}${close}`;
}

export function pythonValue(value: Json): string {
  return written(value, kPython, 0);
}

export function phpValue(value: Json): string {
  return written(value, kPhp, 0);
}

/** A text block of Java; `spaces` is how far its lines are moved in. */
export function javaTextBlock(text: string, spaces: number): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll('"""', '\\"""');
  return `"""\n${" ".repeat(spaces)}${indented(escaped, spaces)}"""`;
}

export function goRawString(text: string): string {
  return `\`${text.replaceAll("`", '` + "`" + `')}\``;
}
