// scripts/assets.d/words.mjs: bakes storyboard.words, the lexicon that the engine reads at run
// time.
//
//     node words.mjs NODE_MODULES ASSETS_FOLDER WORDNET_FOLDER OUT_FILE
//
// A text of tab-separated lines in sections; src/engines/storyboard/words/lexicon.cpp reads it and
// says what the columns mean. Written beside the target and renamed.
import fs from 'node:fs';
import path from 'node:path';
import {catalogue} from './catalogue.mjs';
import {EMOJI_TERMS} from './emoji_terms.mjs';
import {KINDS} from './facts.mjs';
import {inflector} from './inflect.mjs';
import {Mapper} from './lexicon.mjs';
import {openSets} from './pictures.mjs';
import {WordNet} from './wordnet.mjs';

const [modules, assets, wordnetFolder, out] = process.argv.slice(2);
const sets = openSets(modules);
const wordnet = new WordNet(wordnetFolder);
const pictures = catalogue(sets, assets);
const mapper = new Mapper(wordnet);

const linesOf = (name) =>
    fs
        .readFileSync(path.join(assets, 'words', name), 'utf8')
        .split('\n')
        .map((line, at) => [line.trim(), `${name}:${at + 1}`])
        .filter(([line]) => line && !line.startsWith('#'));
const list = (text) =>
    text
        .split(',')
        .map((one) => one.trim().toLowerCase())
        .filter(Boolean);

// ---- Things
// ----------------------------------------------------------------------------------------------

const things = []; // {asset, form, kind, height, flags, habitat}
const byName = new Map();

function addThing(name, thing) {
    byName.set(name, things.length);
    things.push({habitat: '-', ...thing});
    return things.length - 1;
}

for (const {key, name, fact} of pictures) {
    const flags =
        [...fact.flags].filter((flag) => 'yfs'.includes(flag)).join('') +
        (['animal', 'person'].includes(fact.kind) ? 'a' : '');
    const index = addThing(key, {
        asset: key,
        form: fact.flags.has('o') ? 'silhouette' : 'sprite',
        kind: KINDS.indexOf(fact.kind),
        height: fact.height,
        flags,
    });
    if (!byName.has(name)) byName.set(name, index);
}
const PERSON_HEIGHTS = {
    baby: 0.7,
    child: 1.2,
    boy: 1.25,
    girl: 1.2,
    elf: 1.2,
    gnome: 0.8,
    dwarf: 1.2,
    bigfoot: 2.3,
    troll: 1.9,
};
// Pictures by name, or by key.
function picture(name, where) {
    const index = byName.get(name) ?? byName.get(`fluent:${name}`) ?? byName.get(`noto:${name}`);
    if (index === undefined) {
        console.error(`${where}: there is no picture "${name}"`);
        return null;
    }
    return index;
}
for (const [line, where] of linesOf('things.txt')) {
    const parts = /^(biped|quadruped|picture|nothing|habitat) ?([^:]*(?::[^:]+)?): (.+)$/.exec(
        line,
    );
    if (!parts) throw new Error(`${where}: cannot be read`);
    const [, what, about, nouns] = parts;
    if (what === 'nothing') {
        for (const noun of list(nouns)) mapper.addNothing(noun);
    } else if (what === 'habitat') {
        for (const name of nouns.split(/\s+/)) {
            const index = byName.get(`puppet ${name.replaceAll('-', ' ')}`) ?? byName.get(name);
            if (index !== undefined) things[index].habitat = about;
        }
    } else {
        let index;
        if (what === 'picture') {
            index = picture(about, where);
            if (index === null) continue;
        } else {
            const [, role, height] = /^(.+?)(?: ([0-9.]+))?$/.exec(about);
            index = addThing(`puppet ${role}`, {
                asset: role,
                form: what,
                kind: KINDS.indexOf(what === 'biped' ? 'person' : 'animal'),
                height: Number(height ?? PERSON_HEIGHTS[role] ?? 1.7),
                flags: 'a',
            });
        }
        for (const noun of list(nouns)) mapper.addAlias(noun, index, KINDS[things[index].kind]);
    }
}
for (const one of pictures) {
    if (one.group === 'tone') continue;
    // Fluent's people are busts or stand still; the puppet plays them.
    if (one.group === 'people-body' && one.fact.kind === 'person' && !one.key.startsWith('noto:'))
        continue;
    const index = byName.get(one.key);
    if (one.group === 'shape' || one.group === 'art') mapper.addShape(one.label, index);
    else mapper.addPicture(one, index);
}

