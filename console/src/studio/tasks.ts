// studio/tasks.ts: the user's tasks, as calls of `/luma/tasks` and as kept by the page.
import type { InfiniteData, QueryClient } from "@tanstack/react-query";

import { client, take, type Schemas } from "../api/client";

export type Task = Schemas["Task"];
export type Progress = Schemas["TaskProgress"];
export type Result = Schemas["VideoResult"];
export type Failure = Schemas["TaskFailure"];
type TaskPage = Schemas["TaskPage"];

export function isOver(task: Task): boolean {
  return task.response.state !== "pending" && task.response.state !== "processing";
}

export function requestOf(task: Task): Record<string, unknown> {
  return task.request;
}

export function promptOf(task: Task): string {
  const prompt = requestOf(task)["prompt"];
  return typeof prompt === "string" ? prompt : "";
}

async function call(credentialId: string, body: Partial<Schemas["TaskCall"]>, signal?: AbortSignal) {
  return await take(
    client.POST("/luma/tasks", {
      // `limit` and `offset` have defaults, which the generated type takes for duties.
      body: body as Schemas["TaskCall"],
      headers: { "X-Credential-Id": credentialId },
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}

export async function listTasks(
  credentialId: string, page: Partial<Schemas["TaskCall"]>, signal: AbortSignal,
): Promise<TaskPage> {
  const answer = await call(credentialId, { action: "retrieve_batch", ...page }, signal);
  if (!("items" in answer)) throw new Error("no page of tasks");
  return answer;
}

async function one(credentialId: string, action: "retrieve" | "cancel", id: string): Promise<Task> {
  const answer = await call(credentialId, { action, id });
  if (!("response" in answer)) throw new Error("no task");
  return answer;
}

export function findTask(credentialId: string, id: string): Promise<Task> {
  return one(credentialId, "retrieve", id);
}

export function cancelTask(credentialId: string, id: string): Promise<Task> {
  return one(credentialId, "cancel", id);
}

export async function deleteTask(credentialId: string, id: string): Promise<void> {
  await call(credentialId, { action: "delete", id });
}

// The pages of tasks that are shown.
export const kTasks = ["studio", "tasks"];
type TaskPages = InfiniteData<TaskPage, unknown>;
// What was begun here. A page that was asked for before comes without it, whenever it comes.
export const kBegun = ["studio", "begun"];

function change(queries: QueryClient, how: (items: Task[]) => Task[]): void {
  queries.setQueryData<Task[]>(kBegun, (before) => how(before ?? []));
  queries.setQueriesData<TaskPages>({ queryKey: kTasks }, (before) =>
    before === undefined ? before : { ...before, pages: before.pages.map((page) => ({ ...page, items: how(page.items) })) },
  );
}

/** What was asked before a task ended may be answered afterwards: an end is never taken back. */
export function replaceTasks(queries: QueryClient, tasks: readonly Task[]): void {
  const fresh = new Map(tasks.map((task) => [task.id, task]));
  change(queries, (items) =>
    items.map((before) => {
      const after = fresh.get(before.id);
      return after === undefined || (isOver(before) && !isOver(after)) ? before : after;
    }),
  );
}

export function addTask(queries: QueryClient, task: Task): void {
  queries.setQueryData<Task[]>(kBegun, (before) => [task, ...(before ?? []).filter(({ id }) => id !== task.id)]);
}

export function removeTasks(queries: QueryClient, ids: readonly string[]): void {
  change(queries, (items) => items.filter(({ id }) => !ids.includes(id)));
}
