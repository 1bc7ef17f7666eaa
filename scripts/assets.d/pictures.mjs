// scripts/assets.d/pictures.mjs: the picture sets, and which of their pictures are wanted.
//
// Fluent Emoji in colour comes first; Noto where Fluent has no such picture, or only a bust of what
// Noto shows whole; then our own drawings (assets/art), and one-colour shapes of game-icons for
// what all lack.
import fs from 'node:fs';
import path from 'node:path';

const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

export function openSets(modules) {
    const icons = (name) => readJson(path.join(modules, '@iconify-json', name, 'icons.json'));
    const emojibase = (name) => readJson(path.join(modules, 'emojibase-data', name));
    return {
        fluent: icons('fluent-emoji'),
        noto: icons('noto'),
        game: icons('game-icons'),
        emojis: emojibase('en/data.json'),
        groups: emojibase('meta/groups.json'),
        emojisOf: (language) => emojibase(`${language}/data.json`),
    };
}

// "Mrs. Claus" is "mrs-claus" in the sets.
export const slug = (label) =>
    label
        .toLowerCase()
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .replace(/[’'.“”!]/g, '')
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '');

// Children of a drawing, so that single ones can be dropped.
function children(body) {
    const wrapper = /^<g fill="none">/.exec(body);
    const start = wrapper ? wrapper[0].length : 0;
    const parts = [];
    const tag = /<(\/?)[a-zA-Z]+[^>]*?(\/?)>/g;
    tag.lastIndex = start;
    let depth = 0;
    let from = start;
    for (let found = tag.exec(body); found; found = tag.exec(body)) {
        if (found[1]) {
            depth -= 1;
            if (depth < 0) break;
            if (depth === 0) parts.push([from, tag.lastIndex]);
        } else {
            if (depth === 0) from = found.index;
            if (found[2]) {
                if (depth === 0) parts.push([from, tag.lastIndex]);
            } else {
                depth += 1;
            }
        }
    }
    return parts;
}

function without(body, dropped) {
    const parts = children(body);
    for (const index of [...dropped].sort((a, b) => b - a)) {
        if (!parts[index]) throw new Error(`a drawing has no child ${index}`);
        body = body.slice(0, parts[index][0]) + body.slice(parts[index][1]);
    }
    return body;
}

// Null where the set has no such picture.
export function drawing(set, name, {drop = [], color = null} = {}) {
    const icon = set.icons[name] ?? set.icons[set.aliases?.[name]?.parent];
    if (!icon) return null;
    const width = icon.width ?? set.width ?? 16;
    const height = icon.height ?? set.height ?? 16;
    let body = drop.length ? without(icon.body, drop) : icon.body;
    if (color) body = body.replaceAll('currentColor', color);
    return (
        `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
        `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${body}</svg>`
    );
}

// Whole subgroups of emoji that are of no use on a stage, and what is kept of them all the same.
const LEFT_OUT = new Set([
    'face-smiling',
    'face-affection',
    'face-tongue',
    'face-hand',
    'face-neutral-skeptical',
    'face-sleepy',
    'face-unwell',
    'face-hat',
    'face-glasses',
    'face-concerned',
    'face-negative',
    'cat-face',
    'monkey-face',
    'hand-fingers-open',
    'hand-fingers-partial',
    'hand-single-finger',
    'hand-fingers-closed',
    'hands',
    'hand-prop',
    'person-gesture',
    'family',
    'person-symbol',
    'place-map-symbol',
]);
const KEPT = new Set([
    'smiling-face-with-sunglasses',
    'smiling-face-with-heart-eyes',
    'grinning-face',
    'loudly-crying-face',
    'enraged-face',
    'cowboy-hat-face',
    'footprints',
    'skull',
    'waving-hand',
    'thumbs-up',
    'clapping-hands',
    'handshake',
    'skull-and-crossbones',
]);
// Tiles with a background of their own, and signs.
const DROPPED = new Set([
    'foggy',
    'night-with-stars',
    'cityscape',
    'sunrise-over-mountains',
    'sunrise',
    'cityscape-at-dusk',
    'sunset',
    'bridge-at-night',
    'desert',
    'national-park',
    'motorway',
    'railway-track',
    'milky-way',
    'shooting-star',
    'fireworks',
    'sparkler',
    'fog',
    'x-ray',
    'elevator',
    'white-flower',
    'hundred-points',
    'anger-symbol',
    'heart-decoration',
    'hot-springs',
    'map-of-japan',
    'flag-in-hole',
    'metro',
    'mountain-railway',
    'moon-viewing-ceremony',
    'pig-nose',
    'globe-with-meridians',
    'bell-with-slash',
    'mobile-phone-with-arrow',
    'eye-in-speech-bubble',
    'right-anger-bubble',
    'left-speech-bubble',
]);
const GENDERED = /^(man|woman|men|women)-(?!$)/;
const CLOCK = /(oclock|thirty)$/;
// Fluent's bust, or a picture that librsvg cannot draw, gives way to Noto's.
const FROM_NOTO = new Set([
    'umbrella',
    'umbrella-with-rain-drops',
    'fireworks',
    'shooting-star',
    'sloth',
]);
// Kept in several skin tones: heads for the puppets.
const TONED = new Set([
    'baby',
    'child',
    'boy',
    'girl',
    'person',
    'man',
    'woman',
    'old-man',
    'old-woman',
]);
const TONES = ['medium-light', 'medium', 'medium-dark', 'dark'];

// Emoji that get a picture: [{name, label, tags, subgroup, hexcode}].
export function wantedEmojis(sets) {
    const wanted = [];
    for (const emoji of sets.emojis) {
        if (emoji.group === undefined) continue;
        const group = sets.groups.groups[emoji.group];
        const subgroup = sets.groups.subgroups[emoji.subgroup];
        const name = slug(emoji.label);
        if (['symbols', 'component', 'flags'].includes(group)) continue;
        if (LEFT_OUT.has(subgroup) && !KEPT.has(name)) continue;
        if (CLOCK.test(name) && subgroup === 'time') continue;
        if (GENDERED.test(name) && ['person-activity', 'person-sport'].includes(subgroup)) continue;
        if (/facing-right$/.test(name)) continue;
        if (DROPPED.has(name) && !FROM_NOTO.has(name)) continue;
        wanted.push({
            name,
            label: emoji.label.toLowerCase(),
            tags: emoji.tags ?? [],
            group,
            subgroup,
            hexcode: emoji.hexcode,
        });
    }
    return wanted;
}

// The drawing of an emoji: {key, svg, other}, where `other` is drawn if librsvg refuses `svg`.
export function drawEmoji(sets, name, drop) {
    const noto = drawing(sets.noto, name);
    const fluent = FROM_NOTO.has(name) ? null : drawing(sets.fluent, name, {drop});
    if (fluent) return {key: `fluent:${name}`, svg: fluent, other: noto};
    return noto ? {key: `noto:${name}`, svg: noto, other: null} : null;
}

export function tonesOf(name) {
    return TONED.has(name) ? TONES.map((tone) => `${name}-${tone}`) : [];
}
