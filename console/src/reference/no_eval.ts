// reference/no_eval.ts: keeps zod, which Scalar brings along, from probing `new Function`. Comes before all other imports.
//
// The probe is caught, but the Content-Security-Policy would report it.
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true };

export {};
