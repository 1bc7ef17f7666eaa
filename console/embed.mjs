// embed.mjs DIST OUT: writes OUT/console_files.S and OUT/console_files.cpp, which make the files of the folder DIST part of
// the program (src/console).
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  webp: "image/webp",
  woff2: "font/woff2",
  json: "application/json; charset=utf-8",
  webmanifest: "application/manifest+json",
  txt: "text/plain; charset=utf-8",
};

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

const [dist, out] = process.argv.slice(2);
mkdirSync(join(out, "packed"), { recursive: true });
const files = filesIn(dist)
  .map((file) => ({ file, path: "/" + relative(dist, file).split(sep).join("/") }))
  .sort((a, b) => (a.path < b.path ? -1 : 1)); // As C++ compares bytes; the names are ASCII.

const assembly = ["// Made by console/embed.mjs.", '    .section .rodata,"a",@progbits'];
const rows = [];
files.forEach(({ file, path }, index) => {
  const extension = path.slice(path.lastIndexOf(".") + 1);
  const type = TYPES[extension];
  if (type === undefined) throw new Error(`embed.mjs knows no content type of ${path}`);
  const bytes = readFileSync(file);
  const packed = gzipSync(bytes, { level: 9 });
  const pays = packed.length < bytes.length * 0.95;
  const embed = (name, from) => {
    assembly.push(`kinora_console_${name}:`, `    .incbin ${JSON.stringify(from)}`, `kinora_console_${name}_end:`);
    assembly.push(`    .global kinora_console_${name}, kinora_console_${name}_end`);
    return `kinora_console_${name}, kinora_console_${name}_end`;
  };
  const plain = embed(`${index}`, file);
  let gzip = "nullptr, nullptr";
  if (pays) {
    const target = join(out, "packed", `${index}.gz`);
    writeFileSync(target, packed);
    gzip = embed(`${index}_gz`, target);
  }
  const tag = createHash("sha256").update(bytes).digest("hex").slice(0, 20);
  rows.push({ index, pays, text: `    {${JSON.stringify(path)}, ${JSON.stringify(type)}, "${tag}", {${plain}}, ${pays ? `{${gzip}}` : "{}"}, ${path.startsWith("/console/")}},` });
});
assembly.push('    .section .note.GNU-stack,"",@progbits', "");
writeFileSync(join(out, "console_files.S"), assembly.join("\n"));

const names = rows.flatMap(({ index, pays }) => [`kinora_console_${index}`, ...(pays ? [`kinora_console_${index}_gz`] : [])]);
writeFileSync(
  join(out, "console_files.cpp"),
  `// Made by console/embed.mjs.
#include "console/console.hpp"

extern "C" {
${names.map((name) => `extern const char ${name}[], ${name}_end[];`).join("\n")}
}

namespace kinora::console {

std::span<const PageFile> page_files() {
    static const PageFile kFiles[] = {
${rows.map(({ text }) => "    " + text).join("\n")}
    };
    return kFiles;
}

}  // namespace kinora::console
`,
);
