// scripts/assets.d/catalogue.mjs: every picture that the pack gets, with its facts and its drawing.
import fs from 'node:fs';
import path from 'node:path';
import {Facts, readShapes} from './facts.mjs';
import {drawEmoji, drawing, tonesOf, wantedEmojis} from './pictures.mjs';

// Our own drawings come with a line in art.txt, of the same form as shapes.txt.
function ownArt(folder) {
    const file = path.join(folder, 'art.txt');
    if (!fs.existsSync(file)) return [];
    return readShapes(file).map(({name, fact}) => {
        fact.flags.delete('o');
        const svg = fs.readFileSync(path.join(folder, 'art', `${name}.svg`), 'utf8');
        return {
            key: `art:${name}`,
            name,
            label: name.replaceAll('-', ' '),
            tags: [],
            group: 'art',
            subgroup: 'art',
            fact,
            svg,
            other: null,
        };
    });
}

// [{key, name, label, tags, group, subgroup, hexcode?, fact, svg, other}]
export function catalogue(sets, folder) {
    const facts = new Facts(path.join(folder, 'facts.txt'));
    const pictures = ownArt(folder);
    for (const emoji of wantedEmojis(sets)) {
        const fact = facts.of(emoji.name, emoji.subgroup);
        const drawn = drawEmoji(sets, emoji.name, fact.drop);
        if (!drawn) continue;
        if (drawn.key.startsWith('noto:') && emoji.subgroup === 'person-fantasy')
            fact.flags.delete('h');
        pictures.push({...emoji, ...drawn, fact});
        for (const tone of tonesOf(emoji.name)) {
            const svg = drawing(sets.fluent, tone);
            if (!svg) continue;
            pictures.push({
                key: `fluent:${tone}`,
                name: tone,
                label: tone.replaceAll('-', ' '),
                tags: [],
                group: 'tone',
                subgroup: 'tone',
                fact,
                svg,
                other: null,
            });
        }
    }
    for (const {name, color, fact} of readShapes(path.join(folder, 'shapes.txt'))) {
        const svg = drawing(sets.game, name, {color});
        if (!svg) throw new Error(`game-icons has no "${name}"`);
        pictures.push({
            key: `game:${name}`,
            name,
            label: name.replaceAll('-', ' '),
            tags: [],
            group: 'shape',
            subgroup: 'shape',
            fact,
            svg,
            other: null,
        });
    }
    return pictures;
}
