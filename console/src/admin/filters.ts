// admin/filters.ts: what a list shows, kept in the page's address.
import { useSearchParams } from "react-router-dom";

export const kPageSize = 20;
const kPageMax = 1_000_000;
const kId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface Filters {
  get(name: string): string;
  change(changes: Record<string, string>): void;
  page: number;
  turnTo(page: number): void;
  slice: { limit: number; offset: number };
}

export function useFilters(): Filters {
  const [parameters, setParameters] = useSearchParams();
  const page = Math.min(kPageMax, Math.max(1, Math.trunc(Number(parameters.get("page"))) || 1));
  const put = (changes: Record<string, string>, replace: boolean) =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete("page");
        for (const [name, value] of Object.entries(changes)) {
          if (value === "") after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace },
    );
  return {
    get: (name) => parameters.get(name) ?? "",
    change: (changes) => put(changes, true),
    page,
    turnTo: (to) => put({ page: to > 1 ? String(to) : "" }, false),
    slice: { limit: kPageSize, offset: (page - 1) * kPageSize },
  };
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without what is undefined or empty. */
export function defined<T extends Record<string, unknown>>(query: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined && value !== ""),
  ) as Defined<T>;
}

export function oneOf<Word extends string>(value: string, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}

export function isId(text: string): boolean {
  return kId.test(text);
}

/** An id out of an address; what is none is left out. */
export function idOf(text: string): string | undefined {
  return isId(text) ? text : undefined;
}

/** A day, as a date field has it, as the moment where it begins or ends. */
export function momentOf(day: string, end: "start" | "end"): string | undefined {
  const time = new Date(`${day}T${end === "start" ? "00:00:00" : "23:59:59.999"}`);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
