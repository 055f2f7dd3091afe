#include "seed/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "seed/limits.h"
#include "tidemark/error.h"

namespace tidemark::seed {
namespace {

constexpr std::array<std::pair<std::string_view, Curve>, 3> curves = {
    {{"even", Curve::even}, {"normal", Curve::normal}, {"skewed", Curve::skewed}}};

/// Reads one file, and says where in it something is wrong.
class ProfileReader {
 public:
  explicit ProfileReader(const std::string& file) : file_(file) {}

  Profile read(const json::value& document) {
    Profile out;
    each(document, "the file", {"rows", "tables"},
         [&](std::string_view key, const json::value& it) {
           if (key == "rows")
             out.rows = count(it, "rows");
           else
             each(it, "tables", {}, [&](std::string_view table, const json::value& one) {
               read_table(out, std::string(table), one);
             });
         });
    return out;
  }

 private:
  using Words = std::initializer_list<std::string_view>;

  [[noreturn]] void refuse(const std::string& what, const std::string& hint = "") const {
    throw Error(Fault::failed, fmt::format("{}: {}", file_, what)).hint(hint);
  }

  template <class Use>
  void each(const json::value& value, const std::string& where, Words allowed, Use use) const {
    const json::object* object = value.if_object();
    if (!object) refuse(where + " is no object");
    for (const auto& [key, member] : *object) {
      if (allowed.size() > 0 && std::ranges::find(allowed, std::string_view(key)) == allowed.end())
        refuse(
            fmt::format("{} has no {}", where, std::string_view(key)),
            "there may be " + join(std::vector<std::string>(allowed.begin(), allowed.end()), ", "));
      use(std::string_view(key), member);
    }
  }

  double number(const json::value& value, const std::string& where) const {
    if (!value.is_number()) refuse(where + " is no number");
    return value.to_number<double>();
  }
  std::size_t count(const json::value& value, const std::string& where) const {
    const double rows = number(value, where);
    if (rows < 0 || rows >= 1e9 || rows != std::floor(rows))
      refuse(where + " is no number of rows");
    return static_cast<std::size_t>(rows);
  }

  void read_table(Profile& out, const std::string& table, const json::value& value) const {
    each(value, table, {"rows", "columns"}, [&](std::string_view key, const json::value& it) {
      if (key == "rows")
        out.of[table] = count(it, table + ".rows");
      else
        each(it, table + ".columns", {}, [&](std::string_view column, const json::value& one) {
          out.spreads[table][std::string(column)] =
              read_spread(table + "." + std::string(column), one);
        });
    });
  }

  Spread read_spread(const std::string& where, const json::value& value) const {
    Spread out;
    each(value, where, {"values", "min", "max", "curve", "nulls"},
         [&](std::string_view key, const json::value& it) {
           const std::string member = where + "." + std::string(key);
           if (key == "values")
             out.values = read_values(member, it);
           else if (key == "min")
             out.least = number(it, member);
           else if (key == "max")
             out.most = number(it, member);
           else if (key == "curve")
             out.curve = read_curve(member, it);
           else
             out.nulls = number(it, member);
         });
    if (out.least.has_value() != out.most.has_value() || (out.least && *out.most < *out.least))
      refuse(where + " needs a min and a max that is not below it");
    if (out.nulls && (*out.nulls < 0 || *out.nulls > 1))
      refuse(where + ".nulls is not from 0 to 1");
    return out;
  }

  std::vector<std::pair<std::string, double>> read_values(const std::string& where,
                                                          const json::value& value) const {
    std::vector<std::pair<std::string, double>> out;
    double total = 0;
    each(value, where, {}, [&](std::string_view text, const json::value& weight) {
      out.emplace_back(text, number(weight, where + "." + std::string(text)));
      if (out.back().second < 0) refuse(fmt::format("{}.{} is below 0", where, text));
      total += out.back().second;
    });
    if (total <= 0) refuse(where + " has no value with a weight");
    return out;
  }

  Curve read_curve(const std::string& where, const json::value& value) const {
    const json::string* text = value.if_string();
    for (const auto& [name, curve] : curves)
      if (text && *text == name) return curve;
    refuse(where + " is no curve", "there are even, normal and skewed");
  }

  const std::string& file_;
};

void require_fitting(const std::string& where, const Table& table, const Column& column,
                     const Spread& spread) {
  auto refuse = [&](const std::string& why) { throw Error(Fault::usage, where + ": " + why); };
  const bool refers = std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
    return std::ranges::find(key.columns, column.name) != key.columns.end();
  });
  if (column.generated) refuse("the database computes it");
  if (refers && gives_values(spread)) refuse("its values are those of the table that it refers to");
  if (spread.nulls.value_or(0) > 0 && (column.not_null || column.primary_key))
    refuse("it may not be NULL");
  constexpr std::array numbers = {"numeric", "decimal", "real", "double precision", "float"};
  const std::string type = lower(column.type.text);
  const bool number = is_whole_number(type) || std::ranges::any_of(numbers, [&](const char* name) {
                        return type.starts_with(name);
                      });
  if (spread.least && !number) refuse("min and max are for numbers, and it is " + type);
}

}  // namespace

double rolled(Curve curve, Dice& dice) {
  const double one = dice.unit();
  if (curve == Curve::skewed) return one * one * one;
  if (curve == Curve::even) return one;
  return (one + dice.unit() + dice.unit() + dice.unit()) / 4;
}

bool gives_values(const Spread& spread) { return !spread.values.empty() || spread.least; }

Value value_of(const Spread& spread, bool whole, Dice& dice) {
  if (spread.values.empty()) {
    const double low = *spread.least, high = *spread.most, at = rolled(spread.curve, dice);
    if (whole) return fmt::format("{:.0f}", std::floor(low + at * (high - low + 1)));
    return fmt::format("{:.2f}", low + at * (high - low));
  }
  double total = 0;
  for (const auto& [value, weight] : spread.values) total += weight;
  double left = dice.unit() * total;
  for (const auto& [value, weight] : spread.values)
    if ((left -= weight) < 0) return value;
  return spread.values.back().first;
}

const Spread* Profile::spread(const std::string& table, const std::string& column) const {
  auto columns = spreads.find(table);
  if (columns == spreads.end()) return nullptr;
  auto found = columns->second.find(column);
  return found == columns->second.end() ? nullptr : &found->second;
}

Profile parse_profile(std::string_view text, const std::string& file) {
  return ProfileReader(file).read(parse_json(text, file));
}

void require_known(const Profile& profile, const Catalog& catalog) {
  auto find = [&](const std::string& name) {
    for (const Table& table : catalog.tables)
      if (table.path.name == Name(name)) return &table;
    std::vector<std::string> names;
    for (const Table& table : catalog.tables) names.push_back(table.path.name.text());
    const std::string near = did_you_mean(name, names);
    throw Error(Fault::usage, "there is no table " + name)
        .hint(near.empty() ? "" : "did you mean " + near + "?");
  };
  for (const auto& [name, rows] : profile.of) find(name);
  for (const auto& [name, columns] : profile.spreads) {
    const Table& table = *find(name);
    for (const auto& [column, spread] : columns) {
      const Column* known = table.column(Name(column));
      if (!known) throw Error(Fault::usage, fmt::format("{} has no column {}", name, column));
      require_fitting(name + "." + column, table, *known, spread);
    }
  }
}

}  // namespace tidemark::seed
