// studio/phrases.ts: words that a chip adds to a prompt and takes away again.

function partsOf(prompt: string): string[] {
  return prompt.split(",");
}

function isPart(part: string, phrase: string): boolean {
  return part.trim().toLowerCase() === phrase.toLowerCase();
}

export function hasPhrase(prompt: string, phrase: string): boolean {
  return partsOf(prompt).some((part) => isPart(part, phrase));
}

/** Adds `phrase`, or takes it away where it is there. It takes the place of the `others`. */
export function togglePhrase(prompt: string, phrase: string, others: readonly string[]): string {
  const had = hasPhrase(prompt, phrase);
  const gone = [phrase, ...others];
  const rest = partsOf(prompt)
    .filter((part) => !gone.some((each) => isPart(part, each)))
    .join(",")
    .replace(/^[\s,]+/, "");
  if (had) return rest;
  const before = rest.replace(/[\s,.]+$/, "");
  return before === "" ? phrase : `${before}, ${phrase}`;
}
