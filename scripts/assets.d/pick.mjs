// scripts/assets.d/pick.mjs: writes the chosen drawings and their manifest, for kinora-pack.
//
//     node pick.mjs NODE_MODULES ASSETS_FOLDER OUT_FOLDER
import fs from 'node:fs';
import path from 'node:path';
import {Facts, KINDS, readShapes} from './facts.mjs';
import {drawEmoji, drawing, openSets, tonesOf, wantedEmojis} from './pictures.mjs';

const [modules, assets, out] = process.argv.slice(2);
const sets = openSets(modules);
const facts = new Facts(path.join(assets, 'facts.txt'));
fs.rmSync(out, {recursive: true, force: true});
fs.mkdirSync(out, {recursive: true});

const lines = [];
const write = (name, svg) => {
    fs.writeFileSync(path.join(out, name), svg);
    return name;
};
// Wheels are noted in units of Fluent's box, which is 32 wide and high.
const wheelsOf = (fact) => fact.wheels.split(';').filter(Boolean)
    .map((wheel) => wheel.split(',').map((v) => (Number(v) / 32).toFixed(4)).join(',')).join(';');
const plain = (text) => text.replace(/[\t\n]/g, ' ');

function add(key, name, tags, fact, svg, other) {
    const file = key.replace(':', '-');
    lines.push([key, plain(name), plain(tags.join(',')), KINDS.indexOf(fact.kind), fact.face,
        [...fact.flags].sort().join(''), fact.height, wheelsOf(fact), fact.cuts.join(';'),
        write(`${file}.svg`, svg), other ? write(`${file}-other.svg`, other) : ''].join('\t'));
}

for (const emoji of wantedEmojis(sets)) {
    const fact = facts.of(emoji.name, emoji.subgroup);
    const drawn = drawEmoji(sets, emoji.name, fact.drop);
    if (!drawn) continue;
    if (drawn.key.startsWith('noto:') && emoji.subgroup === 'person-fantasy') fact.flags.delete('h');
    add(drawn.key, emoji.label, emoji.tags, fact, drawn.svg, drawn.other);
    for (const tone of tonesOf(emoji.name)) {
        const toned = drawing(sets.fluent, tone);
        if (toned) add(`fluent:${tone}`, tone.replaceAll('-', ' '), [], fact, toned, null);
    }
}
for (const {name, color, fact} of readShapes(path.join(assets, 'shapes.txt'))) {
    const svg = drawing(sets.game, name, {color});
    if (!svg) throw new Error(`game-icons has no "${name}"`);
    add(`game:${name}`, name.replaceAll('-', ' '), [], fact, svg, null);
}
fs.writeFileSync(path.join(out, 'manifest.tsv'), lines.sort().join('\n') + '\n');
