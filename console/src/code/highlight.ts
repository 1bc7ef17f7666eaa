// code/highlight.ts: cuts a program into comments, strings, numbers, words of the language and the rest.
import type { CodeLanguage } from "./samples";

export type Shade = "comment" | "string" | "number" | "keyword" | "plain";
export interface Piece {
  shade: Shade;
  text: string;
}

export type Notation = CodeLanguage | "json" | "text";

const kDouble = String.raw`"(?:\\[\s\S]|[^"\\\n])*"`;
const kSingle = String.raw`'(?:\\[\s\S]|[^'\\\n])*'`;
const kHash = String.raw`(?<![\w$\{])#[^\n]*`;
const kSlashes = String.raw`(?<!:)//[^\n]*`;

interface Grammar {
  comment: string;
  string: string;
  keywords: string;
}

const kGrammars: Record<Exclude<Notation, "text">, Grammar> = {
  shell: {
    comment: kHash,
    string: String.raw`'[^']*'|"(?:\\[\s\S]|[^"\\])*"`,
    keywords: "case|do|done|elif|else|esac|exit|fi|for|if|in|return|set|then|trap|while|curl|jq|openssl",
  },
  python: {
    comment: kHash,
    string: `[bfr]?(?:${kDouble}|${kSingle})`,
    keywords: "and|break|class|continue|def|elif|else|False|for|from|if|import|in|None|not|or|print|return|True|while",
  },
  javascript: {
    comment: kSlashes,
    string: String.raw`${kDouble}|${kSingle}|` + "`(?:\\\\[\\s\\S]|[^`\\\\])*`",
    keywords: "async|await|break|const|else|false|for|from|function|if|import|let|new|null|of|return|throw|true",
  },
  java: {
    comment: kSlashes,
    string: String.raw`"""[\s\S]*?"""|${kDouble}`,
    keywords:
      "boolean|byte|catch|class|else|false|final|for|if|import|int|long|new|null|public|return|static|throws|true|try|var|void|while",
  },
  go: {
    comment: kSlashes,
    string: `${kDouble}|\`[^\`]*\``,
    keywords:
      "any|bool|byte|case|const|default|defer|else|for|func|if|import|int|map|nil|package|range|return|string|struct|switch|true|type|var",
  },
  php: {
    comment: kSlashes,
    string: String.raw`${kDouble}|'(?:\\[\s\S]|[^'\\])*'`,
    keywords: "array|as|bool|const|echo|exit|false|foreach|function|if|int|new|null|return|string|true|use|while",
  },
  json: { comment: "(?!)", string: kDouble, keywords: "true|false|null" },
};

const kPatterns = new Map<Notation, RegExp>();

function patternOf(notation: Exclude<Notation, "text">): RegExp {
  let pattern = kPatterns.get(notation);
  if (pattern === undefined) {
    const { comment, string, keywords } = kGrammars[notation];
    pattern = new RegExp(
      `(?<comment>${comment})|(?<string>${string})|(?<number>\\b\\d[\\d_.]*\\b)|(?<keyword>(?<![\\w$.-])(?:${keywords})(?![\\w-]))`,
      "g",
    );
    kPatterns.set(notation, pattern);
  }
  return pattern;
}

/** The pieces make up `code` again when they are put together. */
export function pieces(code: string, notation: Notation): Piece[] {
  if (notation === "text") return [{ shade: "plain", text: code }];
  const found: Piece[] = [];
  let end = 0;
  for (const match of code.matchAll(patternOf(notation))) {
    if (match.index > end) found.push({ shade: "plain", text: code.slice(end, match.index) });
    const shade = (["comment", "string", "number", "keyword"] as const).find((name) => match.groups?.[name] !== undefined);
    found.push({ shade: shade ?? "plain", text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < code.length) found.push({ shade: "plain", text: code.slice(end) });
  return found;
}
