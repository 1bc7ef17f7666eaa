// code/samples.ts: complete programs in six languages. The only source of the code that the console shows.
import { callSample } from "./call";
import type { JsonObject } from "./literals";
import { pollSample } from "./poll";
import { receiverSample } from "./receiver";

export const kCodeLanguages = [
  { id: "shell", title: "Shell", file: "call.sh" },
  { id: "python", title: "Python", file: "call.py" },
  { id: "javascript", title: "JavaScript", file: "call.mjs" },
  { id: "java", title: "Java", file: "Main.java" },
  { id: "go", title: "Go", file: "main.go" },
  { id: "php", title: "PHP", file: "call.php" },
] as const;

export type CodeLanguage = (typeof kCodeLanguages)[number]["id"];

export type CallPath = "/luma/videos" | "/luma/tasks";

/** One call; one that is answered at once and asked for until it has ended; or who takes callbacks and checks them. */
export type Call =
  | { kind: "call"; path: CallPath; body: JsonObject }
  | { kind: "poll"; body: JsonObject }
  | { kind: "receiver" };

export interface SampleOptions {
  /** Without a slash at its end. */
  baseUrl: string;
  token: string;
}

export const kTokenPlace = "YOUR_API_TOKEN";

/** What the documents of the service call first, and what they ask for next. */
export const kVideoBody: JsonObject = {
  prompt: "Astronauts shuttle from space to volcano",
  action: "generate",
  enhancement: true,
};
export const kTaskBody: JsonObject = { action: "retrieve", id: "e4018a99-1522-4f24-9330-62c2a9b50b59" };

export function sample(language: CodeLanguage, call: Call, options: SampleOptions): string {
  switch (call.kind) {
    case "call":
      return callSample(language, call.path, call.body, options);
    case "poll":
      return pollSample(language, call.body, options);
    case "receiver":
      return receiverSample(language);
  }
}
