// studio/gallery.tsx: what can be made, for who has nothing yet; and prompts to begin with.
import { useTranslation } from "react-i18next";

import { kExamples, kGallery } from "./examples";

export function Examples({ onChoose }: { onChoose: (prompt: string) => void }) {
  const { t } = useTranslation("studio");
  return (
    <div className="studio-examples" role="group" aria-label={t("example.label")}>
      <span className="small muted" aria-hidden="true">{t("example.try")}</span>
      {kExamples.map(({ id, prompt }) => (
        <button key={id} type="button" className="studio-chip" title={prompt} onClick={() => onChoose(prompt)}>
          {t(`example.${id}`)}
        </button>
      ))}
    </div>
  );
}

export function Gallery({ title, onChoose }: { title: string; onChoose: (prompt: string) => void }) {
  const { t } = useTranslation("studio");
  return (
    <section className="stack" aria-labelledby="gallery-title">
      <div>
        <h2 id="gallery-title">{title}</h2>
        <p className="muted">{t("example.text")}</p>
      </div>
      <ul className="studio-gallery">
        {kGallery.map(({ id, prompt, picture }) => (
          <li key={id}>
            <button type="button" className="studio-sample" onClick={() => onChoose(prompt)}>
              <img src={picture} alt="" width={520} height={288} loading="lazy" />
              <span className="studio-sample-text"><strong>{t(`example.${id}`)}</strong><span lang="en">{prompt}</span></span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
