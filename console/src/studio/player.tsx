// studio/player.tsx: a clip, loaded when it comes near the screen; a pointer over it sets it going.
import { Play } from "lucide-react";
import { useEffect, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";

import { ownMedia } from "./media";
import type { Result } from "./tasks";

function useNear(element: RefObject<Element>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (near || element.current === null) return undefined;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && setNear(true), {
      rootMargin: "300px",
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [near, element]);
  return near;
}

function likesMotion(): boolean {
  return !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

interface Props {
  result: Result;
  /** Set it going as soon as it is there. */
  starts?: boolean;
}

export function Player({ result, starts = false }: Props) {
  const { t } = useTranslation("studio");
  const frame = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [broken, setBroken] = useState(false);
  // Set going by the pointer, and to be stopped when it leaves.
  const hovered = useRef(false);
  const near = useNear(frame);
  // Controls hide much of a small picture: they come with the pointer, the finger or the focus.
  const [active, setActive] = useState(false);
  const [playing, setPlaying] = useState(false);
  const poster = ownMedia(result.thumbnail_url) ?? result.thumbnail_url;

  const play = () => void video.current?.play().catch(() => undefined);
  const enter = () => {
    setActive(true);
    if (video.current?.paused !== true || !likesMotion()) return;
    hovered.current = true;
    play();
  };
  const leave = () => {
    if (document.activeElement !== video.current) setActive(false);
    if (!hovered.current) return;
    hovered.current = false;
    video.current?.pause();
  };
  const press = () => {
    hovered.current = false;
    if (active) return; // The controls answer.
    setActive(true);
    play();
  };
  return (
    <div
      className="studio-screen" ref={frame}
      onPointerEnter={(event) => event.pointerType === "mouse" && enter()}
      onPointerLeave={(event) => event.pointerType === "mouse" && leave()}
    >
      {near && <img className="studio-glow" src={poster} alt="" aria-hidden="true" />}
      {near && !broken && (
        <video
          ref={video} playsInline muted loop controls={active} tabIndex={0} preload="metadata"
          autoPlay={starts && likesMotion()} width={result.video_width} height={result.video_height} poster={poster}
          src={ownMedia(result.video_url) ?? result.video_url}
          aria-label={result.prompt === "" ? t("card.untitled") : result.prompt}
          onClick={press} onError={() => setBroken(true)} onFocus={() => setActive(true)} onBlur={() => setActive(false)}
          onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)}
        />
      )}
      {near && !broken && !active && !playing && <span className="studio-play" aria-hidden="true"><Play size={22} /></span>}
      {broken && <p className="studio-screen-note">{t("card.broken")}</p>}
    </div>
  );
}
