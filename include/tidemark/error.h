// The one exception type, and the places it can point at.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

namespace tidemark {

/// A place in a file of the user's. Lines and columns count from 1; `column`
/// and `length` are in bytes of `line_text`.
struct SourceRange {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 1;
  std::string line_text = {};  // empty when the file could not be read

  bool operator==(const SourceRange&) const = default;
};

/// Where an object was written. Moving a definition inside a file is no change
/// to the database, so two origins always compare equal.
struct Origin {
  std::optional<SourceRange> range = {};  // empty when read from a database
  friend bool operator==(const Origin&, const Origin&) { return true; }
};

/// Why a command ended. The number is the exit code of the program.
enum class Fault : std::uint8_t {
  failed = 1,         // nothing is half done
  usage = 2,          // command line or configuration
  found = 3,          // a check found something
  answer_needed = 4,  // a rename or a loss, and nobody to ask
  locked = 5,         // another migrator holds the lock
  halfway = 6,        // stopped at a statement outside a transaction; resumable
  bug = 70,           // ours: printed with our own location
  interrupted = 130,
};

/// Ends the running command. Carries the user's place, when one is to blame,
/// what was being run, and what to do next.
class Error : public std::exception {
 public:
  Error(Fault fault, std::string message,
        std::source_location raised = std::source_location::current())
      : facts_(std::make_shared<Facts>(Facts{fault, std::move(message), {}, {}, {}, raised})) {}

  /// The line of the user's that caused it.
  Error&& at(SourceRange range) && {
    facts_->range = std::move(range);
    return std::move(*this);
  }
  /// The SQL that was running.
  Error&& running(std::string sql) && {
    facts_->sql = std::move(sql);
    return std::move(*this);
  }
  /// What to do next, as one imperative sentence.
  Error&& hint(std::string text) && {
    facts_->hint = std::move(text);
    return std::move(*this);
  }

  /// The same mistake, where it means something else to who asked.
  Error&& as(Fault fault) && {
    facts_->fault = fault;
    return std::move(*this);
  }
  /// Mistakes that were found beside this one, to be shown with it.
  Error&& and_also(std::vector<Error> others) && {
    facts_->others = std::move(others);
    return std::move(*this);
  }

  const char* what() const noexcept override { return facts_->message.c_str(); }
  Fault fault() const noexcept { return facts_->fault; }
  const std::string& message() const noexcept { return facts_->message; }
  const std::optional<SourceRange>& range() const noexcept { return facts_->range; }
  const std::string& sql() const noexcept { return facts_->sql; }
  const std::string& hint() const noexcept { return facts_->hint; }
  const std::vector<Error>& others() const noexcept { return facts_->others; }
  const std::source_location& raised() const noexcept { return facts_->raised; }

 private:
  struct Facts {
    Fault fault;
    std::string message;
    std::optional<SourceRange> range;
    std::string sql, hint;
    std::source_location raised;
    std::vector<Error> others = {};
  };
  std::shared_ptr<Facts> facts_;  // shared: copying an exception must not throw
};

}  // namespace tidemark
