#include "apply/catalog_check.h"

#include <fmt/format.h>

#include <vector>

#include "apply/image_repair.h"
#include "base/text.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

constexpr std::size_t shown = 10;

/// "column public.users.name: text, was text NOT NULL".
std::string difference(const std::string& object, const ObjectChange& it) {
  if (!it.after) return object + " is not there";
  if (!it.before)
    return it.after->empty() ? object + " is there"
                             : fmt::format("{} is there: {}", object, *it.after);
  return fmt::format("{} is `{}`, should be `{}`", object, *it.after, *it.before);
}

std::string as_list(const std::vector<std::string>& lines) {
  std::string out;
  for (std::size_t i = 0; i < lines.size() && i < shown; ++i) out += "\n  - " + lines[i];
  if (lines.size() > shown) out += fmt::format("\n  … and {} more", lines.size() - shown);
  return out;
}

class CheckByChanges final : public CatalogCheck {
 public:
  CheckByChanges(std::string tag, ImageChanges changes, Path history, ChangesFrom source)
      : tag_(std::move(tag)),
        changes_(std::move(changes)),
        history_(std::move(history)),
        source_(source) {}

  void before(Connection& database) override {
    before_ = read_image(database, history_);
    if (source_ == ChangesFrom::schemas) return;
    std::vector<std::string> lines;
    for (const auto& [object, change] : changes_) {
      std::optional<std::string> now = in(before_, object);
      if (now != change.after) lines.push_back(difference(object, {change.after, now}));
    }
    if (lines.empty()) return;
    throw Error(Fault::failed, fmt::format("what {} made has been changed since; nothing was "
                                           "rolled back:{}",
                                           tag_, as_list(lines)))
        .hint("undo these changes first: `tidemark drift` shows how");
  }

  std::vector<std::string> after(Connection& database) override {
    const CatalogImage should_be = *goal();
    ImageChanges left = changes_between(should_be, read_image(database, history_));
    std::vector<std::string> repairs;
    if (source_ == ChangesFrom::repaired && database.engine() == Engine::postgresql) {
      repairs = repair_statements(left);
      if (!run_all(database, repairs)) refuse(left);
    }
    if (!repairs.empty()) left = changes_between(should_be, read_image(database, history_));
    if (!left.empty()) refuse(left);
    return repairs;
  }

  std::optional<CatalogImage> goal() const override {
    CatalogImage should_be = before_;
    for (const auto& [object, change] : changes_) {
      if (change.before)
        should_be[object] = *change.before;
      else
        should_be.erase(as_it_is_here(object));
    }
    return should_be;
  }

 private:
  static bool run_all(Connection& database, const std::vector<std::string>& statements) {
    try {
      for (const std::string& statement : statements) database.execute(statement);
      return true;
    } catch (const DatabaseError& error) {
      if (error.connection_lost) throw;
      return false;
    }
  }

  [[noreturn]] void refuse(const ImageChanges& left) const {
    std::vector<std::string> lines;
    for (const auto& [object, change] : left) lines.push_back(difference(object, change));
    throw Error(Fault::failed,
                fmt::format("the way back of {} does not lead to what was there before it; it was "
                            "rolled back, nothing was changed:{}",
                            tag_, as_list(lines)))
        .hint(fmt::format(
            "say what is still to do in .tidemark/down/{}.sql of the migrations folder", tag_));
  }

  static std::optional<std::string> in(const CatalogImage& image, const std::string& object) {
    auto found = image.find(object);
    if (found == image.end()) return std::nullopt;
    return found->second;
  }

  /// A schema may have other words for a column than the database, but not another name.
  const std::string& as_it_is_here(const std::string& object) const {
    std::size_t part = object.find(": ");
    if (source_ != ChangesFrom::schemas || part == std::string::npos || before_.contains(object))
      return object;
    std::string named = object.substr(0, object.find(' ', part + 2) + 1);
    auto found = before_.lower_bound(named);
    return found != before_.end() && found->first.starts_with(named) ? found->first : object;
  }

  std::string tag_;
  ImageChanges changes_;
  Path history_;
  ChangesFrom source_;
  CatalogImage before_;
};

}  // namespace

std::unique_ptr<CatalogCheck> check_by_changes(std::string tag, ImageChanges changes, Path history,
                                               ChangesFrom source) {
  return std::make_unique<CheckByChanges>(std::move(tag), std::move(changes), std::move(history),
                                          source);
}

}  // namespace tidemark
