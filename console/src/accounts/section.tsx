// accounts/section.tsx: one part of the settings: what it is on the left, its controls on the right.
import { useId, type MouseEvent, type ReactNode } from "react";

interface SectionProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

export function Section({ title, lead, children }: SectionProps) {
  const id = useId();
  return (
    <section className="card acc-section" aria-labelledby={id}>
      <div className="stack acc-tight">
        <h2 id={id}>{title}</h2>
        {lead !== undefined && <p className="muted small">{lead}</p>}
      </div>
      <div className="stack">{children}</div>
    </section>
  );
}

/** Closes the dialog that a button stands in; the keyboard goes back to where it came from. */
export function closeDialog(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest("dialog")?.close();
}
