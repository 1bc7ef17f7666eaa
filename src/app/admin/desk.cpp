#include "app/admin/desk.hpp"

#include "accounts/passwords.hpp"
#include "api/callers.hpp"
#include "api/json_text.hpp"
#include "app/admin/password_line.hpp"

#include <ostream>

namespace kinora::app::admin {

void Desk::print(const boost::json::object& object) {
    terminal_.out << api::to_text(object) << '\n';
}

void Desk::tell_of_more(std::size_t shown, std::int64_t count) {
    if (static_cast<std::int64_t>(shown) >= count) return;
    terminal_.err << "kinora: these are " << shown << " of " << count
                  << "; --limit shows more of them\n";
}

std::string Desk::read_password_hash(const std::string& email) {
    const auto password = read_password_line(terminal_.in, terminal_.err, terminal_.in_descriptor);
    must(accounts::check_password(password, email));
    return accounts::Passwords().hash(password);
}

void Desk::let_servers_notice() {
    terminal_.wait(api::kCallersRemembered);
}

}  // namespace kinora::app::admin
