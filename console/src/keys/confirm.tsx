// keys/confirm.tsx: asks before something is done that cannot be undone.
import { useMutation } from "@tanstack/react-query";
import { useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button, Dialog, ErrorNote } from "../components/ui";

interface Props<Result> {
  title: string;
  children: ReactNode;
  action: string;
  act: () => Promise<Result>;
  onDone?: (result: Result) => void;
  onClose: () => void;
}

/** By its own close() the dialog gives the focus back to the button that opened it. */
export function closeDialogOf(element: Element | null): void {
  element?.closest("dialog")?.close();
}

export function Confirm<Result>({ title, children, action, act, onDone, onClose }: Props<Result>) {
  const { t } = useTranslation();
  const inside = useRef<HTMLDivElement>(null);
  const mutation = useMutation({
    mutationFn: act,
    gcTime: 0, // The answer may hold a token.
    onSuccess: (result) => {
      closeDialogOf(inside.current);
      onDone?.(result);
    },
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="stack" ref={inside}>
        {children}
        {mutation.isError && <ErrorNote error={mutation.error} />}
        <div className="row dialog-acts">
          <Button onClick={(event) => closeDialogOf(event.currentTarget)}>{t("cancel")}</Button>
          <Button look="danger" busy={mutation.isPending} onClick={() => mutation.mutate()}>{action}</Button>
        </div>
      </div>
    </Dialog>
  );
}
