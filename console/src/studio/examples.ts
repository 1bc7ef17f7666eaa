// studio/examples.ts: prompts to begin with. The engine reads English, so the prompts stand here and not in the catalogue.
import balloons from "./pictures/balloons.webp";
import car from "./pictures/car.webp";
import cat from "./pictures/cat.webp";
import lighthouse from "./pictures/lighthouse.webp";
import moon from "./pictures/moon.webp";
import robot from "./pictures/robot.webp";
import ship from "./pictures/ship.webp";
import whale from "./pictures/whale.webp";

interface Example {
  /** Its name in the catalogue: `example.<id>`. */
  id: string;
  prompt: string;
}

export const kExamples: readonly Example[] = [
  { id: "fox", prompt: "a red fox running through a snowy forest at dawn" },
  { id: "dragon", prompt: "a dragon flying past an erupting volcano at dusk" },
  { id: "band", prompt: "a rock band playing on a stage with confetti" },
  { id: "savannah", prompt: "elephants and a giraffe walking in the savannah at sunset" },
  { id: "aurora", prompt: "northern lights over a frozen lake, a husky running" },
  { id: "knight", prompt: "a knight riding a horse to a castle, paper cutout" },
];

/** Frames of clips that the built-in engine drew (docs/gallery). */
export const kGallery: readonly (Example & { picture: string })[] = [
  { id: "cat", prompt: "A cat walking through a garden with butterflies", picture: cat },
  { id: "car", prompt: "a red car driving down a neon city street at night in the rain", picture: car },
  { id: "balloons", prompt: "hot air balloons over the mountains at sunrise", picture: balloons },
  { id: "robot", prompt: "a robot walking in a futuristic city at night, pixel art", picture: robot },
  { id: "moon", prompt: "an astronaut dancing on the moon", picture: moon },
  { id: "whale", prompt: "a whale and colorful fish swimming over a coral reef", picture: whale },
  { id: "lighthouse", prompt: "a lighthouse on a beach at sunset, watercolor painting", picture: lighthouse },
  { id: "ship", prompt: "a sailing ship on a stormy sea", picture: ship },
];
