// accounts/field_errors.ts: what the server says of one field, put beside that field.
import { ApiError } from "../api/client";

/** What is wrong with `field`, where that is what the server says: it begins with the field's name in backticks. */
export function wrongWith(error: unknown, field: string): string | null {
  if (!(error instanceof ApiError) || (error.status !== 400 && error.status !== 409)) return null;
  const start = `\`${field}\` `;
  return error.message.startsWith(start) ? error.message.slice(start.length) : null;
}

/** Puts the keyboard into a field of the form, so that a screen reader says what is wrong with it. */
export function focusField(form: HTMLFormElement | null, name: string): void {
  const field = form?.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.focus();
}
