#include "studio/passes.h"

#include <algorithm>

#include "base/crypto.h"

namespace tidemark::studio {
namespace {

constexpr std::chrono::hours session_life{12};
constexpr std::chrono::hours idle_life{2};
constexpr std::chrono::hours link_life{1};
constexpr std::size_t most_tabs = 64;

}  // namespace

std::string Passes::new_link() {
  std::scoped_lock lock(mutex_);
  std::erase_if(links_, [&](const Link& link) { return now_() - link.since > link_life; });
  links_.push_back({random_secret(), now_()});
  return links_.back().secret;
}

std::optional<Passes::Session> Passes::open(std::string_view link) {
  std::scoped_lock lock(mutex_);
  auto found =
      std::ranges::find_if(links_, [&](const Link& one) { return same_secret(one.secret, link); });
  if (found == links_.end() || now_() - found->since > link_life) return std::nullopt;
  links_.erase(found);
  Session session{random_secret(), random_secret()};
  std::erase_if(sessions_, [&](const Open& one) { return !is_alive(one); });
  sessions_.push_back({session.cookie, {session.token}, now_(), now_()});
  return session;
}

std::optional<Passes::Session> Passes::reopen(std::string_view cookie) {
  std::scoped_lock lock(mutex_);
  Open* found = find(cookie);
  if (!found) return std::nullopt;
  found->used = now_();
  if (found->tokens.size() >= most_tabs) found->tokens.erase(found->tokens.begin());
  found->tokens.push_back(random_secret());
  return Session{found->cookie, found->tokens.back()};
}

bool Passes::lets_in(std::string_view cookie, std::string_view token) {
  std::scoped_lock lock(mutex_);
  Open* session = find(cookie);
  auto is_token = [&](const std::string& one) { return same_secret(one, token); };
  if (!session || std::ranges::none_of(session->tokens, is_token)) return false;
  session->used = now_();
  return true;
}

bool Passes::knows(std::string_view cookie) {
  std::scoped_lock lock(mutex_);
  return find(cookie) != nullptr;
}

bool Passes::is_alive(const Open& session) const {
  return now_() - session.since <= session_life && now_() - session.used <= idle_life;
}

Passes::Open* Passes::find(std::string_view cookie) {
  for (Open& session : sessions_)
    if (same_secret(session.cookie, cookie) && is_alive(session)) return &session;
  return nullptr;
}

}  // namespace tidemark::studio
