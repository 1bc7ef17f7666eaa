// layers/biped.cpp: the human puppet: a body, a face and a costume around a pose.
#include "engines/storyboard/layers/biped_look.hpp"
#include "engines/storyboard/layers/biped_pose.hpp"
#include "engines/storyboard/layers/figure.hpp"

namespace kinora::engines::storyboard {

float stride_of(Form form, Motion motion) {
    if (form == Form::quadruped) return motion == Motion::run ? 1.9F : 0.95F;
    return motion == Motion::run ? 1.15F : 0.56F;
}

namespace {

// A turn about the vertical axis through the head, so that the face can look around.
Vec3 face_at(Vec3 head, float r, float look, float nod, float side, float up, float out) {
    const float yaw = side + look, pitch = up + nod;
    return head +
           Vec3{std::cos(yaw) * std::cos(pitch), std::sin(pitch), std::sin(yaw) * std::cos(pitch)} *
               (r * out);
}

void draw_face(Figure& f, const BipedLook& k, const Pose& p, Vec3 head, float r, float seconds) {
    auto at = [&](float side, float up, float out) {
        return face_at(head, r, p.look, p.nod, side, up, out);
    };
    const Vec3 black{0.012F, 0.010F, 0.012F};
    const float blink = fraction(seconds * 0.31F + 0.4F) > 0.96F ? 0.25F : 1.0F;
    for (const float s : {0.42F, -0.42F}) {
        if (k.robot) {
            auto& eye = f.ball(at(s * 1.05F, 0.06F, 0.92F), r * 0.20F, srgb(0x5fe8ff));
            eye.glow = 1.1F;
            continue;
        }
        const float size = r * 0.125F;
        auto& eye = f.add(at(s, 0.02F + 0.07F * blink, 0.93F), size,
                          at(s, 0.02F - 0.07F * blink, 0.93F), size, black);
        eye.shine = 1.6F;
        f.ball(at(s + 0.05F, 0.10F, 1.04F), r * 0.035F * blink, {1, 1, 1});
        auto& brow = f.add(at(s - 0.14F, 0.34F, 0.985F), r * 0.035F, at(s + 0.14F, 0.36F, 0.985F),
                           r * 0.03F, k.hair_color);
        brow.shine = 0;
        if (k.glasses) {
            for (int i = 0; i < 8; ++i) {
                const float a0 = float(i) * kPi / 4.0F, a1 = float(i + 1) * kPi / 4.0F;
                f.add(at(s + 0.27F * std::cos(a0), 0.04F + 0.25F * std::sin(a0), 1.06F), r * 0.03F,
                      at(s + 0.27F * std::cos(a1), 0.04F + 0.25F * std::sin(a1), 1.06F), r * 0.03F,
                      srgb(0x303038));
            }
        }
        f.ball(at(s * 1.65F, -0.28F, 0.86F), r * 0.16F, mix(k.skin, srgb(0xe8705a), 0.30F)).shine =
            0;
    }
    if (k.robot) {
        f.add(at(-0.35F, -0.48F, 0.95F), r * 0.06F, at(0.35F, -0.48F, 0.95F), r * 0.06F,
              srgb(0x2a3440));
        return;
    }
    f.ball(at(0, -0.12F, 1.02F), r * 0.12F, k.skin * 0.94F);
    const bool talking = !k.mask;
    for (int i = 0; i < 4 && talking; ++i) {
        auto point = [&](int n) {
            const float s = (float(n) / 4.0F - 0.5F) * 0.62F;
            return at(s, -0.50F + 1.1F * s * s, 0.97F);
        };
        f.add(point(i), r * 0.035F, point(i + 1), r * 0.035F, srgb(0x7a2a28)).shine = 0;
    }
    if (k.mask)
        f.add(at(-0.75F, 0.05F, 0.80F), r * 0.26F, at(0.75F, 0.05F, 0.80F), r * 0.26F, k.top * 0.4F)
            .shine = 0;
    if (k.beard) {
        f.add(at(0.55F, -0.62F, 0.72F), r * 0.36F, at(0, -1.0F, 0.95F), r * 0.34F, k.hair_color);
        f.add(at(-0.55F, -0.62F, 0.72F), r * 0.36F, at(0, -1.0F, 0.95F), r * 0.34F, k.hair_color);
        f.add(at(0.28F, -0.30F, 0.99F), r * 0.09F, at(-0.28F, -0.30F, 0.99F), r * 0.09F,
              k.hair_color * 0.92F);
    }
}

void draw_hair(Figure& f, const BipedLook& k, Vec3 h, float r) {
    if (k.bald || k.hat == Hat::helmet) return;
    const Vec3 c = k.hair_color;
    f.add(h + Vec3{-r * 0.30F, r * 0.30F, 0}, r * 0.88F, h + Vec3{r * 0.10F, r * 0.55F, 0},
          r * 0.66F, c);
    for (const float s : {1.0F, -1.0F})
        f.add(h + Vec3{r * 0.25F, r * 0.62F, s * r * 0.25F}, r * 0.42F,
              h + Vec3{-r * 0.1F, r * 0.15F, s * r * 0.72F}, r * 0.36F, c);
    if (k.hair == Hair::long_ || k.hair == Hair::bob) {
        const float drop = k.hair == Hair::long_ ? 1.9F : 0.95F;
        for (const float s : {0.62F, 0.0F, -0.62F})
            f.add(h + Vec3{-r * 0.35F, r * 0.1F, s * r}, r * 0.48F,
                  h + Vec3{-r * 0.45F, -r * drop, s * r * 0.95F}, r * 0.34F, c);
    }
    if (k.hair == Hair::ponytail)
        f.add(h + Vec3{-r * 0.95F, r * 0.45F, 0}, r * 0.30F, h + Vec3{-r * 1.35F, -r * 0.9F, 0},
              r * 0.14F, c);
    if (k.hair == Hair::bun) f.ball(h + Vec3{-r * 0.45F, r * 1.0F, 0}, r * 0.42F, c);
    if (k.hair == Hair::curls) {
        for (int i = 0; i < 9; ++i) {
            const float a = float(i) * 2.0F * kPi / 9.0F;
            f.ball(h + Vec3{-r * 0.2F + 0.25F * r * std::cos(a * 2),
                            r * (0.45F + 0.45F * std::sin(a)), r * 0.95F * std::cos(a)},
                   r * 0.45F, c);
        }
    }
}

void draw_hat(Figure& f, const BipedLook& k, Vec3 h, float r) {
    const Vec3 c = k.hat_color, top = h + Vec3{0, r * 0.62F, 0};
    auto brim = [&](float y, float out, float thick, Vec3 color) {
        for (int i = 0; i < 10; ++i) {
            const float a0 = float(i) * 0.2F * kPi, a1 = float(i + 1) * 0.2F * kPi;
            f.add(h + Vec3{out * r * std::cos(a0), y * r, out * r * std::sin(a0)}, thick * r,
                  h + Vec3{out * r * std::cos(a1), y * r, out * r * std::sin(a1)}, thick * r,
                  color);
        }
    };
    switch (k.hat) {
        case Hat::none:
            break;
        case Hat::helmet: {
            f.ball(h, r * 1.28F, c).shine = 0.6F;
            auto& visor =
                f.add(h + Vec3{r * 0.42F, r * 0.10F, r * 0.32F}, r * 0.98F,
                      h + Vec3{r * 0.42F, r * 0.10F, -r * 0.32F}, r * 0.98F, srgb(0xd98a2b) * 0.8F);
            visor.shine = 1.8F;
            break;
        }
        case Hat::chef:
            f.add(top, r * 0.80F, top + Vec3{0, r * 0.35F, 0}, r * 0.80F, {0.86F, 0.86F, 0.85F});
            for (int i = 0; i < 5; ++i)
                f.ball(top + Vec3{r * 0.5F * std::cos(float(i) * 1.256F), r * 0.95F,
                                  r * 0.5F * std::sin(float(i) * 1.256F)},
                       r * 0.58F, {0.9F, 0.9F, 0.89F});
            break;
        case Hat::crown:
            brim(0.66F, 0.70F, 0.17F, c);
            for (int i = 0; i < 8; ++i)
                f.add(h + Vec3{0.72F * r * std::cos(float(i) * 0.785F), r * 0.78F,
                               0.72F * r * std::sin(float(i) * 0.785F)},
                      r * 0.13F,
                      h + Vec3{0.80F * r * std::cos(float(i) * 0.785F), r * 1.22F,
                               0.80F * r * std::sin(float(i) * 0.785F)},
                      r * 0.07F, c)
                    .shine = 0.9F;
            break;
        case Hat::hard_hat:
            f.ball(h + Vec3{0, r * 0.38F, 0}, r * 0.98F, c).shine = 0.5F,
                                                         brim(0.42F, 1.0F, 0.10F, c);
            break;
        case Hat::cap:
            f.ball(h + Vec3{-r * 0.05F, r * 0.36F, 0}, r * 0.92F, c),
                f.add(h + Vec3{r * 0.7F, r * 0.42F, r * 0.3F}, r * 0.16F,
                      h + Vec3{r * 1.25F, r * 0.40F, 0}, r * 0.14F, c * 0.9F);
            break;
        case Hat::straw:
            f.ball(h + Vec3{0, r * 0.45F, 0}, r * 0.80F, c), brim(0.48F, 1.25F, 0.20F, c),
                brim(0.5F, 0.95F, 0.24F, c);
            break;
        case Hat::top_hat:
            f.add(top, r * 0.62F, top + Vec3{0, r * 1.1F, 0}, r * 0.66F, c),
                brim(0.55F, 0.98F, 0.12F, c);
            break;
        case Hat::wizard:
        case Hat::pointed:
            f.add(top, r * 0.80F, top + Vec3{-r * 0.35F, r * 1.75F, 0}, r * 0.06F, c);
            if (k.hat == Hat::wizard) brim(0.5F, 1.15F, 0.15F, c);
            break;
        case Hat::santa:
            f.add(top, r * 0.80F, top + Vec3{-r * 0.9F, r * 0.8F, 0}, r * 0.18F, c),
                brim(0.5F, 0.80F, 0.22F, {0.9F, 0.9F, 0.9F}),
                f.ball(top + Vec3{-r * 1.05F, r * 0.7F, 0}, r * 0.26F, {0.9F, 0.9F, 0.9F});
            break;
        case Hat::cowboy:
            f.add(h + Vec3{-r * 0.2F, r * 0.85F, 0}, r * 0.56F, h + Vec3{r * 0.25F, r * 0.85F, 0},
                  r * 0.5F, c),
                brim(0.52F, 1.15F, 0.14F, c), brim(0.52F, 0.85F, 0.2F, c * 0.9F);
            break;
        case Hat::beret:
            f.add(h + Vec3{0, r * 0.72F, r * 0.3F}, r * 0.62F,
                  h + Vec3{-r * 0.2F, r * 0.72F, -r * 0.45F}, r * 0.5F, c);
            break;
        case Hat::police:
            f.ball(h + Vec3{0, r * 0.52F, 0}, r * 0.88F, c), brim(0.80F, 0.72F, 0.28F, c),
                f.add(h + Vec3{r * 0.85F, r * 0.42F, r * 0.3F}, r * 0.12F,
                      h + Vec3{r * 0.85F, r * 0.42F, -r * 0.3F}, r * 0.12F, srgb(0x101418))
                    .shine = 0.9F,
     f.ball(h + Vec3{r * 0.92F, r * 0.80F, 0}, r * 0.14F, srgb(0xf0c840)).shine = 1.0F;
            break;
        case Hat::knight:
            f.ball(h + Vec3{-r * 0.05F, r * 0.12F, 0}, r * 1.10F, c)
                .shine = 0.9F,
              f.add(h + Vec3{-r * 0.2F, r * 1.2F, 0}, r * 0.18F, h + Vec3{-r * 0.9F, r * 0.9F, 0},
                    r * 0.26F, srgb(0xc8302a));
            break;
        case Hat::nurse:
            f.add(h + Vec3{r * 0.35F, r * 0.95F, r * 0.3F}, r * 0.2F,
                  h + Vec3{r * 0.35F, r * 0.95F, -r * 0.3F}, r * 0.2F, {0.92F, 0.92F, 0.94F});
            break;
        case Hat::headband:
            f.ball(h + Vec3{-r * 0.08F, r * 0.22F, 0}, r * 1.04F, c);
            break;
        case Hat::antenna:
            for (const float s : {0.4F, -0.4F})
                f.add(h + Vec3{0, r * 0.8F, s * r}, r * 0.06F, h + Vec3{0, r * 1.45F, s * r * 1.4F},
                      r * 0.05F, c * 0.7F),
                    f.ball(h + Vec3{0, r * 1.5F, s * r * 1.42F}, r * 0.15F, c).glow = 0.6F;
            break;
        case Hat::veil:
            f.add(h + Vec3{-r * 0.3F, r * 0.5F, 0}, r * 0.85F, h + Vec3{-r * 0.9F, -r * 2.6F, 0},
                  r * 1.1F, {0.85F, 0.85F, 0.87F});
            break;
    }
}

void draw_props(Figure& f, const Pose& p, Vec3 near, Vec3 far) {
    const Vec3 middle = (near + far) * 0.5F;
    if (p.book) {
        f.add(middle + Vec3{0.03F, 0.03F, 0.01F}, 0.012F, middle + Vec3{0.06F, 0.05F, 0.10F},
              0.045F, {0.9F, 0.88F, 0.8F});
        f.add(middle + Vec3{0.03F, 0.03F, -0.01F}, 0.012F, middle + Vec3{0.06F, 0.05F, -0.10F},
              0.045F, {0.9F, 0.88F, 0.8F});
        f.add(middle + Vec3{0.04F, 0.0F, 0.09F}, 0.03F, middle + Vec3{0.04F, 0.0F, -0.09F}, 0.03F,
              srgb(0xa83a30));
    }
    if (p.pan) {
        f.add(far + Vec3{0.0F, 0.0F, 0}, 0.014F, far + Vec3{0.10F, -0.03F, -0.05F}, 0.014F,
              srgb(0x30303a));
        for (int i = 0; i < 8; ++i) {
            const float a0 = float(i) * kPi / 4, a1 = float(i + 1) * kPi / 4;
            const Vec3 c = far + Vec3{0.15F, -0.035F, -0.09F};
            f.add(c + Vec3{0.085F * std::cos(a0), 0, 0.085F * std::sin(a0)}, 0.022F,
                  c + Vec3{0.085F * std::cos(a1), 0, 0.085F * std::sin(a1)}, 0.022F, srgb(0x3a3c46))
                .shine = 0.6F;
        }
        f.ball(far + Vec3{0.15F, -0.045F, -0.09F}, 0.06F, srgb(0xf0b040));
        f.add(near, 0.012F, near + Vec3{0.03F, -0.10F, 0}, 0.016F, srgb(0xc89a5a));
    }
    if (p.guitar) {
        f.ball({0.13F, 0.44F, -0.07F}, 0.105F, srgb(0xb8622a)).shine = 0.5F;
        f.ball({0.13F, 0.50F, 0.02F}, 0.080F, srgb(0xb8622a)).shine = 0.5F;
        f.ball({0.215F, 0.465F, -0.045F}, 0.035F, srgb(0x2a1810));
        f.add({0.17F, 0.52F, 0.06F}, 0.018F, {0.16F, 0.66F, 0.30F}, 0.018F, srgb(0x5a3420));
        f.ball({0.16F, 0.67F, 0.32F}, 0.030F, srgb(0x5a3420));
    }
    if (p.bite) f.ball(near + Vec3{0.03F, 0.03F, 0}, 0.038F, srgb(0xe8a030));
}

}  // namespace

Figure make_biped(std::string_view role, const Gait& gait, const std::optional<Rgb>& color) {
    const BipedLook k = look_of(role, gait.seed, color);
    Pose p = pose_of(gait);
    Figure f;
    f.bones.reserve(96);
    f.yaw = p.yaw, f.roll = p.roll, f.lift = p.lift;
    const float thick = (k.suit ? 1.32F : k.robot ? 1.1F : k.skeleton ? 0.55F : 1.0F);
    const Vec3 hip{0, p.hip, p.sway}, chest{p.lean, p.hip + 0.21F, p.sway * 0.4F};
    const float r = 0.128F * k.head;
    const Vec3 head{p.lean * 1.5F + 0.01F, chest.y + 0.07F + r * 0.98F, p.sway * 0.2F};
    const float shine = k.armor || k.robot ? 0.9F : k.suit ? 0.3F : 0.06F;

    for (int i = 0; i < 2; ++i) {
        const float s = i == 0 ? 1.0F : -1.0F;
        const Vec3 socket = hip + Vec3{0, 0, 0.058F * s * k.stout};
        Vec3 foot = p.foot[i];
        const Vec3 knee = bend_joint(socket, foot, 0.205F, 0.20F, {1, 0.1F, 0.25F * s});
        f.add(socket, 0.062F * thick, knee, 0.048F * thick, k.bottom).shine = shine;
        f.add(knee, 0.048F * thick, foot + Vec3{0, 0.02F, 0}, 0.038F * thick, k.bottom).shine =
            shine;
        f.add(foot + Vec3{-0.012F, 0.004F, 0}, 0.040F * thick,
              foot + Vec3{0.075F, -0.002F, 0.01F * s}, 0.036F * thick, k.shoes)
            .shine = 0.4F;
        if (k.robot) f.ball(knee, 0.056F, k.shoes).shine = 0.9F;
    }
    auto& body =
        f.add(hip + Vec3{0, 0.01F, 0}, 0.092F * thick * k.stout, chest, 0.105F * thick, k.top);
    body.shine = shine;
    f.add(chest + Vec3{0, 0.0F, 0.05F}, 0.075F * thick, chest + Vec3{0, 0, -0.05F}, 0.075F * thick,
          k.top)
        .shine = shine;
    f.add(hip + Vec3{0, -0.012F, 0.035F}, 0.080F * thick * k.stout, hip + Vec3{0, -0.012F, -0.035F},
          0.080F * thick * k.stout, k.robe ? k.top : k.bottom)
        .shine = shine;
    if (k.skirt || k.robe) {
        const float hem = k.robe ? 0.08F : 0.24F, wide = k.robe ? 0.135F : 0.165F;
        f.add(hip + Vec3{0, 0.03F, 0}, 0.085F, {hip.x - 0.01F, hem, hip.z}, wide,
              k.skirt && !k.robe ? k.bottom : k.top);
    }
    if (k.apron)
        f.add(chest + Vec3{0.055F, -0.04F, 0}, 0.066F, hip + Vec3{0.055F, -0.06F, 0}, 0.080F,
              k.extra);
    if (k.tie)
        f.add(chest + Vec3{0.098F, 0.02F, 0}, 0.018F, hip + Vec3{0.088F, 0.06F, 0}, 0.022F,
              srgb(0xb82a30));
    if (k.backpack)
        f.add(chest + Vec3{-0.135F, 0.01F, 0}, 0.085F, hip + Vec3{-0.125F, 0.04F, 0}, 0.085F,
              k.extra);
    if (k.cape) {
        for (const float s : {0.08F, 0.0F, -0.08F})
            f.add(chest + Vec3{-0.075F, 0.04F, s}, 0.05F,
                  Vec3{hip.x - 0.18F - p.lean, 0.16F, s * 1.7F}, 0.07F, k.extra);
    }
    if (k.wings) {
        const float beat = 0.25F * std::sin(gait.seconds * 30.0F);
        for (const float s : {1.0F, -1.0F}) {
            f.add(chest + Vec3{-0.09F, 0.02F, 0.04F * s}, 0.03F,
                  chest + Vec3{-0.20F, 0.20F + beat * 0.2F, (0.28F + beat) * s}, 0.09F,
                  srgb(0xd8ecff))
                .glow = 0.25F;
            f.add(chest + Vec3{-0.09F, -0.02F, 0.04F * s}, 0.03F,
                  chest + Vec3{-0.16F, -0.10F, (0.20F + beat) * s}, 0.07F, srgb(0xe8d8ff))
                .glow = 0.25F;
        }
    }
    if (k.robot) f.ball(chest + Vec3{0.085F, -0.05F, 0}, 0.04F, srgb(0x50e0ff)).glow = 0.9F;

    Vec3 hands[2];
    for (int i = 0; i < 2; ++i) {
        const float s = i == 0 ? 1.0F : -1.0F;
        const Vec3 shoulder = chest + Vec3{0, 0.02F, 0.125F * s * (k.suit ? 1.12F : 1.0F)};
        Vec3 hand = p.hand[i] + Vec3{p.lean, p.hip - 0.42F, 0};
        const Vec3 elbow = bend_joint(shoulder, hand, 0.150F, 0.145F, {-0.7F, -0.45F, 0.55F * s});
        f.add(shoulder, 0.048F * thick, elbow, 0.040F * thick, k.top).shine = shine;
        f.add(elbow, 0.039F * thick, hand, 0.032F * thick, k.top).shine = shine;
        f.ball(hand, 0.043F * (k.suit ? 1.15F : 1.0F),
               k.suit    ? k.extra
               : k.robot ? k.shoes
                         : k.skin)
            .shine = 0.12F;
        hands[i] = hand;
    }
    if (k.cane && !p.book && !p.pan && !p.guitar)
        f.add(hands[1] + Vec3{0.02F, 0.03F, 0}, 0.014F, {hands[1].x + 0.06F, 0.02F, hands[1].z},
              0.013F, srgb(0x6a4526));
    draw_props(f, p, hands[1], hands[0]);
    if (p.ball && gait.ball) {
        const float out =
            smooth(0.55F, 1.0F, fraction(gait.cycle)) + smooth(0.12F, 0.0F, fraction(gait.cycle));
        f.ball({0.28F + 0.35F * clamp01(out), 0.075F + 0.12F * out * (1.0F - out), 0.06F}, 0.075F,
               {0.85F, 0.85F, 0.86F})
            .stripes = 0;
    }

    f.add(chest + Vec3{0, 0.04F, 0}, 0.045F, head, 0.05F, k.skin * 0.9F);
    if (k.robot) {
        f.add(head + Vec3{0, 0, r * 0.35F}, r * 0.92F, head + Vec3{0, 0, -r * 0.35F}, r * 0.92F,
              k.skin)
            .shine = 0.9F;
    } else {
        f.ball(head, r, k.skin).shine = 0.10F;
        f.add(head + Vec3{r * 0.08F, -r * 0.25F, r * 0.2F}, r * 0.82F,
              head + Vec3{r * 0.08F, -r * 0.25F, -r * 0.2F}, r * 0.82F, k.skin)
            .shine = 0.10F;
        for (const float s : {1.0F, -1.0F})
            f.ball(head + Vec3{-r * 0.05F, -r * 0.05F, s * r * 0.98F}, r * 0.20F, k.skin * 0.95F);
    }
    draw_hair(f, k, head, r);
    if (k.hat != Hat::helmet) draw_face(f, k, p, head, r, gait.seconds);
    draw_hat(f, k, head, r);
    f.seat = p.seat;
    if (gait.motion == Motion::sit && !gait.carried) {  // A stool.
        f.add({-0.02F, 0.115F, 0.07F}, 0.075F, {-0.02F, 0.115F, -0.07F}, 0.075F, srgb(0x8a5a34));
        f.add({-0.02F, 0.05F, 0.06F}, 0.05F, {-0.02F, 0.05F, -0.06F}, 0.05F, srgb(0x6a4426));
    }
    return f;
}

}  // namespace kinora::engines::storyboard
