// catalogue_test.mjs: English and Chinese say the same things, and every word that the page asks for is there.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const sources = fileURLToPath(new URL("../../console/src/", import.meta.url));
const areas = readdirSync(join(sources, "i18n/en")).map((name) => name.replace(".json", ""));

function load(lang, area) {
  return JSON.parse(readFileSync(join(sources, "i18n", lang, `${area}.json`), "utf8"));
}

/** Every text, by its path. Chinese has one plural form, so `_one` and `_other` count as one key. */
function texts(node, path = []) {
  if (typeof node === "string") return [[path.join(".").replace(/_(one|other)$/, ""), node]];
  return Object.entries(node).flatMap(([key, value]) => texts(value, [...path, key]));
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

test("both languages have the same areas", () => {
  assert.deepEqual(readdirSync(join(sources, "i18n/zh")), readdirSync(join(sources, "i18n/en")));
});

for (const area of areas) {
  test(`${area}: the same keys and the same places in both languages`, () => {
    const english = new Map(texts(load("en", area)));
    const chinese = new Map(texts(load("zh", area)));
    assert.deepEqual([...chinese.keys()].sort(), [...english.keys()].sort());
    const placesOf = (text) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    for (const [key, text] of english) {
      assert.notEqual(text, "", key);
      // A plural's one and other may differ in whether the number is said.
      const missing = placesOf(chinese.get(key)).filter((place) => place !== "count" && !placesOf(text).includes(place));
      assert.deepEqual(missing, [], `${key}: ${text} / ${chinese.get(key)}`);
    }
  });
}

test("every key that stands in the sources has words", () => {
  const known = new Set();
  for (const area of areas) {
    for (const [key] of texts(load("en", area))) known.add(`${area}:${key}`);
  }
  const unknown = [];
  for (const file of filesIn(sources).filter((name) => /\.tsx?$/.test(name))) {
    const text = readFileSync(file, "utf8");
    const named = [...text.matchAll(/useTranslation\(\[?((?:"\w+"(?:, )?)+)\]?\)/g)].flatMap((match) => match[1].match(/\w+/g));
    const spaces = [...new Set([...named, "common"])];
    for (const [, key] of text.matchAll(/\b(?:t|common)\("([\w.:]+)"/g)) {
      const candidates = key.includes(":") ? [key] : spaces.map((space) => `${space}:${key}`);
      if (!candidates.some((candidate) => known.has(candidate))) unknown.push(`${file.slice(sources.length)}: ${key}`);
    }
  }
  assert.deepEqual(unknown, []);
});
