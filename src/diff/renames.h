// Who says whether a new name is a new object or an old one renamed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark {

enum class RenameKind : std::uint8_t {
  schema,
  table,
  column,
  enumeration,
  sequence,
  view,
  role,
  policy,
};
/// The word of `--rename KIND:OLD=NEW` and of questions: "column", "enum".
std::string_view rename_kind_name(RenameKind kind);

/// The names of one kind that came and those that went: of the whole catalog,
/// or for columns and policies of one table.
struct RenameGroup {
  RenameKind kind;
  Path table = {};                     // of columns and policies, by its new path; else empty
  std::vector<Path> created, deleted;  // the schema is empty where the kind has none
  /// Names of both sides, of tables and columns. Nobody is asked about them, but an
  /// answer may say that names were swapped or passed on.
  std::vector<Path> kept = {};
};

/// `after` is what `before` is called now. A table that went to another schema
/// counts as renamed too.
struct RenameDecision {
  RenameKind kind;
  Path table = {};  // as in RenameGroup
  Path before, after;

  bool operator==(const RenameDecision&) const = default;
};
using Renames = std::vector<RenameDecision>;

/// Where a table, or a view, was before the renames and those of schemas.
Path path_before(const Renames& renames, RenameKind kind, Path after);

/// How users write a name of a group: `public.users.name` for a column,
/// `public.users`, `manager`; on SQLite, which has no schemas, `users.name`.
std::string qualified_name(const RenameGroup& group, const Path& path);

/// Decides one group after the other, in the peer's order: schemas, enums,
/// sequences, roles, tables, columns and policies table by table, views.
class RenameResolver {
 public:
  virtual ~RenameResolver() = default;

  /// Pairs some of `created` with some of `deleted`. Called for every group in
  /// which something came or went, also where only one of the lists has names:
  /// then there is nothing to ask, and the answer is empty.
  virtual Renames resolve(const RenameGroup& group) = 0;

  /// All groups were resolved. Throws where an answer that was given served
  /// for nothing.
  virtual void finish() {}
};

/// Every name that came is new: `--rename-none`.
class NoRenames : public RenameResolver {
 public:
  Renames resolve(const RenameGroup&) override { return {}; }
};

/// For runs without a terminal: throws Error(Fault::answer_needed) at the first
/// group that has a question, with a hint that gives the flags.
class NobodyToAsk : public RenameResolver {
 public:
  Renames resolve(const RenameGroup& group) override;
};

/// Answers given beforehand. What they leave open goes to `otherwise`.
///   flags:       `KIND:OLD=NEW`       --rename column:public.users.name=full_name
///   case files:  `OLD->NEW`           public.users.name->public.users.full_name
/// OLD and NEW may be qualified or, where no other name of the group reads the
/// same, bare. finish() throws Error(Fault::usage) naming each answer that fitted
/// nothing, with what it may have meant.
class GivenRenames : public RenameResolver {
 public:
  GivenRenames(std::vector<std::string> answers, RenameResolver& otherwise);

  Renames resolve(const RenameGroup& group) override;
  void finish() override;

 private:
  struct Answer {
    std::string text;
    bool used = false;
  };

  Renames given(const RenameGroup& group);
  /// Takes the answer that says so, if there is one.
  bool take(const RenameGroup& group, const Path& before, const Path& after);

  std::vector<Answer> answers_;
  std::vector<std::string> possible_;  // every answer that would have fitted
  RenameResolver& otherwise_;
};

/// Repeats decisions made before. What has the name that another gets, and is no part of
/// them, was dropped.
class KnownRenames : public RenameResolver {
 public:
  explicit KnownRenames(Renames renames) : renames_(std::move(renames)) {}
  Renames resolve(const RenameGroup& group) override;

 private:
  Renames renames_;
};

/// The same decisions seen from the other side: what undoes them.
Renames inverted(const Renames& renames);

}  // namespace tidemark
