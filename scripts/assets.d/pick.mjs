// scripts/assets.d/pick.mjs: writes the chosen drawings and their manifest, for kinora-pack.
//
//     node pick.mjs NODE_MODULES ASSETS_FOLDER OUT_FOLDER
import fs from 'node:fs';
import path from 'node:path';
import {catalogue} from './catalogue.mjs';
import {KINDS} from './facts.mjs';
import {openSets} from './pictures.mjs';

const [modules, assets, out] = process.argv.slice(2);
fs.rmSync(out, {recursive: true, force: true});
fs.mkdirSync(out, {recursive: true});

const write = (name, svg) => {
    fs.writeFileSync(path.join(out, name), svg);
    return name;
};
// Wheels are noted in units of Fluent's box, which is 32 wide and high.
const wheelsOf = (fact) =>
    fact.wheels
        .split(';')
        .filter(Boolean)
        .map((wheel) =>
            wheel
                .split(',')
                .map((v) => (Number(v) / 32).toFixed(4))
                .join(','),
        )
        .join(';');
const plain = (text) => text.replace(/[\t\n]/g, ' ');

const lines = catalogue(openSets(modules), assets).map(({key, label, tags, fact, svg, other}) => {
    const file = key.replace(':', '-');
    return [
        key,
        plain(label),
        plain(tags.join(',')),
        KINDS.indexOf(fact.kind),
        fact.face,
        [...fact.flags].sort().join(''),
        fact.height,
        wheelsOf(fact),
        fact.cuts.join(';'),
        write(`${file}.svg`, svg),
        other ? write(`${file}-other.svg`, other) : '',
    ].join('\t');
});
fs.writeFileSync(path.join(out, 'manifest.tsv'), lines.sort().join('\n') + '\n');
