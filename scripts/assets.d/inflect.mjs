// scripts/assets.d/inflect.mjs: the forms of English verbs, as a prompt may have them.

const SHORT = /^[^aeiou]*[aeiou][bdgklmnprt]$/; // run, swim, stop: the last letter is doubled.
const DOUBLED = new Set([
    'propel',
    'patrol',
    'travel',
    'begin',
    'commit',
    'parasol',
    'barrel',
    'strum',
    'chug',
    'plan',
]);

// `exceptions` are pairs of a form and its verb. Gives a function from a verb to its forms:
// [[text, code]] with the codes b (base), s (third person), g (-ing), d (past).
export function inflector(exceptions) {
    const irregular = new Map(); // Verb: forms.
    for (const [form, base] of exceptions) {
        if (!irregular.has(base)) irregular.set(base, []);
        irregular.get(base).push(form);
    }
    return (verb) => formsOf(verb, irregular.get(verb) ?? []);
}

function formsOf(verb, odd) {
    const doubles =
        (SHORT.test(verb) &&
            !/[wxy]$/.test(verb) &&
            !/(ook|eep|ail|oar|eap|eat|oat|eed|ead)$/.test(verb)) ||
        DOUBLED.has(verb);
    const silentE = verb.endsWith('e') && !/(ee|oe|ye)$/.test(verb);
    const stem = silentE ? verb.slice(0, -1) : doubles ? verb + verb.at(-1) : verb;
    const consonantY = /[^aeiou]y$/.test(verb);
    const forms = [[verb, 'b']];
    forms.push([
        consonantY
            ? `${verb.slice(0, -1)}ies`
            : /(s|x|z|ch|sh|o)$/.test(verb)
              ? `${verb}es`
              : `${verb}s`,
        's',
    ]);
    forms.push([verb.endsWith('ie') ? `${verb.slice(0, -2)}ying` : `${stem}ing`, 'g']);
    const past = odd.filter((form) => !form.endsWith('ing') && !form.endsWith('s'));
    for (const form of odd) if (form.endsWith('ing')) forms.push([form, 'g']);
    if (past.length) for (const form of past) forms.push([form, 'd']);
    else
        forms.push([
            consonantY ? `${verb.slice(0, -1)}ied` : silentE ? `${verb}d` : `${stem}ed`,
            'd',
        ]);
    return forms;
}
