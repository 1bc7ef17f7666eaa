// studio/phrase_chips.tsx: words that the engine knows, to be clicked into the prompt.
import { useQuery } from "@tanstack/react-query";
import { CloudSun, Droplets, Palette, Sparkles, Sun, Video } from "lucide-react";
import { Tabs } from "radix-ui";
import { useTranslation } from "react-i18next";

import { client, take, type Schemas } from "../api/client";
import { hasPhrase, togglePhrase } from "./phrases";

const kGroups = [
  { name: "styles", Icon: Palette, many: false },
  { name: "camera_moves", Icon: Video, many: false },
  { name: "times_of_day", Icon: Sun, many: false },
  { name: "weather", Icon: CloudSun, many: false },
  { name: "palettes", Icon: Droplets, many: false },
  { name: "effects", Icon: Sparkles, many: true },
] as const;

/** undefined: not known yet; null: there is none, or it cannot be had, which the box does without. */
export function useModel(): Schemas["Model"] | null | undefined {
  const models = useQuery({
    queryKey: ["studio", "models"],
    queryFn: async () => (await take(client.GET("/api/v1/models/"))).items,
    staleTime: Infinity,
  });
  return models.isPending ? undefined : (models.data?.[0] ?? null);
}

/** Keeps their room until they are known. */
export function PhrasePlace() {
  return <div className="studio-words studio-words-place" aria-hidden="true" />;
}

export function PhraseChips({ model, prompt, onChange }: { model: Schemas["Model"]; prompt: string; onChange: (prompt: string) => void }) {
  const { t } = useTranslation("studio");
  const groups = kGroups.flatMap((group) => {
    const choices = (model.vocabulary[group.name] ?? []).filter(({ phrase }) => phrase !== "");
    return choices.length === 0 ? [] : [{ ...group, choices }];
  });
  const first = groups[0];
  if (first === undefined) return null;
  return (
    <Tabs.Root defaultValue={first.name} className="studio-words">
      <Tabs.List className="studio-tabs" aria-label={t("words.label")}>
        {groups.map(({ name, Icon, choices }) => {
          const used = choices.some(({ phrase }) => hasPhrase(prompt, phrase));
          return (
            <Tabs.Trigger key={name} value={name} className="studio-tab">
              <Icon size={15} aria-hidden="true" />
              {t(`words.groups.${name}`)}
              {used && <span className="studio-dot"><span className="visually-hidden">{t("words.used")}</span></span>}
            </Tabs.Trigger>
          );
        })}
      </Tabs.List>
      {groups.map(({ name, many, choices }) => (
        <Tabs.Content key={name} value={name} className="studio-chips">
          {choices.map(({ id, title, phrase }) => {
            const others = many ? [] : choices.map((choice) => choice.phrase).filter((each) => each !== phrase);
            return (
              <button
                key={id} type="button" className="studio-chip" aria-pressed={hasPhrase(prompt, phrase)} title={phrase}
                onClick={() => onChange(togglePhrase(prompt, phrase, others))}
              >
                {t(`words.${name}.${id}`, { defaultValue: title })}
              </button>
            );
          })}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
