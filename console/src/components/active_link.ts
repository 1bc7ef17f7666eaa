// components/active_link.ts: in a row of links that scrolls, the one of the page that is shown is in sight.
import { useEffect, useRef, type RefObject } from "react";

/** To be given to the row; `place` says when another link may have become the current one. */
export function useActiveLink<Row extends HTMLElement>(place: string): RefObject<Row> {
  const row = useRef<Row>(null);
  useEffect(() => {
    const link = row.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (row.current === null || link == null) return;
    const { left, right } = link.getBoundingClientRect();
    const { left: from, right: to } = row.current.getBoundingClientRect();
    // Not scrollIntoView, which would move the page as well.
    if (left < from) row.current.scrollLeft -= from - left;
    else if (right > to) row.current.scrollLeft += right - to;
  }, [place]);
  return row;
}
