// catalogue_test.mjs: English and Chinese say the same things, and every word that the page asks for is there.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
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

// What the server says, told in the page's words: console/src/told.
const typescript = createRequire(`${process.env.KINORA_CONSOLE}/package.json`)("typescript");
const code = ["sentences", "tell"]
  .map((name) => readFileSync(join(sources, `told/${name}.ts`), "utf8"))
  .map((text) => typescript.transpileModule(text, { compilerOptions: { target: "ES2022", module: "ESNext" } }).outputText)
  .join("\n")
  .replaceAll(/^import .*$/gm, "");
const { kSentences, find, tell } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

/** As i18next finds the words. */
function wordsOf(lang) {
  const told = load(lang, "told");
  return (key, { defaultValue, replace = {} } = {}) => {
    const [part, ...rest] = key.replace(/^told:/, "").split(".");
    const text = told[part][rest.join(".")] ?? defaultValue;
    return text.replace(/\{\{(\w+)\}\}/g, (_, name) => replace[name]);
  };
}

const numbers = { count: (value) => value.toLocaleString("en"), size: (bytes) => `${Math.round(bytes / 1e6)} MB` };

test("every sentence that is told is one that the server says", () => {
  const server = fileURLToPath(new URL("../../src/", import.meta.url));
  const said = filesIn(server)
    .filter((name) => /\.[ch]pp$/.test(name))
    .map((name) => readFileSync(name, "utf8").replaceAll(/"\s*\n\s*"/g, "").replaceAll('\\"', '"').replaceAll(/\\u(201[cd])/g, (_, sign) => String.fromCharCode(parseInt(sign, 16))))
    .join("\n");
  const gone = Object.entries(kSentences).filter(([, template]) => {
    // The name of a field and its backticks are put before by another place than says the rest.
    const pieces = template.replace(/^`(\{field\}|\w+)` /, "{field}").split(/\{\w+\}|(?<=\.) |[“”]/);
    return !pieces.every((piece) => said.includes(piece));
  });
  assert.deepEqual(gone, []);
});

test("every sentence has words in each language, and none is taken for another", () => {
  const keys = Object.keys(kSentences).sort();
  for (const lang of ["en", "zh"]) assert.deepEqual(Object.keys(load(lang, "told").sentence).sort(), keys);
  for (const [key, template] of Object.entries(kSentences)) {
    const places = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const example = (name) => ({ field: "nickname", host: "example.com", type: "text/html", sort: "video", place: "a park" })[name] ?? "70";
    const sentence = template.replaceAll(/\{(\w+)\}/g, (_, name) => example(name));
    const found = find(sentence);
    assert.equal(found?.key, key, sentence);
    for (const name of places) assert.equal(found.values[name], example(name));
    for (const lang of ["en", "zh"]) assert.doesNotMatch(tell(sentence, wordsOf(lang), numbers), /[{}`]|undefined/, `${lang}: ${key}`);
  }
});

test("what the server says is told with what stands in it", () => {
  const cases = [
    ["`start_image_url` cannot be used. The server at example.com answered 404.", "The first frame cannot be used. The server at example.com answered 404.", "首帧无法使用。example.com 的服务器返回了 404。"],
    ["`callback_url` cannot be used. 10.0.0.7 is a private address, which this server does not reach.", "The callback address cannot be used. 10.0.0.7 is a private address, which this server does not reach.",
      "回调地址无法使用。10.0.0.7 是私有地址，本服务器不会连接。"],
    ["`nickname` must have at most 80 characters.", "The name must have at most 80 characters.", "昵称最多 80 个字符。"],
    ["`file` is too large; a video may have 104857600 bytes.", "The file is too large; a video may have 105 MB.", "文件太大；视频最多 105 MB。"],
    ["“harbour” is shown as a city street.", "“harbour” is shown as a city street.", "“harbour”以城市街道代替。"],
    ["Only whole ones are drawn: “cat”, “dog” and 3 more.", "Only whole ones are drawn: “cat”, “dog” and 3 more.", "只画完整的：“cat”、“dog”，以及另外 3 个。"],
    ["The server at example.com did not answer within 0.2 s.", "The server at example.com did not answer within 0.2 seconds.", "example.com 的服务器在 0.2 秒内没有应答。"],
    ["`priority` must be `low` or `normal`.", "The order must be low or normal.", "顺序必须是 low 或 normal。"],
    ["`state` must be `completed`, `failed` or `cancelled`.", "The state must be completed, failed or cancelled.", "状态必须是以下之一：completed, failed or cancelled。"],
    ["`unheard_of` must not be empty.", "unheard_of must not be empty.", "unheard_of不能为空。"],
  ];
  for (const [sentence, english, chinese] of cases) {
    assert.equal(tell(sentence, wordsOf("en"), numbers), english);
    assert.equal(tell(sentence, wordsOf("zh"), numbers), chinese);
  }
  assert.equal(tell("Something that nobody has foreseen.", wordsOf("zh"), numbers), null);
});

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
