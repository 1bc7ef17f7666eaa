// theme.ts: light, dark, or as the system is.
export type Theme = "system" | "light" | "dark";
const kStored = "kinora-theme";

export function theme(): Theme {
  const stored = localStorage.getItem(kStored);
  return stored === "light" || stored === "dark" ? stored : "system";
}

function apply(value: Theme): void {
  if (value === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = value;
}

export function startTheme(): void {
  apply(theme());
}

export function chooseTheme(value: Theme): void {
  if (value === "system") localStorage.removeItem(kStored);
  else localStorage.setItem(kStored, value);
  apply(value);
}
