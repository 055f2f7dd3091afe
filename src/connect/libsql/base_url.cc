#include "connect/libsql/base_url.h"

#include <string>

#include "base/text.h"

namespace tidemark {
namespace {

/// Empty where it is not plain: a user, a query and the like have no place in such a URL.
std::string host_in(std::string_view url) {
  std::size_t start = url.find("://");
  if (start == std::string_view::npos) return {};
  std::string_view rest = url.substr(start + 3);
  std::string host = lower(rest.substr(0, rest.find_first_of(":/")));
  bool plain = host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == host.npos;
  return plain ? host : "";
}

std::string_view domain_of(std::string_view host) {
  std::size_t dot = host.rfind('.');
  if (dot != std::string_view::npos && dot > 0) dot = host.rfind('.', dot - 1);
  return dot == std::string_view::npos ? host : host.substr(dot + 1);
}

bool is_address(std::string_view host) {
  return host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

bool may_follow(std::string_view from, std::string_view to) {
  std::string old = host_in(from), now = host_in(to);
  bool safe = to.starts_with("https://");
  if (old.empty() || now.empty() || (from.starts_with("https://") && !safe)) return false;
  if (old == now) return true;
  bool named = now.find('.') != std::string::npos && !is_address(now);
  return safe && named && domain_of(old) == domain_of(now);
}

}  // namespace tidemark
