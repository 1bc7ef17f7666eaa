// scripts/assets.d/lexicon.mjs: which lemma names which thing.
//
// The order of trust: a list written by hand, a picture's own name, its synonyms in WordNet, the
// last noun of a longer name, Unicode's keywords, a one-colour shape's name, an ancestor in
// WordNet, and at last a cousin, for animals, plants, food and vehicles only: a wrong object is
// worse than none.
import {LEX} from './wordnet.mjs';

const CONCRETE = new Set([
    LEX.animal,
    LEX.artifact,
    LEX.body,
    LEX.food,
    LEX.object,
    LEX.person,
    LEX.phenomenon,
    LEX.plant,
    LEX.substance,
]);
const LIVING = new Set([LEX.animal, LEX.food, LEX.plant]);
// In which senses a group's names are meant.
const SENSES = {
    'animals-nature': [5, 20, 13, 17, 19],
    'food-drink': [13, 20, 6],
    'travel-places': [6, 17, 15, 19],
    objects: [6, 10, 13, 8, 27, 17],
    activities: [6, 4, 5, 11, 13, 19],
    'people-body': [18, 5, 8],
    'smileys-emotion': [18, 6, 9, 5],
};
const KINDS_OF_SENSE = {
    object: [LEX.artifact, LEX.object, LEX.body],
    animal: [LEX.animal],
    person: [LEX.person, LEX.tops],
    vehicle: [LEX.artifact],
    plant: [LEX.plant],
    building: [LEX.artifact],
    food: [LEX.food, LEX.plant],
    nature: [LEX.object, LEX.phenomenon, LEX.substance, LEX.artifact],
    symbol: [LEX.artifact, LEX.object],
};
const MEANINGLESS_TAGS = new Set(
    (
        'with and of in on the a person man woman men women symbol button medium face hand ' +
        'light red blue white black green open closed up down small large old new two three cold hot cool awesome ' +
        'win hit play fun love good bad nice happy sad dead death danger die time celebration holiday party'
    ).split(' '),
);
const spaced = (lemma) => lemma.replaceAll('_', ' ');
const joined = (words) => words.replaceAll(' ', '_');

export class Mapper {
    // `things` maps the name of a thing to its index.
    constructor(wordnet) {
        this.wordnet = wordnet;
        this.lemmas = new Map(); // "hot air balloon": {thing, match}; thing null: nothing shows it.
        this.synsets = new Map(); // Offset: {thing, rank}.
        this.places = new Map(); // Offset: meaning, for ancestors that are settings.
        const vehicle = wordnet.nouns.get('vehicle').senses[0];
        const craft = wordnet.nouns.get('craft').senses[1];
        this.vehicles = [vehicle, craft];
    }

    name(lemma, thing, match, rank) {
        const known = this.lemmas.get(lemma);
        if (!known || known.rank > rank) this.lemmas.set(lemma, {thing, match, rank});
    }

    nameSynset(offset, thing, rank) {
        const known = this.synsets.get(offset);
        if (!known || known.rank > rank) this.synsets.set(offset, {thing, rank});
    }

    // The sense of a noun that can be seen, and its place among all its senses; null if it has
    // none.
    sense(lemma) {
        const entry = this.wordnet.nouns.get(joined(lemma));
        if (!entry) return null;
        const seen = entry.senses
            .map((offset, at) => ({offset, at, lex: this.wordnet.lexOf(offset)}))
            .filter(({lex}) => CONCRETE.has(lex));
        if (!seen.length) return null;
        let best = seen[0];
        if (best.lex === LEX.person && best.at >= entry.tagged) {
            // "Samoyed" is a dog sooner than a member of a people, unless a corpus says otherwise.
            best =
                seen.slice(0, 3).find(({lex}) => LIVING.has(lex) || lex === LEX.artifact) ?? best;
        }
        return {
            ...best,
            abstractFirst:
                best.at > 0 &&
                entry.tagged > 0 &&
                !CONCRETE.has(this.wordnet.lexOf(entry.senses[0])),
        };
    }

    // `kind` is the thing's: a ship is a vessel, and a vein is one too, but not of that sort.
    addAlias(noun, thing, kind) {
        this.name(noun, thing, 'a', 0);
        const meant = this.wordnet.nouns
            .get(joined(noun))
            ?.senses.find((offset) => KINDS_OF_SENSE[kind].includes(this.wordnet.lexOf(offset)));
        if (meant) this.nameSynset(meant, thing, 0);
    }

    addNothing(noun) {
        this.name(noun, null, 'x', 0);
        const sense = this.sense(noun);
        if (sense) this.nameSynset(sense.offset, null, 0);
    }

