// Verifies a callback as its receiver would, with the library of the Standard Webhooks themselves.
//
//     node verify.mjs FOLDER < {"secret", "headers", "body"}
//
// FOLDER has the library among its node_modules. Prints the body's JSON as the library gives it; says why
// on stderr, and ends with 1, where the signature does not hold.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { readFileSync } from "node:fs";

const { Webhook, WebhookVerificationError } = createRequire(resolve(process.argv[2]) + "/")("standardwebhooks");
const { secret, headers, body } = JSON.parse(readFileSync(0, "utf8"));

try {
    console.log(JSON.stringify(new Webhook(secret).verify(body, headers)));
} catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
}
