// Who may ask. A page of another site can send requests to loopback, and with a name
// that it points there even as its own origin; so every request says who it is for
// and from whom, and is refused where either is not us.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "studio/http.h"

namespace tidemark::studio {

struct Refusal {
  unsigned status;
  std::string reason;

  bool operator==(const Refusal&) const = default;
};

class Guard {
 public:
  /// `host` is what the server listens on; loopback may be called by any of its names.
  Guard(const std::string& host, std::uint16_t port);

  /// Before anything is done with a request.
  std::optional<Refusal> refuse(const HttpRequest& request) const;

 private:
  std::optional<Refusal> refuse_origin(const HttpRequest& request) const;

  std::set<std::string, std::less<>> hosts_;
};

/// Only this machine reaches such an address.
bool is_loopback(const std::string& host);

/// What every answer says to the browser.
std::vector<std::pair<std::string, std::string>> protective_headers();

}  // namespace tidemark::studio
