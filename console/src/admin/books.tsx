// admin/books.tsx: all accounts of the ledger, and that they sum to nothing.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation, Link } from "react-router-dom";

import { client, take } from "../api/client";
import { Button, ErrorNote, Spinner } from "../components/ui";
import { amount, dateTime } from "../format";

const kMicros = 1_000_000;

/** Exact, as the ledger is: by millionths. */
function sumOf(balances: number[]): number {
  return balances.reduce((sum, each) => sum + Math.round(each * kMicros), 0) / kMicros;
}

export function Books() {
  const { t } = useTranslation("admin");
  const { pathname } = useLocation();
  // It reads every transfer there is, so it is asked for by hand.
  const books = useQuery({
    queryKey: ["admin", "books"],
    queryFn: ({ signal }) => take(client.GET("/api/v1/admin/ledger/", { signal })),
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  });
  const { data } = books;
  return (
    <div className="card stack">
      <div className="spread">
        <div className="row">
          <h3>{t("books.title")}</h3>
          <span aria-live="polite">
            {data !== undefined && (
              <span className={data.balanced ? "badge good" : "badge bad"}>
                {data.balanced ? t("books.balanced") : t("books.unbalanced")}
              </span>
            )}
          </span>
        </div>
        <span className="row">
          {pathname !== "/admin/ledger" && <Link className="button small" to="/admin/ledger">{t("books.toLedger")}</Link>}
          <Button small busy={books.isFetching} onClick={() => void books.refetch()}>{t("books.again")}</Button>
        </span>
      </div>
      {books.isPending && <Spinner />}
      {books.isError && <ErrorNote error={books.error} onRetry={() => void books.refetch()} />}
      {data !== undefined && (
        <>
          {data.faults.length > 0 && (
            <div className="note bad" role="alert">
              <div className="stack">
                <strong>{t("books.faults")}</strong>
                <ul className="admin-faults">{data.faults.map((fault) => <li key={fault}>{fault}</li>)}</ul>
              </div>
            </div>
          )}
          <table className="admin-books">
            <caption className="visually-hidden">{t("books.title")}</caption>
            <thead>
              <tr><th scope="col">{t("books.account")}</th><th scope="col" className="number">{t("books.balance")}</th></tr>
            </thead>
            <tbody>
              {data.accounts.map((account) => (
                <tr key={account.name}>
                  <td>
                    <span className="admin-two">
                      <span>{t(`account.${account.name}.name`, { defaultValue: account.name })}</span>
                      <span className="small muted">{t(`account.${account.name}.text`, { defaultValue: "" })}</span>
                    </span>
                  </td>
                  <td className="number">{amount(account.balance)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t("books.sum")}</th>
                <td className="number">{amount(sumOf(data.accounts.map((account) => account.balance)))}</td>
              </tr>
            </tfoot>
          </table>
          <p className="small muted">{t("books.text", { time: dateTime(new Date(books.dataUpdatedAt).toISOString()) })}</p>
        </>
      )}
    </div>
  );
}
