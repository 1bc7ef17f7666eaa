// layers/quadruped.cpp: the animal puppet, for kinds that the pack shows only as heads.
#include "engines/storyboard/layers/figure.hpp"

namespace kinora::engines::storyboard {
namespace {

struct Coat {
    Vec3 body, belly, legs, face;
    float leg = 0.36F;     // Length of the legs, units.
    float girth = 0.17F;   // Radius of the body.
    float length = 0.50F;  // From hip to shoulder.
    float neck = 0.14F, head = 0.155F, snout = 0.07F, snout_out = 0.14F;
    float ear = 0.06F, ear_up = 0.10F;  // Round when `ear_up` is small.
    float tail = 0.30F, tail_r = 0.04F, tail_tip = 0.03F;
    float thick = 1.0F;  // Of the legs.
    float stripes = 0;
    bool mane = false, mask = false, patches = false, hop = false;
    Vec3 tip{};  // Colour of the tail's tip; black: as the body.
};

// Whether one of the words of `kind` is `word`: a fox is no ox.
bool is(std::string_view kind, std::string_view word) {
    for (std::size_t at = kind.find(word); at != std::string_view::npos;
         at = kind.find(word, at + 1)) {
        const bool starts = at == 0 || kind[at - 1] == '-' || kind[at - 1] == ' ';
        const auto end = at + word.size();
        if (starts && (end == kind.size() || kind[end] == '-' || kind[end] == ' ')) return true;
    }
    return false;
}

Coat coat_of(std::string_view kind) {
    Coat c;
    c.body = srgb(0xb07a44), c.belly = srgb(0xd9b48a);
    if (is(kind, "bear")) {
        c.body = is(kind, "polar") ? srgb(0xf2f0ea) : srgb(0x7a4e2c),
        c.belly = is(kind, "polar") ? srgb(0xe2dfd6) : srgb(0x9a6a42);
        c.leg = 0.30F, c.girth = 0.22F, c.head = 0.175F, c.snout = 0.085F, c.ear = 0.058F,
        c.ear_up = 0.02F, c.tail = 0.06F, c.thick = 1.5F;
    }
    if (is(kind, "panda") && !is(kind, "red")) {
        c.body = srgb(0xf4f2ee), c.belly = srgb(0xe6e2dc), c.legs = srgb(0x1c1c22), c.leg = 0.28F,
        c.girth = 0.23F, c.head = 0.19F, c.snout = 0.07F, c.snout_out = 0.11F;
        c.ear = 0.062F, c.ear_up = 0.02F, c.tail = 0.05F, c.thick = 1.5F, c.patches = true;
    }
    if (is(kind, "koala"))
        c.body = srgb(0x9a9ca6), c.belly = srgb(0xd2d4da), c.leg = 0.22F, c.girth = 0.20F,
        c.head = 0.20F, c.ear = 0.10F, c.ear_up = 0.0F, c.tail = 0.02F, c.thick = 1.3F,
        c.snout = 0.06F;
    if (is(kind, "lion"))
        c.body = srgb(0xd89a44), c.belly = srgb(0xf0d0a0), c.leg = 0.36F, c.girth = 0.165F,
        c.mane = !is(kind, "lioness"), c.head = 0.165F, c.ear_up = 0.03F, c.tail = 0.5F,
        c.tail_r = 0.022F, c.tail_tip = 0.05F, c.tip = srgb(0x6a3a1c), c.thick = 1.15F,
        c.snout = 0.085F;
    if (is(kind, "tiger"))
        c.body = srgb(0xe8862c), c.belly = srgb(0xf8ead0), c.leg = 0.34F, c.stripes = 26,
        c.head = 0.165F, c.ear_up = 0.03F, c.tail = 0.5F, c.tail_r = 0.03F, c.thick = 1.2F;
    if (is(kind, "leopard") || is(kind, "cheetah") || is(kind, "jaguar"))
        c.body = srgb(0xe6b04e), c.belly = srgb(0xf6e6c4), c.stripes = 34, c.leg = 0.38F,
        c.girth = 0.15F, c.head = 0.135F, c.ear_up = 0.03F, c.tail = 0.5F, c.tail_r = 0.026F;
    if (is(kind, "panther"))
        c.body = srgb(0x24242c), c.belly = srgb(0x3a3a44), c.leg = 0.36F, c.girth = 0.15F,
        c.tail = 0.5F, c.tail_r = 0.03F, c.ear_up = 0.03F;
    if (is(kind, "wolf") || is(kind, "coyote") || is(kind, "husky"))
        c.body = srgb(0x7c8088), c.belly = srgb(0xd8d8dc), c.leg = 0.42F, c.girth = 0.145F,
        c.neck = 0.17F, c.snout = 0.062F, c.snout_out = 0.19F, c.ear_up = 0.11F, c.tail = 0.36F,
        c.tail_r = 0.055F, c.tail_tip = 0.04F;
    if (is(kind, "fox"))
        c.body = srgb(0xe0702a), c.belly = srgb(0xf8f0e4), c.legs = srgb(0x3a2420), c.leg = 0.36F,
        c.girth = 0.13F, c.snout = 0.052F, c.snout_out = 0.18F, c.ear_up = 0.13F, c.ear = 0.062F,
        c.tail = 0.46F, c.tail_r = 0.075F, c.tail_tip = 0.055F, c.tip = srgb(0xf8f4ec);
    if (is(kind, "raccoon") || is(kind, "red-panda"))
        c.body = is(kind, "red") ? srgb(0xb8522a) : srgb(0x85868c), c.belly = srgb(0xc8c8cc),
        c.leg = 0.26F, c.girth = 0.18F, c.mask = true, c.snout_out = 0.16F, c.ear_up = 0.05F,
        c.tail = 0.42F, c.tail_r = 0.07F, c.tail_tip = 0.05F, c.stripes = 0,
        c.legs = srgb(0x2c2c34);
    if (is(kind, "frog") || is(kind, "toad"))
        c.body = srgb(0x5aa83a), c.belly = srgb(0xd8e8a0), c.leg = 0.15F, c.girth = 0.22F,
        c.length = 0.30F, c.head = 0.22F, c.neck = 0.03F, c.snout = 0.12F, c.snout_out = 0.08F,
        c.ear = 0.075F, c.ear_up = 0.0F, c.tail = 0, c.hop = true;
    if (is(kind, "hamster") || is(kind, "guinea") || is(kind, "mouse") || is(kind, "rat") ||
        is(kind, "gerbil"))
        c.body = srgb(0xe0a458), c.belly = srgb(0xfaf0e0), c.leg = 0.14F, c.girth = 0.24F,
        c.length = 0.34F, c.head = 0.22F, c.neck = 0.04F, c.ear_up = 0.03F, c.tail = 0.02F,
        c.snout = 0.07F, c.snout_out = 0.16F;
    if (is(kind, "rabbit") || is(kind, "bunny") || is(kind, "hare"))
        c.body = srgb(0xe8e2da), c.belly = srgb(0xffffff), c.leg = 0.16F, c.girth = 0.18F,
        c.length = 0.30F, c.head = 0.16F, c.neck = 0.09F, c.ear = 0.05F, c.ear_up = 0.30F,
        c.tail = 0.06F, c.tail_r = 0.06F, c.tail_tip = 0.06F, c.hop = true;
    if (is(kind, "dog") || is(kind, "puppy") || is(kind, "retriever"))
        c.body = srgb(0xd8a058), c.belly = srgb(0xf4e0bc), c.leg = 0.36F, c.girth = 0.15F,
        c.ear = 0.06F, c.ear_up = -0.12F, c.tail = 0.32F, c.tail_r = 0.04F, c.snout = 0.07F,
        c.snout_out = 0.17F;
    if (is(kind, "cat") || is(kind, "kitten"))
        c.body = srgb(0xe09a48), c.belly = srgb(0xf8ead4), c.stripes = 22, c.leg = 0.32F,
        c.girth = 0.14F, c.head = 0.16F, c.snout = 0.05F, c.snout_out = 0.13F, c.ear_up = 0.10F,
        c.tail = 0.48F, c.tail_r = 0.035F;
    if (is(kind, "horse") || is(kind, "pony") || is(kind, "unicorn") || is(kind, "donkey"))
        c.body = is(kind, "unicorn") ? srgb(0xf6f2fa) : srgb(0x8a5430), c.belly = c.body,
        c.leg = 0.48F, c.girth = 0.145F, c.neck = 0.26F, c.head = 0.10F, c.snout = 0.072F,
        c.snout_out = 0.2F, c.ear = 0.03F, c.ear_up = 0.08F, c.tail = 0.4F, c.tail_r = 0.04F,
        c.tail_tip = 0.05F;
    if (is(kind, "cow") || is(kind, "bull") || is(kind, "ox"))
        c.body = srgb(0xf0ece6), c.belly = srgb(0xe2ccc0), c.leg = 0.34F, c.girth = 0.20F,
        c.neck = 0.12F, c.snout = 0.10F, c.snout_out = 0.15F, c.ear_up = -0.02F, c.tail = 0.36F,
        c.tail_r = 0.02F, c.tail_tip = 0.04F, c.patches = true;
    if (is(kind, "pig"))
        c.body = srgb(0xf0a8a8), c.belly = srgb(0xf8c4c0), c.leg = 0.20F, c.girth = 0.22F,
        c.snout = 0.085F, c.snout_out = 0.16F, c.neck = 0.06F, c.ear_up = 0.06F, c.tail = 0.1F,
        c.tail_r = 0.015F;
    if (is(kind, "monkey") || is(kind, "chimp"))
        c.body = srgb(0x8a5a34), c.belly = srgb(0xe0b88a), c.leg = 0.32F, c.girth = 0.15F,
        c.face = srgb(0xe8c09a), c.head = 0.17F, c.ear = 0.075F, c.ear_up = -0.01F, c.tail = 0.5F,
        c.tail_r = 0.025F, c.snout = 0.09F, c.snout_out = 0.1F;
    if (luminance(c.legs) <= 0) c.legs = c.body * 0.96F;
    return c;
}

// `pitch` lifts the snout, as in a howl.
void add_head(Figure& f, const Coat& c, Vec3 h, float turn, float pitch, float seconds) {
    const float r = c.head;
    auto around = [&](float side, float height, float out) {
        const float yaw = side + turn, up = height + pitch;
        return h + Vec3{std::cos(yaw) * std::cos(up), std::sin(up), std::sin(yaw) * std::cos(up)} *
                       (r * out);
    };
    if (c.mane) {
        for (int i = 0; i < 12; ++i) {
            const float a = float(i) * kPi / 6.0F;
            f.ball(h + Vec3{-0.35F * r, 1.02F * r * std::sin(a), 1.02F * r * std::cos(a)},
                   r * 0.62F, i % 2 != 0 ? srgb(0x8a4a1c) : srgb(0x9c5722))
                .shine = 0.02F;
        }
        f.add(h + Vec3{-r * 0.6F, 0, 0}, r * 1.15F, h + Vec3{-r * 1.3F, -r * 0.9F, 0}, r * 0.95F,
              srgb(0x8a4a1c))
            .shine = 0.02F;
    }
    auto& skull = f.ball(h, r, c.body);
    skull.belly = c.belly, skull.belly_amount = 0.75F;
    const float out = c.snout_out / r;
    auto& snout = f.add(around(0, -0.32F, 0.60F), c.snout * 1.15F, around(0, -0.36F, out + 0.40F),
                        c.snout * 0.82F, luminance(c.face) > 0 ? c.face : c.belly);
    snout.shine = 0.05F;
    auto& nose = f.add(around(0.13F, -0.20F, out + 0.52F + c.snout / r * 0.45F), c.snout * 0.36F,
                       around(-0.13F, -0.20F, out + 0.52F + c.snout / r * 0.45F), c.snout * 0.36F,
                       srgb(0x221a1c));
    nose.shine = 0.9F;
    const float blink = fraction(seconds * 0.27F + 0.2F) > 0.96F ? 0.3F : 1.0F;
    for (const float s : {0.52F, -0.52F}) {
        if (c.patches || c.mask)
            f.add(around(s * 1.08F, 0.10F, 0.84F), r * 0.30F, around(s * 1.25F, -0.10F, 0.80F),
                  r * 0.28F, srgb(0x1c1c22))
                .shine = 0.02F;
        const bool popped = c.hop && c.ear_up == 0.0F;  // A frog's eyes sit on top.
        const Vec3 eye = popped ? around(s * 1.1F, 0.85F, 1.05F) : around(s, 0.24F, 0.94F);
        if (popped)
            f.ball(eye - Vec3{0.01F, 0, 0}, r * 0.34F, c.body),
                f.ball(eye + Vec3{r * 0.10F, r * 0.03F, 0}, r * 0.27F, {0.9F, 0.9F, 0.75F});
        f.add(eye + Vec3{popped ? r * 0.26F : 0.0F, r * 0.05F * blink, 0}, r * 0.125F,
              eye + Vec3{popped ? r * 0.26F : 0.0F, -r * 0.05F * blink, 0}, r * 0.125F,
              {0.012F, 0.01F, 0.012F})
            .shine = 1.5F;
        f.ball(eye + Vec3{r * (popped ? 0.38F : 0.09F), r * 0.10F, r * 0.05F}, r * 0.042F * blink,
               {1, 1, 1});
        if (popped || c.ear <= 0) continue;
        const Vec3 root_at = around(s * 1.75F, 0.80F, 0.86F);
        const Vec3 tip =
            root_at + Vec3{-0.15F * c.ear_up, c.ear_up,
                           (s > 0 ? 1.0F : -1.0F) * std::max(0.02F, 0.25F * std::abs(c.ear_up))};
        const float tip_r = c.ear_up > 0.07F ? c.ear * 0.30F : c.ear * 0.85F;
        const Vec3 ear = c.patches           ? srgb(0x1c1c22)
                         : c.ear_up < -0.05F ? c.body * 0.7F
                                             : c.body * 0.92F;
        f.add(root_at, c.ear, tip, tip_r, ear).shine = 0.02F;
        f.add(root_at + Vec3{c.ear * 0.55F, 0.01F, 0}, c.ear * 0.55F,
              mix(root_at, tip, 0.75F) + Vec3{c.ear * 0.5F, 0, 0}, tip_r * 0.5F,
              mix(c.body, srgb(0xd88a80), 0.5F))
            .shine = 0;
    }
}

}  // namespace

Figure make_quadruped(std::string_view kind, const Gait& g, const std::optional<Rgb>& color) {
    Coat c = coat_of(kind);
    if (color)
        c.body = linear(*color), c.legs = c.body * 0.96F, c.belly = mix(c.belly, c.body, 0.5F);
    Figure f;
    f.bones.reserve(80);
    f.yaw = 1.02F;
    const float turn = g.cycle * 2.0F * kPi;
    const bool gallop = g.motion == Motion::run, moving = gallop || g.motion == Motion::walk;
    const bool sitting = g.motion == Motion::sit, lying = g.motion == Motion::sleep,
               leaping =
                   g.motion == Motion::jump || g.motion == Motion::bounce || (c.hop && moving);
    const bool dancing = g.motion == Motion::dance || g.motion == Motion::play_instrument;
    float bob = moving ? 0.010F * std::cos(2 * turn) : 0.004F * std::sin(g.seconds * 2.5F);
    float pitch = gallop ? 0.10F * std::sin(turn) : 0.0F;
    if (leaping) f.lift = 0.24F * std::max(0.0F, std::sin(turn)), pitch = 0.20F * std::cos(turn);
    if (dancing)
        pitch = 0.05F * std::sin(turn), f.lift = 0.05F * std::abs(std::sin(turn)),
        f.yaw = 0.8F + 0.35F * std::sin(turn * 0.5F);
    if (g.motion == Motion::spin) f.yaw = turn;
    if (g.motion == Motion::swim || g.motion == Motion::float_) bob = 0.02F * std::sin(turn);
    const float height = (lying ? c.girth * 0.9F : c.leg + c.girth * 0.55F) + bob;
    const float half = c.length * 0.5F;
    Vec3 shoulder{half, height + half * pitch + (sitting ? 0.10F : 0.0F), 0},
        hip{-half, height - half * pitch - (sitting ? c.leg * 0.62F : 0.0F), 0};

    for (int i = 0; i < 4; ++i) {
        const bool front = i < 2;
        const float side = i % 2 == 0 ? 1.0F : -1.0F;
        const Vec3 root_at = (front ? shoulder + Vec3{-0.03F, -c.girth * 0.25F, 0}
                                    : hip + Vec3{0.03F, -c.girth * 0.2F, 0}) +
                             Vec3{0, 0, side * c.girth * 0.62F};
        // Walking: one foot after the other; galloping: front and hind pairs.
        const float phase = gallop ? (front ? 0.0F : 0.5F) + (side > 0 ? 0.08F : 0.0F)
                                   : (front ? 0.0F : 0.25F) + (side > 0 ? 0.5F : 0.0F);
        const float at = fraction(g.cycle + phase), reach = gallop ? 0.26F : 0.15F,
                    share = gallop ? 0.45F : 0.62F;
        Vec3 foot{root_at.x, 0.045F, root_at.z};
        if (moving && !c.hop) {
            foot.x +=
                at < share
                    ? reach * (1.0F - 2.0F * at / share)
                    : reach * (-1.0F + 2.0F * smooth(0.0F, 1.0F, (at - share) / (1.0F - share)));
            foot.y += at < share ? 0.0F
                                 : (gallop ? 0.14F : 0.07F) *
                                       std::sin((at - share) / (1.0F - share) * kPi);
        }
        if (leaping)
            foot.x += (front ? 0.12F : -0.14F) * std::max(0.0F, std::sin(turn)),
                foot.y += 0.06F * std::max(0.0F, std::sin(turn));
        if (g.motion == Motion::swim)
            foot.x += 0.10F * std::sin(turn + float(i) * 1.7F), foot.y += 0.06F;
        if (sitting && !front) foot.x += 0.20F;
        if (lying) foot.x += front ? 0.22F : 0.16F;
        if (g.motion == Motion::wave && i == 0)
            foot = root_at + Vec3{0.26F, 0.14F + 0.05F * std::sin(turn * 2), 0};
        if ((g.motion == Motion::fight || g.motion == Motion::kick) && front)
            foot = foot + Vec3{0.14F + 0.08F * std::sin(turn + side),
                               0.16F + 0.08F * std::sin(turn + side), 0};
        const float upper = std::max(0.06F, c.leg * 0.56F);
        const Vec3 knee =
            bend_joint(root_at, foot, upper, upper, front ? Vec3{-1, 0.1F, 0} : Vec3{1, 0.1F, 0});
        const float r = 0.052F * c.thick;
        f.add(root_at, r * 1.6F, knee, r, c.legs), f.add(knee, r, foot, r * 0.85F, c.legs);
        f.add(foot + Vec3{0, 0.0F, 0}, r * 0.95F, foot + Vec3{0.04F, -0.006F, 0}, r * 0.85F,
              mix(c.legs, c.belly, is(kind, "fox") ? 0.0F : 0.25F));
    }
    auto& body = f.add(hip, c.girth, shoulder, c.girth * 0.97F, c.body);
    body.belly = c.stripes > 0 ? srgb(0x2c1a10) : c.belly,
    body.belly_amount = c.stripes > 0 ? 0.85F : 0.8F, body.stripes = c.stripes;
    if (c.stripes > 0)
        f.add(hip + Vec3{0.05F, -c.girth * 0.42F, 0}, c.girth * 0.66F,
              shoulder + Vec3{-0.03F, -c.girth * 0.40F, 0}, c.girth * 0.66F, c.belly);
    if (c.patches) {
        f.add(shoulder + Vec3{0.01F, 0.0F, c.girth * 0.1F}, c.girth * 1.01F,
              shoulder + Vec3{-0.02F, -0.02F, 0}, c.girth * 1.01F, srgb(0x1c1c22));
        if (is(kind, "cow"))
            f.ball(hip + Vec3{0.06F, 0.05F, 0.04F}, c.girth * 0.96F, srgb(0x3a2a24));
    }
    const bool calls = g.motion == Motion::talk;  // Howls, roars or barks.
    const float nod = calls                     ? 0.15F
                      : g.motion == Motion::eat ? -0.75F - 0.12F * std::sin(turn * 2)
                      : lying                   ? -0.55F
                                                : 0.03F * std::sin(g.seconds * 1.9F);
    const Vec3 head =
        shoulder + Vec3{0.10F + c.neck * 0.7F, c.neck + c.girth * 0.55F + nod * 0.30F, 0};
    f.add(shoulder, c.girth * 0.80F, head - Vec3{0.02F, 0.02F, 0}, c.head * 0.72F, c.body);
    const float lifted = calls ? 0.55F + 0.12F * std::sin(turn) : 0.0F;
    add_head(f, c, head, (calls ? -0.25F : -0.42F) + 0.16F * std::sin(g.seconds * 1.3F), lifted,
             g.seconds);
    if (is(kind, "unicorn"))
        f.add(head + Vec3{0.03F, c.head, 0}, 0.028F, head + Vec3{0.10F, c.head + 0.20F, 0}, 0.006F,
              srgb(0xf8d860))
            .glow = 0.4F;
    if (is(kind, "horse") || is(kind, "unicorn") || is(kind, "pony"))
        f.add(head + Vec3{-0.04F, c.head * 0.8F, 0}, 0.05F,
              shoulder + Vec3{-0.02F, c.girth * 1.1F, 0}, 0.05F,
              is(kind, "unicorn") ? srgb(0xd88ae0) : srgb(0x2c1a12));
    if (c.tail > 0) {
        Vec3 at = hip + Vec3{-c.girth * 0.85F, c.girth * 0.35F, 0};
        const float wag =
            (g.motion == Motion::idle || moving ? 0.35F : 0.15F) * std::sin(g.seconds * 7.0F);
        float angle = is(kind, "fox") || is(kind, "wolf") ? 3.5F : 2.5F;
        for (int i = 0; i < 6; ++i) {
            const Vec3 next =
                at + Vec3{std::cos(angle), std::sin(angle), wag * 0.5F} * (c.tail / 6.0F);
            const float r0 = mix(c.tail_r, c.tail_tip, float(i) / 6.0F),
                        r1 = mix(c.tail_r, c.tail_tip, float(i + 1) / 6.0F);
            const bool tip = i >= 4 && luminance(c.tip) > 0, ring = c.mask && i % 2 != 0;
            f.add(at, r0, next, r1, tip ? c.tip : ring ? srgb(0x2c2c34) : c.body);
            at = next, angle -= is(kind, "fox") || is(kind, "wolf") ? 0.06F : 0.18F;
        }
    }
    if (lying) f.lift = -0.01F;
    return f;
}

}  // namespace kinora::engines::storyboard
