// accounts/field_errors.ts: what the server says of one field, put beside that field.
import { ApiError } from "../api/client";
import { useTell } from "../told/use_tell";

/** Whether that is what the server says: that something is wrong with `field`, with whose name in backticks it begins. */
export function isAbout(error: unknown, field: string): boolean {
  return error instanceof ApiError && (error.status === 400 || error.status === 409) && error.message.startsWith(`\`${field}\` `);
}

/** The first of `fields` that the error is about. */
export function fieldOf(error: unknown, fields: readonly string[]): string | undefined {
  return fields.find((field) => isAbout(error, field));
}

/** Gives what is wrong with a field, in the page's words; undefined where nothing is. The words come with the form. */
export function useFieldErrors(error: unknown): (field: string) => string | undefined {
  const { tell } = useTell();
  return (field) => {
    if (!isAbout(error, field)) return undefined;
    const { message } = error as ApiError;
    return tell(message) ?? message.replaceAll("`", "");
  };
}

/** Puts the keyboard into a field of the form, so that a screen reader says what is wrong with it. */
export function focusField(form: HTMLFormElement | null, name: string): void {
  const field = form?.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.focus();
}
