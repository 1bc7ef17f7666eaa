#include "api/models.hpp"

#include "api/json_text.hpp"
#include "api/page.hpp"
#include "api/status.hpp"
#include "tasks/brief.hpp"
#include "tasks/clip_size.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

// Sizes and length are the service's, whatever engine draws.
json::array aspect_ratios() {
    json::array ratios;
    for (const auto& [name, size] : tasks::kAspectRatios) {
        ratios.push_back(
            json::object{{"id", name}, {"width", size.width}, {"height", size.height}});
    }
    return ratios;
}

json::object features_json(const engines::Features& features) {
    json::array actions{"generate"};
    if (features.extend) actions.push_back("extend");
    return {{"actions", std::move(actions)},
            {"aspect_ratios", aspect_ratios()},
            {"frames", tasks::kClipFrames},
            {"fps", tasks::kClipFps},
            {"duration", double(tasks::kClipFrames) / tasks::kClipFps},
            {"loop", features.loop},
            {"enhancement", features.enhancement},
            {"seed", features.seed},
            {"start_image", features.start_image},
            {"end_image", features.end_image},
            {"shots_max", features.shots_max},
            {"subjects_max", features.subjects_max}};
}

json::object vocabulary_json(const std::vector<engines::Choices>& vocabulary) {
    json::object all;
    for (const auto& choices : vocabulary) {
        json::array items;
        for (const auto& choice : choices.items) {
            items.push_back(json::object{
                {"id", choice.id}, {"title", choice.title}, {"phrase", choice.phrase}});
        }
        all[choices.name] = std::move(items);
    }
    return all;
}

json::object model_json(const engines::Model& model) {
    json::object out{{"id", model.id},
                     {"title", model.title},
                     {"description", model.description},
                     {"features", features_json(model.features)}};
    if (model.thing_count) out["thing_count"] = *model.thing_count;
    out["vocabulary"] = vocabulary_json(model.vocabulary);
    return out;
}

}  // namespace

Models::Models(const std::vector<engines::Model>& models) {
    for (const auto& model : models) models_.push_back(model_json(model));
}

void Models::routes(http::Router& router) {
    router.add({http::Method::get, "/api/v1/models",
                [this](http::Request& request) { return list(request); }, 0, http::Origins::any});
    router.add({http::Method::get, "/api/v1/models/{}",
                [this](http::Request& request) { return get(request); }, 0, http::Origins::any});
}

Async<http::Response> Models::list(http::Request& request) const {
    const auto page = read_page(request.query, {"id", "title"});
    if (!page) co_return to_response(page.error(), request.trace_id);
    auto sorted = models_;
    const auto less = [&](const json::object& one, const json::object& other) {
        const auto &a = one.at(page->ordering).as_string(),
                   &b = other.at(page->ordering).as_string();
        return page->descending ? b < a : a < b;
    };
    std::stable_sort(sorted.begin(), sorted.end(), less);
    json::array items;
    const auto first = std::min<std::size_t>(page->offset, sorted.size());
    const auto last = std::min<std::size_t>(first + page->limit, sorted.size());
    for (auto i = first; i < last; ++i) items.push_back(std::move(sorted[i]));
    co_return http::Response::json_text(
        200, to_text(json::object{{"items", std::move(items)}, {"count", models_.size()}}));
}

Async<http::Response> Models::get(http::Request& request) const {
    const auto& id = request.parameters.front();
    const auto found = std::find_if(models_.begin(), models_.end(), [&](const json::object& model) {
        return model.at("id").as_string() == id;
    });
    if (found == models_.end()) {
        const Error missing(ErrorCode::not_found,
                            "This server has no model with this id; see /api/v1/models/.");
        co_return to_response(missing, request.trace_id);
    }
    co_return http::Response::json_text(200, to_text(*found));
}

}  // namespace kinora::api