// ---- Meanings of other words
// ------------------------------------------------------------------------------

const meanings = [];
const meaningIndex = new Map();
function meaning(text) {
    if (!meaningIndex.has(text)) {
        meaningIndex.set(text, meanings.length);
        meanings.push(text);
    }
    return meaningIndex.get(text);
}

const words = new Map(); // {thing, match, meanings: Set, motion, form, pos}
function word(text) {
    if (!words.has(text))
        words.set(text, {
            thing: null,
            match: '',
            meanings: new Set(),
            motion: '',
            form: '',
            pos: '',
        });
    return words.get(text);
}

for (const [line, where] of linesOf('terms.txt')) {
    const parts = /^([a-z]+=\S+(?: [a-z]+=\S+)*): (.+)$/.exec(line);
    if (!parts) throw new Error(`${where}: cannot be read`);
    const index = meaning(parts[1]);
    for (const phrase of list(parts[2])) {
        word(phrase).meanings.add(index);
        if (parts[1].startsWith('setting=')) mapper.addPlace(phrase, index);
    }
}

// ---- Verbs in all their forms
// -----------------------------------------------------------------------------

const formsOf = inflector(wordnet.verbExceptions);
for (const [line, where] of linesOf('verbs.txt')) {
    const parts = /^([a-z_]+): (.+)$/.exec(line);
    if (!parts) throw new Error(`${where}: cannot be read`);
    for (const phrase of list(parts[2])) {
        const [verb, ...rest] = phrase.split(' ');
        for (const [form, code] of formsOf(verb)) {
            const entry = word([form, ...rest].join(' '));
            if (entry.motion) continue; // The first line that names it counts.
            entry.motion = parts[1];
            entry.form = code;
        }
    }
}

// ---- Parts of speech
// --------------------------------------------------------------------------------------

const PLAIN = /^[a-z]{2,15}$/;
const partsOfSpeech = (lemma) => wordnet.partsOfSpeech(lemma);

// ---- Nouns
// ------------------------------------------------------------------------------------------------

const SCENIC = /(setting|soft|time|weather|effect|palette|style|camera)=/;
const isAnimal = (thing) => KINDS[things[thing].kind] === 'animal';
// "giant mushroom" is a mushroom of that size, "blue butterfly" a butterfly of that colour: the
// engine sees to both.
const dresses = (text) =>
    [...(words.get(text)?.meanings ?? [])].some((index) => /^(size|color)=/.test(meanings[index]));
