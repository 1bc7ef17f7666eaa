#include "storage/token_rows.hpp"

#include "storage/columns.hpp"
#include "storage/query.hpp"

namespace kinora::storage {

std::vector<FoundToken> find_tokens(Session& session, std::string_view id_or_prefix) {
    const auto found_in = [](const char* is_platform, const char* table, const char* id,
                             const char* prefix) {
        return std::string("SELECT ") + is_platform + ", id, user_id, token_prefix FROM " + table +
               " WHERE id = " + id + " OR token_prefix = " + prefix;
    };
    std::string a(id_or_prefix), b = a, c = a, d = a;
    int is_platform = 0;
    std::string id, user_id, prefix;
    Query query(session, found_in("0", "credentials", ":a", ":b") + " UNION ALL " +
                             found_in("1", "platform_tokens", ":c", ":d"));
    query.out(is_platform).out(id).out(user_id).out(prefix);
    query.in("a", a).in("b", b).in("c", c).in("d", d);
    std::vector<FoundToken> found;
    for (bool more = query.first(); more; more = query.next())
        found.push_back({is_platform != 0, id, id_of<UserId>(user_id), prefix});
    return found;
}

}  // namespace kinora::storage
