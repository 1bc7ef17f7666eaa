// keys/pager.tsx: which part of a list is shown, and the way to the others.
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "../components/ui";
import { count } from "../format";

interface Props {
  label: string;
  page: number;
  size: number;
  total: number;
  onPage: (page: number) => void;
}

/** `page` counts from 0. */
export function Pager({ label, page, size, total, onPage }: Props) {
  const { t } = useTranslation("keys");
  const { t: common } = useTranslation();
  if (total === 0) return null;
  const from = page * size + 1;
  const to = Math.min(total, from + size - 1);
  return (
    <nav className="spread pager" aria-label={label}>
      <span className="muted small" aria-live="polite">
        {t("pager.range", { from: count(Math.min(from, to)), to: count(to), total: count(total) })}
      </span>
      {total > size && (
        <span className="row">
          <Button small disabled={page === 0} onClick={() => onPage(page - 1)}>
            <ChevronLeft size={16} aria-hidden="true" />{common("previous")}
          </Button>
          <Button small disabled={to >= total} onClick={() => onPage(page + 1)}>
            {common("next")}<ChevronRight size={16} aria-hidden="true" />
          </Button>
        </span>
      )}
    </nav>
  );
}
