// keys/switch_row.tsx: a switch with its name and what it means.
import { Switch } from "radix-ui";
import { useId, type ReactNode } from "react";

interface Props {
  label: string;
  hint: ReactNode;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

export function SwitchRow({ label, hint, checked, disabled = false, onChange }: Props) {
  const id = useId();
  return (
    <div className="switch-row">
      <div>
        <label className="setting-name" htmlFor={id}>{label}</label>
        <p className="muted small" id={`${id}-hint`}>{hint}</p>
      </div>
      <Switch.Root
        className="switch"
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-describedby={`${id}-hint`}
      >
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
    </div>
  );
}
