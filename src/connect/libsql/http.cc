#include "connect/libsql/http.h"

#include <curl/curl.h>

#include <cstdlib>

#include "base/interruption.h"

namespace tidemark {
namespace {

constexpr long connect_seconds = 10;
constexpr long answer_seconds = 300;        // a rebuild of a large table is one request
constexpr std::size_t largest = 64u << 20;  // bytes; servers stop at 10 MB

std::size_t take(char* data, std::size_t, std::size_t count, void* into) {
  auto* body = static_cast<std::string*>(into);
  if (body->size() + count > largest) return 0;
  body->append(data, count);
  return count;
}

/// The part of a request that comes after its head.
struct Body {
  std::string_view left;
  bool begun = false;

  static std::size_t give(char* into, std::size_t, std::size_t room, void* self) {
    std::string_view& left = static_cast<Body*>(self)->left;
    static_cast<Body*>(self)->begun = true;
    std::size_t count = left.copy(into, room);
    left.remove_prefix(count);
    return count;
  }

  /// A request that failed leaves curl with the wish to begin anew, also the next one's body.
  static int rewind(void* self, curl_off_t, int) {
    return static_cast<Body*>(self)->begun ? CURL_SEEKFUNC_FAIL : CURL_SEEKFUNC_OK;
  }
};

bool never_sent(CURLcode code) {
  return code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT ||
         code == CURLE_SSL_CONNECT_ERROR || code == CURLE_PEER_FAILED_VERIFICATION ||
         code == CURLE_SSL_CACERT_BADFILE || code == CURLE_UNSUPPORTED_PROTOCOL ||
         code == CURLE_URL_MALFORMAT;
}

/// `detail` is the library's own account, where it has one.
std::string words_for(CURLcode code, const std::string& detail) {
  if (code == CURLE_WRITE_ERROR) return "the server's answer is larger than 64 MB";
  if (code == CURLE_PEER_FAILED_VERIFICATION)
    return "the server's certificate is not trusted: " + detail +
           " (SSL_CERT_FILE names a file of the authorities to trust)";
  if (code == CURLE_SSL_CACERT_BADFILE)
    return "the authorities of SSL_CERT_FILE cannot be read: " + detail;
  if (code == CURLE_SEND_FAIL_REWIND || code == CURLE_GOT_NOTHING)
    return "the server closed the connection without an answer";
  return curl_easy_strerror(code);
}

}  // namespace

struct HttpClient::Session {
  CURL* curl = nullptr;
  curl_slist* headers = nullptr;
  char detail[CURL_ERROR_SIZE] = "";
  bool stopped = false;

  /// True once after an interruption: the rollback that follows must be able to run.
  static int stop_now(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto* session = static_cast<Session*>(self);
    if (!interrupted() || session->stopped) return 0;
    session->stopped = true;
    return 1;
  }
};

HttpClient::HttpClient(std::string token) : session_(std::make_unique<Session>()) {
  CURL* curl = session_->curl = curl_easy_init();
  curl_slist*& headers = session_->headers;
  headers = curl_slist_append(headers, "Content-Type: application/json");
  headers = curl_slist_append(headers, "Expect:");
  if (!token.empty())
    headers = curl_slist_append(headers, ("Authorization: Bearer " + token).c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, &Body::give);
  curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, &Body::rewind);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_seconds);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, answer_seconds);
  curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &Session::stop_now);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, session_.get());
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, session_->detail);
  // OpenSSL's own variable, which the library leaves to its callers.
  if (const char* file = std::getenv("SSL_CERT_FILE")) curl_easy_setopt(curl, CURLOPT_CAINFO, file);
}

HttpClient::~HttpClient() {
  curl_slist_free_all(session_->headers);
  curl_easy_cleanup(session_->curl);
}

/// When the connection that it kept is closed before an answer, curl sends a request again
/// by itself, unless it would have to begin anew a body that it cannot: so the body is given
/// out once, and what has none goes over a new connection. Where it cannot connect for that,
/// it says no more than this: whether a body was begun tells that something was sent.
HttpResponse HttpClient::send(const char* method, const std::string& url, const std::string& body) {
  CURL* curl = session_->curl;
  HttpResponse response;
  Body given{body};
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl, CURLOPT_READDATA, &given);
  curl_easy_setopt(curl, CURLOPT_SEEKDATA, &given);
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, body.empty() ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &response.body);
  CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) {
    if (given.begun && code == CURLE_COULDNT_CONNECT) code = CURLE_GOT_NOTHING;
    throw HttpFailure{words_for(code, session_->detail), given.begun || !never_sent(code),
                      code == CURLE_ABORTED_BY_CALLBACK};
  }
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &response.status);
  return response;
}

}  // namespace tidemark
