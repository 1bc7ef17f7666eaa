// support/server.mjs: a Kinora with its real engine, for tests that use it as people do.
//
// KINORA_PROGRAM names the program. Each server has a folder of its own, which goes with it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const PASSWORD = "correct horse battery";
export const SERVICE = "luma";

/** Asks again and again until `condition()` gives something; fails after `seconds`. */
export async function waitFor(condition, what, seconds = 150) {
  const end = Date.now() + seconds * 1000;
  for (let pause = 10; ; pause = Math.min(pause * 1.3, 150)) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function environment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("KINORA_")));
}

export class Server {
  /** @param {...string} options of `kinora serve` */
  static async start(...options) {
    const server = new Server(await mkdtemp(join(tmpdir(), "kinora-console-")), options);
    try {
      await server.run();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  constructor(folder, options) {
    this.folder = folder;
    this.options = options;
    this.port = 0;
    this.said = "";
    this.log = "";
  }

  async run(until = Date.now() + 60_000) {
    this.said = "";
    this.log = "";
    // It ends with this process, however that ends.
    this.child = spawn(
      "setpriv",
      ["--pdeathsig", "KILL", process.env.KINORA_PROGRAM, "serve", "--data", join(this.folder, "data"), "--listen", `127.0.0.1:${this.port}`,
        ...this.options],
      { stdio: ["ignore", "pipe", "pipe"], env: environment() },
    );
    this.child.stdout.on("data", (text) => (this.said += text));
    this.child.stderr.on("data", (text) => (this.log += text));
    this.ended = once(this.child, "exit");
    await waitFor(() => this.said.includes("API token") || this.child.exitCode !== null, "the server greets");
    if (this.child.exitCode !== null) {
      // While it was down, its port was given to somebody's call; that ends.
      if (this.port !== 0 && / is in use by another program/.test(this.log) && Date.now() < until) return this.run(until);
      throw new Error(`the server ended with ${this.child.exitCode}: ${this.log}`);
    }
    this.url = /Kinora serves on (\S+)/.exec(this.said)[1];
    this.port = Number(new URL(this.url).port);
    this.owner = JSON.parse(await readFile(join(this.folder, "data/owner.json"), "utf8"));
  }

  /** The workers stand still, however fast they are, until `resume`: what is looked at stays as it is. */
  async pause() {
    for (const pid of await this.workers()) process.kill(pid, "SIGSTOP");
  }
  async resume() {
    for (const pid of await this.workers()) process.kill(pid, "SIGCONT");
  }
  async workers() {
    const tasks = `/proc/${this.child.pid}/task`;
    const lists = await Promise.all((await readdir(tasks)).map((id) => readFile(`${tasks}/${id}/children`, "utf8").catch(() => "")));
    return lists.flatMap((list) => list.trim().split(/\s+/).filter(Boolean).map(Number));
  }

  /** As a power cut would. */
  async kill() {
    if (this.child === undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill("SIGKILL");
    await this.ended;
  }

  async stop() {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** What `kinora admin ...` says, as JSON where it is. */
  async admin(...words) {
    const child = spawn(process.env.KINORA_PROGRAM, ["admin", ...words, "--data", join(this.folder, "data")], {
      stdio: ["ignore", "pipe", "pipe"],
      env: environment(),
    });
    let said = "";
    child.stdout.on("data", (text) => (said += text));
    child.stderr.on("data", (text) => (said += text));
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`kinora admin ${words.join(" ")}: ${said}`);
    return said;
  }

  /** A call as a program makes it; `token` may be null. */
  async call(method, path, body, token, headers = {}) {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(token == null ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: text.startsWith("{") ? JSON.parse(text) : null };
  }

  /** The owner's, by the link of the first start. */
  async setOwnerPassword() {
    const code = new URL(this.owner.setup_url).hash.slice("#code=".length);
    const answer = await this.call("POST", "/api/v1/password-resets/confirm/", { code, password: PASSWORD });
    if (answer.status !== 200) throw new Error(answer.text);
  }

  /** A user who has registered without the page. */
  async register(email) {
    const answer = await this.call("POST", "/api/v1/users/", { email, password: PASSWORD });
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.json;
  }
}
