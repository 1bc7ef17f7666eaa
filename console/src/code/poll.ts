// code/poll.ts: a call that is answered at once, and asked for until its task has ended.
import {
  goRawString, javaTextBlock, json, phpQuoted, phpValue, pythonValue, quoted, shellQuoted, type JsonObject,
} from "./literals";
import type { CodeLanguage, SampleOptions } from "./samples";

interface Parts {
  baseUrl: string;
  token: string;
  body: JsonObject;
}

function shell({ baseUrl, token, body }: Parts): string {
  return `#!/bin/sh
# Needs curl and jq.
set -eu
base=${shellQuoted(baseUrl)}
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# call PATH BODY: leaves what came in $answer; waits and tries again after 429 and 503.
call() {
  while :; do
    status=$(curl -sS -o "$answer" -w '%{http_code}' --max-time 60 "$base$1" \\
      -H ${shellQuoted(`Authorization: Bearer ${token}`)} \\
      -H 'Content-Type: application/json' -d "$2")
    case $status in
      200) return ;;
      429 | 503) sleep 2 ;;
      *) echo "Call failed, status code: $status" >&2; cat "$answer" >&2; echo >&2; exit 1 ;;
    esac
  done
}

call /luma/videos ${shellQuoted(json(body))}
id=$(jq -r .task_id "$answer")
echo "Task $id"

while :; do
  call /luma/tasks "{\\"action\\": \\"retrieve\\", \\"id\\": \\"$id\\"}"
  state=$(jq -r .response.state "$answer")
  case $state in
    pending | processing) jq -r '.response | "\\(.state), \\(.progress) %"' "$answer"; sleep 2 ;;
    completed) jq -r .response.video_url "$answer"; exit ;;
    *) jq .response.error "$answer" >&2; exit 1 ;;
  esac
done
`;
}

function python({ baseUrl, token, body }: Parts): string {
  return `import sys
import time

import requests

BASE_URL = ${quoted(baseUrl)}
HEADERS = {"Authorization": ${quoted(`Bearer ${token}`)}}


def call(path, body):
    while True:
        response = requests.post(BASE_URL + path, headers=HEADERS, json=body, timeout=60)
        if response.status_code == 200:
            return response.json()
        if response.status_code not in (429, 503):
            print(f"Call failed, status code: {response.status_code}")
            print(response.text)
            sys.exit(1)
        time.sleep(int(response.headers.get("Retry-After", 2)))


task_id = call("/luma/videos", ${pythonValue(body)})["task_id"]
print("Task", task_id)

while True:
    result = call("/luma/tasks", {"action": "retrieve", "id": task_id})["response"]
    if result["state"] not in ("pending", "processing"):
        break
    print(f'{result["state"]}, {result["progress"]} %')
    time.sleep(2)

if result["state"] == "completed":
    print(result["video_url"])
else:
    print(result["error"])
    sys.exit(1)
`;
}

function javascript({ baseUrl, token, body }: Parts): string {
  return `// Node.js 18 or newer: node poll.mjs
import { setTimeout as wait } from "node:timers/promises";

const baseUrl = ${quoted(baseUrl)};

async function call(path, body) {
  for (;;) {
    const response = await fetch(baseUrl + path, {
      method: "POST",
      headers: { Authorization: ${quoted(`Bearer ${token}`)}, "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    if (response.status !== 429 && response.status !== 503) {
      throw new Error(\`Call failed, status code: \${response.status}\\n\${text}\`);
    }
    await wait(1000 * Number(response.headers.get("Retry-After") ?? 2));
  }
}

const { task_id: id } = await call("/luma/videos", ${json(body)});
console.log("Task", id);

for (;;) {
  const { response: result } = await call("/luma/tasks", { action: "retrieve", id });
  if (result.state === "completed") {
    console.log(result.video_url);
    break;
  }
  if (result.state !== "pending" && result.state !== "processing") throw new Error(JSON.stringify(result.error));
  console.log(\`\${result.state}, \${result.progress} %\`);
  await wait(2000);
}
`;
}

function java({ baseUrl, token, body }: Parts): string {
  return `// Java 17 or newer: java Main.java
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;

public class Main {
    static final String BASE_URL = ${quoted(baseUrl)};
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    static String call(String path, String body) throws Exception {
        while (true) {
            var request = HttpRequest.newBuilder(URI.create(BASE_URL + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", ${quoted(`Bearer ${token}`)})
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
            var response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) return response.body();
            if (response.statusCode() != 429 && response.statusCode() != 503) {
                System.err.println("Call failed, status code: " + response.statusCode());
                System.err.println(response.body());
                System.exit(1);
            }
            Thread.sleep(1000 * response.headers().firstValueAsLong("Retry-After").orElse(2));
        }
    }

    // Enough for these answers; a program with a JSON library reads them with that.
    static String field(String json, String name) {
        var match = Pattern.compile("\\"" + name + "\\"\\\\s*:\\\\s*\\"?([^\\",}]+)").matcher(json);
        return match.find() ? match.group(1) : "";
    }

    public static void main(String[] arguments) throws Exception {
        var id = field(call("/luma/videos", ${javaTextBlock(json(body), 12)}), "task_id");
        System.out.println("Task " + id);

        while (true) {
            var task = call("/luma/tasks", "{\\"action\\": \\"retrieve\\", \\"id\\": \\"" + id + "\\"}");
            var state = field(task, "state");
            if (state.equals("completed")) {
                System.out.println(field(task, "video_url"));
                return;
            }
            if (!state.equals("pending") && !state.equals("processing")) {
                System.err.println(task);
                System.exit(1);
            }
            System.out.println(state + ", " + field(task, "progress") + " %");
            Thread.sleep(2000);
        }
    }
}
`;
}

