// scripts/assets.d/wordnet.mjs: as much of WordNet 3 as words.mjs needs.
//
// Formats: wndb(5WN) for data and index files, morphy(7WN) for the exception lists.
import fs from 'node:fs';
import path from 'node:path';

const linesOf = (folder, name) =>
    fs
        .readFileSync(path.join(folder, name), 'latin1')
        .split('\n')
        .filter((line) => line && !line.startsWith(' '));

// Numbers of lexicographer files, lexnames(5WN).
export const LEX = {
    tops: 3,
    act: 4,
    animal: 5,
    artifact: 6,
    body: 8,
    food: 13,
    group: 14,
    location: 15,
    object: 17,
    person: 18,
    phenomenon: 19,
    plant: 20,
    substance: 27,
};

export class WordNet {
    constructor(folder) {
        this.synsets = new Map(); // Offset: {lex, words, up}.
        for (const line of linesOf(folder, 'data.noun')) {
            const fields = line.split(' | ')[0].split(' ');
            const count = parseInt(fields[3], 16);
            const words = Array.from({length: count}, (_, i) => fields[4 + 2 * i]);
            const up = [];
            let at = 5 + 2 * count;
            for (let left = Number(fields[at - 1]); left > 0; left -= 1, at += 4) {
                if (fields[at] === '@' || fields[at] === '@i') up.push(fields[at + 1]);
            }
            this.synsets.set(fields[0], {lex: Number(fields[1]), words, up});
        }
        this.below = new Map(); // Offset: offsets of its hyponyms.
        for (const [offset, synset] of this.synsets) {
            for (const up of synset.up) {
                if (!this.below.has(up)) this.below.set(up, []);
                this.below.get(up).push(offset);
            }
        }
        this.nouns = this.#index(folder, 'noun');
        this.verbs = this.#index(folder, 'verb');
        this.adjectives = this.#index(folder, 'adj');
        this.adverbs = this.#index(folder, 'adv');
        this.nounExceptions = this.#exceptions(folder, 'noun');
        this.verbExceptions = this.#exceptions(folder, 'verb');
        this.depths = new Map();
        this.counts = this.#counts(folder);
    }

    // Lemma: {senses: offsets, the commonest first, tagged: how many of them a corpus has shown}.
    #index(folder, kind) {
        const index = new Map();
        for (const line of linesOf(folder, `index.${kind}`)) {
            const fields = line.split(' ');
            const pointers = Number(fields[3]);
            index.set(fields[0], {
                tagged: Number(fields[5 + pointers]),
                senses: fields.slice(6 + pointers).filter(Boolean),
            });
        }
        return index;
    }

    #exceptions(folder, kind) {
        return linesOf(folder, `${kind}.exc`)
            .map((line) => line.split(' '))
            .filter((parts) => parts.length >= 2)
            .map(([form, base]) => [form, base]);
    }

    lexOf(offset) {
        return this.synsets.get(offset).lex;
    }

    // Every ancestor and the steps to it, the synset itself included.
    ancestors(offset) {
        const steps = new Map([[offset, 0]]);
        for (const [at, step] of steps) {
            for (const up of this.synsets.get(at).up) if (!steps.has(up)) steps.set(up, step + 1);
        }
        return steps;
    }

    depth(offset) {
        if (!this.depths.has(offset)) {
            const up = this.synsets.get(offset).up;
            this.depths.set(
                offset,
                up.length ? 1 + Math.min(...up.map((one) => this.depth(one))) : 0,
            );
        }
        return this.depths.get(offset);
    }

    // How often a corpus shows a lemma as a noun (1), a verb (2), an adjective (3 and 5), an
    // adverb (4): lemma: [_, noun, verb, ...].
    #counts(folder) {
        const counts = new Map();
        for (const line of linesOf(folder, 'cntlist.rev')) {
            const parts = /^([^%]+)%(\d):\S+ \d+ (\d+)$/.exec(line);
            if (!parts) continue;
            if (!counts.has(parts[1])) counts.set(parts[1], [0, 0, 0, 0, 0, 0]);
            counts.get(parts[1])[Number(parts[2])] += Number(parts[3]);
        }
        return counts;
    }

    // A letter of "nvar" for each part of speech; a capital one for the commonest.
    partsOfSpeech(lemma) {
        const seen = this.counts.get(lemma) ?? [0, 0, 0, 0, 0, 0];
        const has = {
            n: this.nouns.has(lemma),
            v: this.verbs.has(lemma),
            a: this.adjectives.has(lemma),
            r: this.adverbs.has(lemma),
        };
        const often = {n: seen[1], v: seen[2], a: seen[3] + seen[5], r: seen[4]};
        const letters = Object.keys(has).filter((letter) => has[letter]);
        const best = letters.reduce((a, b) => (often[b] > often[a] ? b : a), letters[0]);
        return letters.map((letter) => (letter === best ? letter.toUpperCase() : letter)).join('');
    }
}
