// code/receiver.ts: takes callbacks and checks that they are genuine, as Standard Webhooks say.
//
// Each compares in constant time and refuses what is older than five minutes. The secret comes from the environment.
import type { CodeLanguage } from "./samples";

const kShell = `#!/bin/sh
# A CGI script, for a web server that runs such. Needs openssl.
# openssl shows its arguments to other users of the machine: take another language where there are any.
set -eu
body=$(mktemp)
trap 'rm -f "$body"' EXIT
cat > "$body"

refuse() { printf 'Status: 401 Unauthorized\\r\\n\\r\\n'; exit; }
hmac() { openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" -binary | base64; }
# Compared are not the texts but what a key of this moment makes of them, so that time tells nothing.
same() { [ "$(printf %s "$1" | hmac "$once")" = "$(printf %s "$2" | hmac "$once")" ]; }

id=\${HTTP_WEBHOOK_ID:-}
timestamp=\${HTTP_WEBHOOK_TIMESTAMP:-}
case $timestamp in '' | *[!0-9]*) refuse ;; esac
age=$(($(date +%s) - timestamp))
[ "$age" -le 300 ] && [ "$age" -ge -300 ] || refuse

key=$(printf %s "\${WEBHOOK_SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')
once=$(openssl rand -hex 32)
expected=v1,$({ printf '%s.%s.' "$id" "$timestamp"; cat "$body"; } | hmac "$key")

genuine=no
set -f
for signature in \${HTTP_WEBHOOK_SIGNATURE:-}; do
  if same "$expected" "$signature"; then genuine=yes; fi
done
[ "$genuine" = yes ] || refuse

# The same webhook-id may come again: deal with it once.
cp "$body" "/tmp/callback-$(printf %s "$id" | tr -cd 'A-Za-z0-9_-').json"
printf 'Status: 204 No Content\\r\\n\\r\\n'
`;

const kPython = `import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"][len("whsec_"):])
TOLERANCE = 300  # Seconds.


def is_genuine(headers, body):
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > TOLERANCE:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(KEY, signed, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    signatures = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(expected, signature.encode()) for signature in signatures)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not is_genuine(self.headers, body):
            self.send_error(401)
            return
        result = json.loads(body)
        # The same webhook-id may come again: deal with it once.
        if result["success"]:
            print("Finished:", result["video_url"], flush=True)
        else:
            print("Failed:", result["error"], flush=True)
        self.send_response(204)
        self.end_headers()


ThreadingHTTPServer(("", 9000), Receiver).serve_forever()
`;

const kJavaScript = `// Node.js 18 or newer: node receiver.mjs
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const key = Buffer.from(process.env.WEBHOOK_SECRET.slice("whsec_".length), "base64");
const tolerance = 300; // Seconds.

function isGenuine(headers, body) {
  const id = headers["webhook-id"] ?? "";
  const timestamp = headers["webhook-timestamp"] ?? "";
  if (!/^\\d+$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > tolerance) return false;
  const digest = createHmac("sha256", key).update(\`\${id}.\${timestamp}.\`).update(body).digest("base64");
  const expected = Buffer.from(\`v1,\${digest}\`);
  return (headers["webhook-signature"] ?? "").split(" ").some((text) => {
    const signature = Buffer.from(text);
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
}

createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  if (!isGenuine(request.headers, body)) {
    response.writeHead(401).end();
    return;
  }
  const result = JSON.parse(body.toString());
  // The same webhook-id may come again: deal with it once.
  if (result.success) console.log("Finished:", result.video_url);
  else console.log("Failed:", result.error);
  response.writeHead(204).end();
}).listen(9000);
`;

const kJava = `// Java 17 or newer: java Main.java
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Main {
    static final byte[] KEY =
        Base64.getDecoder().decode(System.getenv("WEBHOOK_SECRET").substring("whsec_".length()));
    static final long TOLERANCE = 300;  // Seconds.

    static boolean isGenuine(Headers headers, byte[] body) throws Exception {
        var id = Objects.requireNonNullElse(headers.getFirst("webhook-id"), "");
        var timestamp = Objects.requireNonNullElse(headers.getFirst("webhook-timestamp"), "");
        if (!timestamp.matches("[0-9]{1,12}")) return false;
        if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE) return false;

        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        var expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(StandardCharsets.UTF_8);

        var genuine = false;
        for (var signature : Objects.requireNonNullElse(headers.getFirst("webhook-signature"), "").split(" ")) {
            genuine |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        }
        return genuine;
    }

    public static void main(String[] arguments) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(9000), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var body = exchange.getRequestBody().readAllBytes();
                var status = isGenuine(exchange.getRequestHeaders(), body) ? 204 : 401;
                // The same webhook-id may come again: deal with it once.
                if (status == 204) System.out.println(new String(body, StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(status, -1);
            } catch (Exception failure) {
                failure.printStackTrace();
            }
        });
        server.start();
    }
}
`;

const kGo = `package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

const tolerance = 5 * time.Minute

func isGenuine(key []byte, header http.Header, body []byte) bool {
	id, timestamp := header.Get("webhook-id"), header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > tolerance {
		return false
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.", id, timestamp)
	mac.Write(body)
	expected := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	for _, signature := range strings.Fields(header.Get("webhook-signature")) {
		if hmac.Equal(expected, []byte(signature)) {
			return true
		}
	}
	return false
}

func main() {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(os.Getenv("WEBHOOK_SECRET"), "whsec_"))
	if err != nil || len(key) == 0 {
		log.Fatal("WEBHOOK_SECRET is not set")
	}
	http.HandleFunc("/", func(response http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(response, request.Body, 1<<20))
		if err != nil || !isGenuine(key, request.Header, body) {
			response.WriteHeader(http.StatusUnauthorized)
			return
		}
		// The same webhook-id may come again: deal with it once.
		fmt.Println(string(body))
		response.WriteHeader(http.StatusNoContent)
	})
	log.Fatal(http.ListenAndServe(":9000", nil))
}
`;

const kPhp = `<?php
// php -S 0.0.0.0:9000 receiver.php
const TOLERANCE = 300;  // Seconds.

function isGenuine(string $key, string $body): bool
{
    $id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
    $timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    if (!preg_match('/^[0-9]{1,12}$/D', $timestamp) || abs(time() - (int) $timestamp) > TOLERANCE) {
        return false;
    }
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $signature) {
        if (hash_equals($expected, $signature)) {
            return true;
        }
    }
    return false;
}

$key = base64_decode(substr((string) getenv('WEBHOOK_SECRET'), strlen('whsec_')), true);
$body = file_get_contents('php://input');
if ($key === false || $key === '' || !isGenuine($key, $body)) {
    http_response_code(401);
    exit;
}

$result = json_decode($body, true);
// The same webhook-id may come again: deal with it once.
error_log($result['success'] ? "Finished: {$result['video_url']}" : "Failed: {$result['error']['message']}");
http_response_code(204);
`;

const kPrograms: Record<CodeLanguage, string> = {
  shell: kShell,
  python: kPython,
  javascript: kJavaScript,
  java: kJava,
  go: kGo,
  php: kPhp,
};

export function receiverSample(language: CodeLanguage): string {
  return kPrograms[language];
}