for (const lemma of [...mapper.lemmas.keys()]) {
    const gap = lemma.indexOf(' ');
    if (gap < 0 || !dresses(lemma.slice(0, gap))) continue;
    // A red fox has the coat of foxes, and no paint.
    const {thing, match} = mapper.lemmas.get(lemma);
    if (match === 'a' && thing !== null && things[thing].form === 'quadruped') continue;
    if (mapper.lemmas.get(lemma.slice(gap + 1))?.thing === mapper.lemmas.get(lemma).thing)
        mapper.lemmas.delete(lemma);
}
for (const [lemma, {thing, match}] of mapper.lemmas) {
    const entry = word(lemma);
    // "library" and "snow" speak of the scene; only a hand-written noun, or a picture of the place,
    // is a thing besides.
    const scenic = [...entry.meanings].some((index) => SCENIC.test(meanings[index]));
    const place = [...entry.meanings].some((index) => meanings[index].includes('setting='));
    if (scenic && match !== 'a' && !(place && match === 'e')) continue;
    Object.assign(entry, {thing: thing ?? -1, match});
}
const spread = mapper.spread(byName.get('puppet person'));
// A longer lemma whose last word names the same thing is no news: the engine tries the last word by
// itself.
const short = new Map(
    spread.found.filter(({lemma}) => !lemma.includes(' ')).map((one) => [one.lemma, one.thing]),
);
for (const {lemma, thing, match} of spread.found) {
    const head = lemma.slice(lemma.lastIndexOf(' ') + 1);
    if (head !== lemma && (words.get(head)?.thing ?? short.get(head)) === thing) continue;
    // A red fox is a fox that is red, though WordNet knows a herb of that name; a desert fox is no
    // general.
    const named = head !== lemma && /[ae]/.test(words.get(head)?.match ?? '') && words.get(head);
    if (named && dresses(lemma.slice(0, lemma.indexOf(' ')))) continue;
    if (named && named.thing >= 0 && isAnimal(named.thing) && thing !== null && !isAnimal(thing)) continue;
    const entry = word(lemma);
    if (entry.match || entry.meanings.size) continue;
    Object.assign(entry, {thing: thing ?? -1, match});
}
for (const {lemma, meaning: index} of spread.places) {
    const entry = word(lemma);
    if (
        !entry.match &&
        !entry.meanings.size &&
        /N/.test(partsOfSpeech(lemma.replaceAll(' ', '_')))
    ) {
        entry.meanings.add(index);
    }
}

const known = new Set(
    [
        ...wordnet.nouns.keys(),
        ...wordnet.verbs.keys(),
        ...wordnet.adjectives.keys(),
        ...wordnet.adverbs.keys(),
    ].filter((lemma) => PLAIN.test(lemma)),
);
for (const lemma of known) {
    const pos = partsOfSpeech(lemma);
    const entry = words.get(lemma);
    if (entry) {
        entry.pos = pos;
        continue;
    }
    // A noun that could be seen and has no picture is marked, so that the caller is told.
    const sense = mapper.sense(lemma);
    word(lemma).pos = sense && !sense.abstractFirst && sense.at === 0 ? `${pos}c` : pos;
}
for (const [form, base] of wordnet.nounExceptions) {
    const entry = words.get(base);
    if (!PLAIN.test(form) || !entry || entry.match === '') continue;
    const own = words.get(form);
    if (own?.match) {
        if (own.thing === entry.thing && own.form === '') own.form = 'p';
        continue;
    }
    Object.assign(word(form), {
        thing: entry.thing,
        match: entry.match,
        form: word(form).form || 'p',
    });
}

// ---- Other languages, emoji
// --------------------------------------------------------------------------------