function go({ baseUrl, token, body }: Parts): string {
  return `package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const baseURL = ${quoted(baseUrl)}

var client = http.Client{Timeout: 60 * time.Second}

func call(path, body string, answer any) {
	for {
		request, err := http.NewRequest(http.MethodPost, baseURL+path, strings.NewReader(body))
		if err != nil {
			log.Fatal(err)
		}
		request.Header.Set("Authorization", ${quoted(`Bearer ${token}`)})
		request.Header.Set("Content-Type", "application/json")
		response, err := client.Do(request)
		if err != nil {
			log.Fatal(err)
		}
		text, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			log.Fatal(err)
		}
		switch response.StatusCode {
		case http.StatusOK:
			if err := json.Unmarshal(text, answer); err != nil {
				log.Fatal(err)
			}
			return
		case http.StatusTooManyRequests, http.StatusServiceUnavailable:
			seconds, err := strconv.Atoi(response.Header.Get("Retry-After"))
			if err != nil {
				seconds = 2
			}
			time.Sleep(time.Duration(seconds) * time.Second)
		default:
			log.Fatalf("Call failed, status code: %d\\n%s", response.StatusCode, text)
		}
	}
}

func main() {
	var accepted struct {
		TaskID string \`json:"task_id"\`
	}
	call("/luma/videos", ${goRawString(json(body))}, &accepted)
	fmt.Println("Task", accepted.TaskID)

	for {
		var task struct {
			Response struct {
				State    string          \`json:"state"\`
				Progress int             \`json:"progress"\`
				VideoURL string          \`json:"video_url"\`
				Error    json.RawMessage \`json:"error"\`
			} \`json:"response"\`
		}
		call("/luma/tasks", fmt.Sprintf(\`{"action": "retrieve", "id": %q}\`, accepted.TaskID), &task)
		switch task.Response.State {
		case "pending", "processing":
			fmt.Printf("%s, %d %%\\n", task.Response.State, task.Response.Progress)
			time.Sleep(2 * time.Second)
		case "completed":
			fmt.Println(task.Response.VideoURL)
			return
		default:
			log.Fatal(string(task.Response.Error))
		}
	}
}
`;
}

function php({ baseUrl, token, body }: Parts): string {
  return `<?php
const BASE_URL = ${phpQuoted(baseUrl)};

function call(string $path, array $body): array
{
    while (true) {
        $retryAfter = 2;
        $request = curl_init(BASE_URL . $path);
        curl_setopt_array($request, [
            CURLOPT_POST => true,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT => 60,
            CURLOPT_HTTPHEADER => [
                ${phpQuoted(`Authorization: Bearer ${token}`)},
                'Content-Type: application/json',
            ],
            CURLOPT_POSTFIELDS => json_encode($body),
            CURLOPT_HEADERFUNCTION => function ($request, $line) use (&$retryAfter) {
                if (preg_match('/^retry-after:\\s*(\\d+)/i', $line, $match)) {
                    $retryAfter = (int) $match[1];
                }
                return strlen($line);
            },
        ]);
        $answer = curl_exec($request);
        $status = curl_getinfo($request, CURLINFO_RESPONSE_CODE);
        if ($answer !== false && $status === 200) {
            return json_decode($answer, true);
        }
        if ($status !== 429 && $status !== 503) {
            fwrite(STDERR, "Call failed, status code: $status" . PHP_EOL);
            fwrite(STDERR, ($answer ?: curl_error($request)) . PHP_EOL);
            exit(1);
        }
        sleep($retryAfter);
    }
}

$id = call('/luma/videos', ${phpValue(body)})['task_id'];
echo "Task $id", PHP_EOL;

while (true) {
    $result = call('/luma/tasks', ['action' => 'retrieve', 'id' => $id])['response'];
    if (!in_array($result['state'], ['pending', 'processing'], true)) {
        break;
    }
    echo "{$result['state']}, {$result['progress']} %", PHP_EOL;
    sleep(2);
}

if ($result['state'] !== 'completed') {
    fwrite(STDERR, json_encode($result['error']) . PHP_EOL);
    exit(1);
}
echo $result['video_url'], PHP_EOL;
`;
}

const kWriters: Record<CodeLanguage, (parts: Parts) => string> = { shell, python, javascript, java, go, php };

export function pollSample(language: CodeLanguage, body: JsonObject, options: SampleOptions): string {
  return kWriters[language]({ ...options, body: { ...body, async: true } });
}