    // A picture's own name, the last noun of it, and its keywords.
    addPicture({label, tags, group, subgroup, fact}, thing) {
        const isFace = /\bface\b/.test(label);
        const base =
            isFace && !subgroup.startsWith('person-')
                ? label.replace(/\b(face|motorized)\b ?/g, '').trim()
                : label;
        for (const name of new Set([label, base])) {
            this.name(name, thing, 'e', isFace ? 2 : 1);
            const senses = this.wordnet.nouns.get(joined(name))?.senses ?? [];
            const meant = senses.find((offset) =>
                KINDS_OF_SENSE[fact.kind].includes(this.wordnet.lexOf(offset)),
            );
            if (meant) this.nameSynset(meant, thing, isFace ? 2 : 1);
        }
        const words = label.match(/[a-z]+/g) ?? [];
        if (words.length > 1 && !isFace && group !== 'people-body' && subgroup !== 'time') {
            this.name(words.at(-1), thing, 'h', 4);
        }
        if (group === 'people-body') return;
        // A keyword must be of the picture's own sort: bamboo is a keyword of the panda, and no
        // panda.
        const own = this.sense(base) ?? this.sense(words.at(-1) ?? '');
        for (const tag of tags.map((one) => one.toLowerCase())) {
            if (MEANINGLESS_TAGS.has(tag) || tag.length < 3) continue;
            const sense = this.sense(tag);
            if (
                sense &&
                !sense.abstractFirst &&
                (SENSES[group] ?? []).includes(sense.lex) &&
                (!own || own.lex === sense.lex)
            )
                this.name(tag, thing, 'g', 6);
        }
    }

    addShape(name, thing) {
        this.name(name, thing, 's', 7);
    }
    addPlace(noun, meaning) {
        const entry = this.wordnet.nouns.get(joined(noun));
        const meant = entry?.senses.find((offset) =>
            [LEX.object, LEX.location, LEX.artifact].includes(this.wordnet.lexOf(offset)),
        );
        if (meant && !this.places.has(meant)) this.places.set(meant, meaning);
    }

    #ancestor(offset, lex) {
        const deepest = lex === LEX.artifact ? 7 : 6;
        let best = null;
        for (const [up, steps] of this.wordnet.ancestors(offset)) {
            if (!this.synsets.has(up) || steps > 5 || (lex === LEX.artifact && steps > 3)) continue;
            if (lex !== LEX.person && steps > 0 && this.wordnet.depth(up) < deepest) continue;
            if (!best || steps < best.steps) best = {steps, up};
        }
        return best && this.synsets.get(best.up);
    }

    // The nearest thing that shares a near ancestor; null where it is too far.
    #cousin(offset) {
        let best = null;
        for (const [up, steps] of this.wordnet.ancestors(offset)) {
            if (steps > 3) continue;
            const depth = this.wordnet.depth(up);
            const shallow = depth >= 7 ? 0 : (7 - depth) * 0.9;
            const offer = (synset, down) => {
                const thing = this.synsets.get(synset);
                if (!thing || thing.thing === null) return;
                const cost = steps + 1.3 * down + shallow;
                if (!best || cost < best.cost) best = {cost, thing};
            };
            for (const child of this.wordnet.below.get(up) ?? []) {
                offer(child, 1);
                if (steps > 2) continue;
                for (const grandchild of this.wordnet.below.get(child) ?? []) offer(grandchild, 2);
            }
        }
        return best && best.cost <= 4.2 ? best.thing : null;
    }

    // What the hand-written list and the names do not say, for every noun that can be seen.
    // Returns [{lemma, thing, match}], and the places in `places`: [{lemma, meaning}].
    spread(personThing) {
        const found = [];
        const places = [];
        for (const lemma of this.wordnet.nouns.keys()) {
            const words = spaced(lemma);
            if (this.lemmas.has(words) || !/^[a-z][a-z' -]+$/.test(words) || words.length > 28)
                continue;
            const sense = this.sense(words);
            if (!sense) continue;
            const own = this.synsets.get(sense.offset);
            if (own) {
                if (!sense.abstractFirst)
                    found.push({
                        lemma: words,
                        thing: own.thing,
                        match: own.thing === null ? 'x' : 'a',
                    });
                continue;
            }
            if (sense.abstractFirst || sense.at > 1) continue;
            const up = this.#ancestor(sense.offset, sense.lex);
            if (up) {
                found.push({lemma: words, thing: up.thing, match: up.thing === null ? 'x' : 'y'});
            } else if (sense.lex === LEX.person) {
                found.push({lemma: words, thing: personThing, match: 'y'});
            } else if (LIVING.has(sense.lex) || this.#isVehicle(sense.offset)) {
                const cousin = this.#cousin(sense.offset);
                if (cousin) found.push({lemma: words, thing: cousin.thing, match: 'z'});
            } else if ([LEX.object, LEX.location, LEX.artifact].includes(sense.lex)) {
                const meaning = this.#place(sense.offset);
                if (meaning) places.push({lemma: words, meaning});
            }
        }
        return {found, places};
    }

    #isVehicle(offset) {
        const ancestors = this.wordnet.ancestors(offset);
        return this.vehicles.some((vehicle) => ancestors.has(vehicle));
    }

    #place(offset) {
        let best = null;
        for (const [up, steps] of this.wordnet.ancestors(offset)) {
            if (this.places.has(up) && steps <= 2 && (!best || steps < best.steps))
                best = {steps, up};
        }
        return best && this.places.get(best.up);
    }
}