const LANGUAGES = ['zh', 'es', 'fr', 'de', 'pt', 'it', 'ja', 'ru', 'ko'];
const foreign = new Map(); // "es\tperro": "=dog" or a thing's index.
const functions = [];
for (const [line, where] of linesOf('foreign.txt')) {
    const [english, ...columns] = line.split('|').map((part) => part.trim());
    for (const column of columns) {
        const [language, ...forms] = column.split(/\s+/);
        if (!LANGUAGES.includes(language))
            throw new Error(`${where}: unknown language ${language}`);
        for (const form of forms) {
            if (english === 'function') functions.push([language, form]);
            else if (!foreign.has(`${language}\t${form.toLowerCase()}`)) {
                foreign.set(`${language}\t${form.toLowerCase()}`, `=${english}`);
            }
        }
    }
}
const byHexcode = new Map(pictures.filter(({hexcode}) => hexcode).map((one) => [one.hexcode, one]));
// The picture of a head ("cat face") stands for the animal, where there is all of it.
const thingOf = (one) => {
    const whole = one.label.replace(/ face$/, '');
    const named = [words.get(whole), words.get(one.label)].find(
        (word) => word && word.thing !== null && word.thing >= 0,
    );
    return named ? named.thing : byName.get(one.key);
};
for (const language of LANGUAGES) {
    const emojis = sets.emojisOf(language).filter(({hexcode}) => byHexcode.has(hexcode));
    const add = (text, one) => {
        const plain = text.toLowerCase().trim();
        if (/\s/.test(plain) || plain.length < (/[a-z]/.test(plain) ? 3 : 1)) return;
        if (/^[\u4e00-\u9fff\u3040-\u30ff]$/.test(plain)) return; // One sign alone says too little.
        if (!foreign.has(`${language}\t${plain}`))
            foreign.set(`${language}\t${plain}`, String(thingOf(one)));
    };
    for (const emoji of emojis) add(emoji.label, byHexcode.get(emoji.hexcode));
    for (const emoji of emojis) {
        const one = byHexcode.get(emoji.hexcode);
        if (one.group === 'people-body' || one.group === 'smileys-emotion') continue;
        for (const tag of (emoji.tags ?? []).slice(0, 4))
            if (tag.length >= (/[a-z]/.test(tag) ? 4 : 2)) add(tag, one);
    }
}
const emojiLines = [];
for (const emoji of sets.emojis) {
    const plain = emoji.emoji.replaceAll('\ufe0f', '');
    const bare = emoji.hexcode.replace(/-FE0F/g, '');
    const one = byHexcode.get(emoji.hexcode);
    if (EMOJI_TERMS[bare]) emojiLines.push([plain, `=${EMOJI_TERMS[bare]}`]);
    else if (one) emojiLines.push([plain, String(thingOf(one))]);
    else if (emoji.group === 1 && words.get(emoji.label.replace(/^(man|woman) /, ''))?.thing >= 0) {
        emojiLines.push([plain, `=${emoji.label}`]);
    }
}

// ---- Out
// ---------------------------------------------------------------------------------------------------

const lines = [];
lines.push(`things\t${things.length}`);
for (const {asset, form, kind, height, flags, habitat} of things) {
    lines.push([asset, form, kind, height, flags || '-', habitat].join('\t'));
}
lines.push(`meanings\t${meanings.length}`, ...meanings);
// Sorted by bytes; a line keeps what differs from the line before: the count of shared bytes comes
// first.
const sorted = [...words.keys()]
    .map((text) => [Buffer.from(text), text])
    .sort(([a], [b]) => Buffer.compare(a, b));
lines.push(`words\t${sorted.length}`);
let before = Buffer.alloc(0);
for (const [bytes, text] of sorted) {
    let shared = 0;
    while (
        shared < 35 &&
        shared < bytes.length &&
        shared < before.length &&
        bytes[shared] === before[shared]
    )
        shared += 1;
    while (shared > 0 && (bytes[shared] & 0xc0) === 0x80) shared -= 1; // Whole characters only.
    before = bytes;
    const {thing, match, meanings: own, motion, form, pos} = words.get(text);
    const columns = [
        shared.toString(36) + bytes.subarray(shared).toString(),
        pos,
        match ? `${match}${thing >= 0 ? thing : ''}` : '',
        [...own].join(','),
        motion,
        form,
    ];
    while (columns.at(-1) === '') columns.pop();
    lines.push(columns.join('\t'));
}
lines.push(`foreign\t${foreign.size}`);
for (const [key, value] of [...foreign].sort(([a], [b]) => (a < b ? -1 : 1)))
    lines.push(`${key}\t${value}`);
lines.push(`functions\t${functions.length}`, ...functions.map((one) => one.join('\t')));
lines.push(`emoji\t${emojiLines.length}`, ...emojiLines.map((one) => one.join('\t')));
const body = Buffer.from(lines.join('\n') + '\n');
// FNV-1a of 64 bits, as in src/engines/storyboard/assets/pack_format.hpp.
let sum = 0xcbf29ce484222325n;
for (const byte of body) sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n);
fs.writeFileSync(
    `${out}.part`,
    Buffer.concat([Buffer.from(`KINOWORDS\t1\t${body.length}\t${sum.toString(16)}\n`), body]),
);
fs.renameSync(`${out}.part`, out);
console.log(
    `${words.size} words, ${[...words.values()].filter(({match}) => match && match !== 'x').length} of them name things`,
);
