// reference/theme_of_viewer.ts: light or dark, as the page is. Scalar reads two classes of <body>.
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";

import { chooseTheme, theme as storedTheme, type Theme } from "../theme";

const kDark = window.matchMedia("(prefers-color-scheme: dark)");

function subscribe(listener: () => void): () => void {
  kDark.addEventListener("change", listener);
  return () => kDark.removeEventListener("change", listener);
}

export function useViewerTheme() {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const isSystemDark = useSyncExternalStore(subscribe, () => kDark.matches);
  const isDark = theme === "dark" || (theme === "system" && isSystemDark);
  useEffect(() => {
    document.body.classList.toggle("dark-mode", isDark);
    document.body.classList.toggle("light-mode", !isDark);
  }, [isDark]);
  const choose = useCallback((next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  }, []);
  return { theme, isDark, choose };
}
