// scripts/assets.d/facts.mjs: what a stage must know of a picture, from assets/facts.txt and from
// its group.
import fs from 'node:fs';

export const KINDS = [
    'object',
    'animal',
    'person',
    'vehicle',
    'plant',
    'building',
    'food',
    'nature',
    'symbol',
];
const FLAGS = {
    legs: 'l',
    wings: 'w',
    flies: 'y',
    floats: 'f',
    swims: 's',
    glows: 'g',
    head: 'h',
    silhouette: 'o',
};

// What a whole subgroup of emoji has in common: kind, height in metres, face, flags.
const GROUPS = {
    'face-costume': ['person', 1.7, 0, ''],
    person: ['person', 1.7, 0, 'h'],
    'person-role': ['person', 1.7, 0, 'h'],
    'person-fantasy': ['person', 1.7, 0, 'h'],
    'person-activity': ['person', 1.7, -1, ''],
    'person-sport': ['person', 1.7, -1, ''],
    'person-resting': ['person', 1.2, 0, ''],
    'body-parts': ['object', 0.2, 0, ''],
    'animal-mammal': ['animal', 0.5, -1, 'l'],
    'animal-bird': ['animal', 0.3, -1, ''],
    'animal-amphibian': ['animal', 0.12, 0, 'h'],
    'animal-reptile': ['animal', 0.5, -1, 'l'],
    'animal-marine': ['animal', 0.4, -1, 's'],
    'animal-bug': ['animal', 0.03, -1, ''],
    'plant-flower': ['plant', 0.4, 0, ''],
    'plant-other': ['plant', 0.4, 0, ''],
    'food-fruit': ['food', 0.1, 0, ''],
    'food-vegetable': ['food', 0.12, 0, ''],
    'food-prepared': ['food', 0.12, 0, ''],
    'food-asian': ['food', 0.12, 0, ''],
    'food-sweet': ['food', 0.12, 0, ''],
    'food-marine': ['food', 0.1, 0, ''],
    drink: ['food', 0.15, 0, ''],
    dishware: ['object', 0.2, 0, ''],
    'place-map': ['object', 0.5, 0, ''],
    'place-geographic': ['nature', 10, 0, ''],
    'place-building': ['building', 8, 0, ''],
    'place-religious': ['building', 12, 0, ''],
    'place-other': ['object', 3, 0, ''],
    'transport-ground': ['vehicle', 1.6, -1, ''],
    'transport-water': ['vehicle', 2, -1, ''],
    'transport-air': ['vehicle', 4, -1, ''],
    'sky-weather': ['nature', 3, 0, ''],
};
const REST = ['object', 0.3, 0, ''];

// "0-3,7" is 0 1 2 3 7.
function range(text) {
    return text.split(',').flatMap((part) => {
        const [from, to] = part.split('-').map(Number);
        return Array.from({length: (to ?? from) - from + 1}, (_, i) => from + i);
    });
}

function apply(fact, word, value) {
    if (word === 'height') fact.height = Number(value);
    else if (word === 'face') fact.face = {left: -1, right: 1, front: 0}[value];
    else if (word === 'kind') fact.kind = value;
    else if (word === 'wheels') fact.wheels = value;
    else if (word === 'drop') fact.drop = range(value);
    else if (word === 'cut') fact.cuts.push(value);
    else if (word.startsWith('no-') && FLAGS[word.slice(3)])
        fact.flags.delete(FLAGS[word.slice(3)]);
    else if (FLAGS[word]) fact.flags.add(FLAGS[word]);
    else throw new Error(`facts.txt: "${word}" is no property`);
}

export class Facts {
    constructor(file) {
        this.rules = new Map(); // Name of a picture: [[property, value]].
        for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
            const rule = /^([a-z-]+)(?: ([^:]+))?: (.+)$/.exec(line);
            if (!rule || line.startsWith('#')) continue;
            for (const name of rule[3].trim().split(/\s+/)) {
                if (!this.rules.has(name)) this.rules.set(name, []);
                this.rules.get(name).push([rule[1], rule[2]]);
            }
        }
    }

    of(name, subgroup) {
        const [kind, height, face, flags] = GROUPS[subgroup] ?? REST;
        const fact = {kind, height, face, flags: new Set(flags), wheels: '', drop: [], cuts: []};
        for (const [word, value] of this.rules.get(name) ?? []) apply(fact, word, value);
        if (!KINDS.includes(fact.kind)) throw new Error(`facts.txt: "${fact.kind}" is no kind`);
        return fact;
    }
}

// The shapes of assets/shapes.txt: [{name, color, fact}].
export function readShapes(file) {
    const shapes = [];
    for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
        if (!line.trim() || line.startsWith('#')) continue;
        const [name, color, height, kind, words = ''] = line.split('|').map((part) => part.trim());
        const fact = {
            kind,
            height: Number(height),
            face: 0,
            flags: new Set('o'),
            wheels: '',
            drop: [],
            cuts: [],
        };
        for (const word of words.split(/\s+/).filter(Boolean)) {
            if (word === 'left' || word === 'right') fact.face = word === 'left' ? -1 : 1;
            else apply(fact, word);
        }
        shapes.push({name, color, fact});
    }
    return shapes;
}
