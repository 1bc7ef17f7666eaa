// studio/aspect_picker.tsx: the sides of the picture, drawn as they are.
import { useId } from "react";
import { useTranslation } from "react-i18next";

import type { Ratio } from "./draft";

const kRatios: readonly Ratio[] = ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "9:21"];
const kLongSide = 22;

function shapeOf(ratio: Ratio): { width: number; height: number } {
  const [width = 1, height = 1] = ratio.split(":").map(Number);
  const scale = kLongSide / Math.max(width, height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

interface Props {
  value: Ratio | null;
  /** Whether there is a picture that can lend its own. */
  hasPicture: boolean;
  onChange: (value: Ratio | null) => void;
}

export function AspectPicker({ value, hasPicture, onChange }: Props) {
  const { t } = useTranslation("studio");
  const name = useId();
  const chosen = value ?? (hasPicture ? null : "16:9");
  return (
    <fieldset className="studio-aspects">
      <legend className="studio-label">{t("aspect.label")}</legend>
      <div className="studio-shapes">
        {hasPicture && (
          <label className="studio-shape">
            <input type="radio" name={name} checked={chosen === null} onChange={() => onChange(null)} />
            <span className="studio-shape-box" aria-hidden="true"><span className="studio-shape-own" /></span>
            <span>{t("aspect.own")}</span>
          </label>
        )}
        {kRatios.map((ratio) => (
          <label className="studio-shape" key={ratio} title={t(`aspect.names.${ratio.replace(":", "x")}`)}>
            <input type="radio" name={name} checked={chosen === ratio} onChange={() => onChange(ratio)} />
            <span className="studio-shape-box" aria-hidden="true"><span style={shapeOf(ratio)} /></span>
            <span>{ratio}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
