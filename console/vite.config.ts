// vite.config.ts: builds the console into the folder that KINORA_CONSOLE_OUT names (default: dist).
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const server = process.env["KINORA_SERVER"] ?? "http://127.0.0.1:8080";

/** As the server does: /reference is a document of its own. */
const referenceDocument: Plugin = {
  name: "reference-document",
  configureServer(vite) {
    vite.middlewares.use((request, _response, next) => {
      if (request.url?.split("?")[0] === "/reference") request.url = request.url.replace("/reference", "/reference.html");
      next();
    });
  },
};

/** The viewer's chat, which is switched off, has a style sheet of its own, whose rules undo those of the viewer by standing later. */
const noChatStyle: Plugin = {
  name: "no-chat-style",
  enforce: "pre",
  resolveId: (id) => (id === "@scalar/agent-chat/style.css" ? "\0no-chat-style.css" : undefined),
  load: (id) => (id === "\0no-chat-style.css" ? "" : undefined),
};

/** The viewer shows events as they come, and takes streams of JSON for binary files: to it they are events too. */
const streamsAreShown: Plugin = {
  name: "streams-are-shown",
  transform(code, id) {
    if (!id.endsWith("/operation-block/helpers/send-request.js")) return undefined;
    const rule = /(\w+)\?\.startsWith\("text\/event-stream"\)/;
    if (!rule.test(code)) this.error(`${id} does not ask for events as it did`);
    return { code: code.replace(rule, '/^(text\\/event-stream|application\\/x-ndjson)/.test($1 ?? "")'), map: null };
  },
};

/** Which packages are in the page, and their licences, as a file of the page: that is what the licences ask for. */
const licences: Plugin = {
  name: "licences",
  generateBundle() {
    const packages = new Map<string, string>();
    for (const id of this.getModuleIds()) {
      const root = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/?]+)/.exec(id)?.[1];
      if (root === undefined || !existsSync(join(root, "package.json"))) continue;
      const { name, version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, unknown>;
      const title = `${String(name)} ${String(version)}`;
      if (packages.has(title)) continue;
      const files = readdirSync(root).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file) && statSync(join(root, file)).isFile());
      const texts = files.map((file) => readFileSync(join(root, file), "utf8").trim());
      packages.set(title, [`${title}: ${typeof license === "string" ? license : "see below"}`, ...texts].join("\n\n"));
    }
    const rule = `\n\n${"-".repeat(80)}\n\n`;
    const source = ["This page is made with these packages.", ...[...packages].sort().map(([, text]) => text)].join(rule) + "\n";
    this.emitFile({ type: "asset", fileName: "licenses.txt", source });
  },
};

export default defineConfig({
  plugins: [react(), referenceDocument, noChatStyle, streamsAreShown, licences],
  build: {
    outDir: process.env["KINORA_CONSOLE_OUT"] ?? "dist",
    emptyOutDir: true,
    assetsDir: "console",
    assetsInlineLimit: 0, // A data: URL would need a hole in the Content-Security-Policy.
    modulePreload: { polyfill: false }, // The polyfill is an inline script.
    target: "es2022",
    chunkSizeWarningLimit: 4000, // kB: the API reference is that large, in a document of its own.
    reportCompressedSize: false,
    rollupOptions: { input: { main: "index.html", reference: "reference.html" } },
  },
  // `npm run dev` beside a server: its API, by the page's own origin.
  server: {
    proxy: Object.fromEntries(
      ["/luma", "/api", "/media", "/files", "/health", "/openapi.json"].map((path) => [path, { target: server }]),
    ),
  },
});
