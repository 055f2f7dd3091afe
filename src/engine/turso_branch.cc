#include "engine/turso_branch.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <thread>

#include "base/interruption.h"
#include "base/text.h"
#include "connect/connect.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

constexpr int most_looks = 20;  // half a second each: a new database takes a while to answer

std::string setting(const DatabaseUrl& url, std::string_view key) {
  auto found =
      std::ranges::find(url.settings, key, [](const auto& one) -> auto& { return one.first; });
  return found == url.settings.end() ? "" : found->second;
}

/// The scheme and the host of `https://host:port/path`.
std::pair<std::string, std::string> place_of(const DatabaseUrl& url) {
  std::string base = setting(url, "base");
  std::size_t start = base.find("://") + 3;
  return {base.substr(0, start), lower(base.substr(start, base.find('/', start) - start))};
}

std::optional<TursoDatabase> find_database(TursoPlatform& platform, const DatabaseUrl& url) {
  std::string host = place_of(url).second;
  for (TursoDatabase& one : platform.databases())
    if (lower(one.hostname) == host) return std::move(one);
  return std::nullopt;
}

std::string new_name() {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  return fmt::format("tidemark-{}-{}", ::getpid(),
                     std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

}  // namespace

TursoAccount turso_account(const Environment& environment) {
  auto value = [&](const char* name) {
    const std::string* found = environment.find(name);
    return found ? *found : std::string();
  };
  TursoAccount account{.organization = value("TURSO_ORG"), .token = value("TURSO_API_TOKEN")};
  if (account.organization.empty()) account.organization = value("TURSO_ORGANIZATION");
  if (std::string base = value("TURSO_API_BASEURL"); !base.empty()) account.base = base;
  return account;
}

bool is_on_turso(const DatabaseUrl& url, const TursoAccount& account) {
  TursoPlatform platform(account);
  return find_database(platform, url).has_value();
}

TursoBranch::TursoBranch(const DatabaseUrl& of, const TursoAccount& account, WarningSink warn)
    : platform_(account), warn_(std::move(warn)) {
  std::optional<TursoDatabase> source = find_database(platform_, of);
  if (!source)
    throw Error(Fault::failed, fmt::format("the Turso organisation {} has no database at {}",
                                           account.organization, place_of(of).second))
        .hint("check TURSO_ORG and the URL; `turso db list` names the databases");
  try {
    make(of, *source);
  } catch (...) {
    drop();
    throw;
  }
}

TursoBranch::~TursoBranch() { drop(); }

void TursoBranch::make(const DatabaseUrl& of, const TursoDatabase& source) {
  name_ = new_name();  // it may be there even where no answer says so
  TursoDatabase made = platform_.create(name_, source);
  DatabaseUrl url = parse_database_url(place_of(of).first + made.hostname);
  url_ = with_token(std::move(url), platform_.make_token(name_, "1d"));
  wait_until_it_answers();
}

void TursoBranch::wait_until_it_answers() const {
  for (int looks = 1;; ++looks) {
    try {
      connect(url_);
      return;
    } catch (const Error&) {
      if (looks == most_looks || interrupted()) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
}

void TursoBranch::drop() {
  if (name_.empty()) return;
  Uninterrupted tidying;
  try {
    platform_.remove(name_);
  } catch (const Error& error) {
    warn_(fmt::format(
        "the branch {} may be left over: {}; `turso db destroy {}` deletes it, where it is there",
        name_, error.message(), name_));
  }
  name_.clear();
}

}  // namespace tidemark
