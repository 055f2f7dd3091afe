// Secrets that let a browser in: a link that works once, a cookie for the browser, a
// token for the tab, a ticket for one download.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::studio {

class Passes {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Passes(std::function<Clock::time_point()> now = &Clock::now) : now_(std::move(now)) {}

  /// The secret of a link. It opens one session.
  std::string new_link();

  struct Session {
    std::string cookie, token;
  };
  /// Empty where the link was used, is old, or never was.
  std::optional<Session> open(std::string_view link);
  /// The same session for a tab that was loaded again: a new token.
  std::optional<Session> reopen(std::string_view cookie);

  /// Each time it does the session lives on; one that nobody uses ends.
  bool lets_in(std::string_view cookie, std::string_view token);
  bool knows(std::string_view cookie);

 private:
  struct Open {
    std::string cookie;
    std::vector<std::string> tokens;
    Clock::time_point since, used;
  };
  struct Link {
    std::string secret;
    Clock::time_point since;
  };
  bool is_alive(const Open& session) const;
  Open* find(std::string_view cookie);

  std::function<Clock::time_point()> now_;
  std::mutex mutex_;
  std::vector<Link> links_;
  std::vector<Open> sessions_;
};

}  // namespace tidemark::studio
