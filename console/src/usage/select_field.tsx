// usage/select_field.tsx: the browser's own list of choices, with a label.
import { useId, type SelectHTMLAttributes } from "react";

interface Props extends SelectHTMLAttributes<HTMLSelectElement> {
  label: string;
}

export function SelectField({ label, children, ...rest }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select {...rest} id={id} className="input">{children}</select>
    </div>
  );
}
