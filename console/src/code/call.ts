// code/call.ts: one call as a complete program, which checks the status and shows the body.
import {
  goRawString, indented, javaTextBlock, json, phpQuoted, phpValue, pythonValue, quoted, shellQuoted, type JsonObject,
} from "./literals";
import type { CallPath, CodeLanguage, SampleOptions } from "./samples";

/** What the four statuses mean that a client should know by name. */
export const kReasons: readonly (readonly [number, string])[] = [
  [401, "Authentication failed: check the API token."],
  [403, "The balance is used up, or this is not allowed."],
  [429, "Too many requests: wait as long as Retry-After says."],
  [500, "The server failed; its log knows the trace_id."],
];

interface Parts {
  url: string;
  token: string;
  body: JsonObject;
  /** Seconds: a call that waits for its video is answered after 300 at most, unless its `timeout` says more. */
  patience: number;
}

function shell({ url, token, body, patience }: Parts): string {
  return `#!/bin/sh
set -eu
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

status=$(curl -sS -o "$answer" -w '%{http_code}' --max-time ${patience} \\
  ${shellQuoted(url)} \\
  -H ${shellQuoted(`Authorization: Bearer ${token}`)} \\
  -H 'Content-Type: application/json' \\
  -H 'Accept: application/json' \\
  -d ${shellQuoted(json(body))})

case $status in
  200) echo 'Call succeeded:' ;;
${kReasons.map(([status, reason]) => `  ${status}) echo ${shellQuoted(`Call failed, status code: ${status}. ${reason}`)} >&2 ;;`).join("\n")}
  *) echo "Call failed, status code: $status" >&2 ;;
esac
cat "$answer"
echo
[ "$status" = 200 ]
`;
}

function python({ url, token, body, patience }: Parts): string {
  return `import sys

import requests

url = ${quoted(url)}
headers = {
    "Authorization": ${quoted(`Bearer ${token}`)},
    "Content-Type": "application/json",
    "Accept": "application/json",
}
data = ${pythonValue(body)}
reasons = {
${kReasons.map(([status, reason]) => `    ${status}: ${quoted(reason)},`).join("\n")}
}

response = requests.post(url, headers=headers, json=data, timeout=${patience})
if response.status_code == 200:
    print("Call succeeded:", response.json())
else:
    print(f"Call failed, status code: {response.status_code}", reasons.get(response.status_code, ""))
    print(response.text)
    sys.exit(1)
`;
}

function javascript({ url, token, body, patience }: Parts): string {
  return `// Node.js 18 or newer: node call.mjs
const reasons = {
${kReasons.map(([status, reason]) => `  ${status}: ${quoted(reason)},`).join("\n")}
};

const response = await fetch(${quoted(url)}, {
  method: "POST",
  headers: {
    Authorization: ${quoted(`Bearer ${token}`)},
    "Content-Type": "application/json",
    Accept: "application/json",
  },
  body: JSON.stringify(${indented(json(body), 2)}),
  signal: AbortSignal.timeout(${patience}_000),
});

const text = await response.text();
if (response.ok) {
  console.log("Call succeeded:", JSON.parse(text));
} else {
  console.error(\`Call failed, status code: \${response.status}\`, reasons[response.status] ?? "");
  console.error(text);
  process.exitCode = 1;
}
`;
}

function java({ url, token, body, patience }: Parts): string {
  return `// Java 17 or newer: java Main.java
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

public class Main {
    static final Map<Integer, String> REASONS = Map.of(
${kReasons.map(([status, reason]) => `        ${status}, ${quoted(reason)}`).join(",\n")});

    public static void main(String[] arguments) throws Exception {
        var body = ${javaTextBlock(json(body), 12)};
        var request = HttpRequest.newBuilder(URI.create(${quoted(url)}))
            .timeout(Duration.ofSeconds(${patience}))
            .header("Authorization", ${quoted(`Bearer ${token}`)})
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();

        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 200) {
            System.out.println("Call succeeded: " + response.body());
        } else {
            System.err.println("Call failed, status code: " + response.statusCode() + " "
                + REASONS.getOrDefault(response.statusCode(), ""));
            System.err.println(response.body());
            System.exit(1);
        }
    }
}
`;
}

function go({ url, token, body, patience }: Parts): string {
  return `package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

var reasons = map[int]string{
${kReasons.map(([status, reason]) => `	${status}: ${quoted(reason)},`).join("\n")}
}

const body = ${goRawString(json(body))}

func main() {
	request, err := http.NewRequest(http.MethodPost, ${quoted(url)}, strings.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", ${quoted(`Bearer ${token}`)})
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")

	client := http.Client{Timeout: ${patience} * time.Second}
	response, err := client.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		log.Fatal(err)
	}

	if response.StatusCode != http.StatusOK {
		fmt.Fprintln(os.Stderr, "Call failed, status code:", response.StatusCode, reasons[response.StatusCode])
		fmt.Fprintln(os.Stderr, string(answer))
		os.Exit(1)
	}
	fmt.Println("Call succeeded:", string(answer))
}
`;
}

function php({ url, token, body, patience }: Parts): string {
  return `<?php
$reasons = [
${kReasons.map(([status, reason]) => `    ${status} => ${phpQuoted(reason)},`).join("\n")}
];
$data = ${phpValue(body)};

$request = curl_init(${phpQuoted(url)});
curl_setopt_array($request, [
    CURLOPT_POST => true,
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => ${patience},
    CURLOPT_HTTPHEADER => [
        ${phpQuoted(`Authorization: Bearer ${token}`)},
        'Content-Type: application/json',
        'Accept: application/json',
    ],
    CURLOPT_POSTFIELDS => json_encode($data),
]);
$answer = curl_exec($request);
if ($answer === false) {
    fwrite(STDERR, 'No answer: ' . curl_error($request) . PHP_EOL);
    exit(1);
}
$status = curl_getinfo($request, CURLINFO_RESPONSE_CODE);

if ($status !== 200) {
    fwrite(STDERR, "Call failed, status code: $status " . ($reasons[$status] ?? '') . PHP_EOL);
    fwrite(STDERR, $answer . PHP_EOL);
    exit(1);
}
echo 'Call succeeded: ', $answer, PHP_EOL;
`;
}

const kWriters: Record<CodeLanguage, (parts: Parts) => string> = { shell, python, javascript, java, go, php };

export function callSample(language: CodeLanguage, path: CallPath, body: JsonObject, options: SampleOptions): string {
  const waits = path === "/luma/videos" && body["async"] !== true && body["callback_url"] == null;
  const timeout = typeof body["timeout"] === "number" ? body["timeout"] : 300;
  return kWriters[language]({
    url: options.baseUrl + path,
    token: options.token,
    body,
    patience: waits ? Math.ceil(timeout) + 30 : 60,
  });
}
