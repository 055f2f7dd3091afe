// Which casts PostgreSQL has between its own types (from pg_cast, the same in 11
// to 18). Without a cast on assignment ALTER COLUMN TYPE needs USING.
#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "dialect/postgres/types.h"

namespace tidemark::postgres_dialect {

namespace {

// Types of one family turn into each other on assignment.
enum class Family : std::uint8_t {
  unknown,
  string,
  number,
  boolean,
  date,
  time,
  time_tz,
  timestamp,
  interval,
  json,
  network,
  mac,
  bits,
  vector,
  uuid,
  bytes,
  shape,
  enumeration,
};

struct Member {
  std::string_view name;
  Family family;
};

constexpr std::array members = {
    Member{"text", Family::string},
    Member{"varchar", Family::string},
    Member{"character varying", Family::string},
    Member{"char", Family::string},
    Member{"character", Family::string},
    Member{"bpchar", Family::string},
    Member{"citext", Family::string},
    Member{"smallint", Family::number},
    Member{"integer", Family::number},
    Member{"bigint", Family::number},
    Member{"smallserial", Family::number},
    Member{"serial", Family::number},
    Member{"bigserial", Family::number},
    Member{"numeric", Family::number},
    Member{"decimal", Family::number},
    Member{"real", Family::number},
    Member{"double precision", Family::number},
    Member{"boolean", Family::boolean},
    Member{"date", Family::date},
    Member{"time", Family::time},
    Member{"time without time zone", Family::time},
    Member{"time with time zone", Family::time_tz},
    Member{"timestamp", Family::timestamp},
    Member{"timestamp without time zone", Family::timestamp},
    Member{"timestamp with time zone", Family::timestamp},
    Member{"interval", Family::interval},
    Member{"json", Family::json},
    Member{"jsonb", Family::json},
    Member{"inet", Family::network},
    Member{"cidr", Family::network},
    Member{"macaddr", Family::mac},
    Member{"macaddr8", Family::mac},
    Member{"bit", Family::bits},
    Member{"vector", Family::vector},
    Member{"halfvec", Family::vector},
    Member{"sparsevec", Family::vector},
    Member{"uuid", Family::uuid},
    Member{"bytea", Family::bytes},
    Member{"point", Family::shape},
    Member{"line", Family::shape},
};

Family family_of(std::string_view name) {
  if (name.starts_with("interval")) return Family::interval;
  auto found = std::ranges::find(members, name, &Member::name);
  return found == members.end() ? Family::unknown : found->family;
}

bool one_of(Family family, std::initializer_list<Family> list) {
  return std::ranges::find(list, family) != list.end();
}

bool casts_on_assignment(Family from, std::string_view from_name, Family to) {
  switch (from) {
    case Family::date:
      return to == Family::timestamp;
    case Family::time:
      return one_of(to, {Family::interval, Family::time_tz});
    case Family::time_tz:
    case Family::interval:
      return to == Family::time;
    case Family::timestamp:
      return one_of(to, {Family::date, Family::time}) ||
             (to == Family::time_tz && from_name == "timestamp with time zone");
    default:
      return false;
  }
}

// On request only.
bool casts_explicitly(Family from, std::string_view from_name, Family to,
                      std::string_view to_name) {
  bool whole = from_name == "integer" || from_name == "serial";
  return (whole && one_of(to, {Family::boolean, Family::bits})) ||
         (from == Family::boolean && to_name == "integer") ||
         (from_name == "bigint" && to == Family::bits) ||
         (from == Family::bits && (to_name == "integer" || to_name == "bigint")) ||
         (from_name == "jsonb" && one_of(to, {Family::boolean, Family::number}));
}

Cast between_scalars(Family from, const std::string& from_name, Family to,
                     const std::string& to_name) {
  if (to == Family::string) return Cast::assignment;
  if (from == Family::string) return Cast::explicit_;
  if (from == Family::enumeration || to == Family::enumeration) return Cast::through_text;
  // Every type becomes text, and text every type. Only `money` reads otherwise as text.
  auto plain = [](Family family) {
    return one_of(family, {Family::number, Family::boolean, Family::date, Family::time,
                           Family::time_tz, Family::timestamp, Family::interval, Family::network,
                           Family::mac, Family::bits, Family::bytes, Family::uuid});
  };
  bool custom = (from == Family::unknown && plain(to)) || (plain(from) && to == Family::unknown);
  if (custom && from_name != "money" && to_name != "money") return Cast::through_text;
  // Ranges are cast to nothing but multiranges.
  if (from_name.ends_with("range") != to_name.ends_with("range")) return Cast::through_text;
  if (from == Family::unknown || to == Family::unknown)
    return from_name == to_name ? Cast::assignment : Cast::explicit_;
  if (from == Family::shape || to == Family::shape)
    return from_name == to_name ? Cast::assignment : Cast::through_text;
  if (from == to || casts_on_assignment(from, from_name, to)) return Cast::assignment;
  return casts_explicitly(from, from_name, to, to_name) ? Cast::explicit_ : Cast::through_text;
}

}  // namespace

Cast cast_between(const SqlType& from, bool from_enum, const SqlType& to, bool to_enum) {
  TypeParts old = parse_type(from.text), now = parse_type(to.text);
  Family old_family = from_enum ? Family::enumeration : family_of(lower(old.name));
  Family new_family = to_enum ? Family::enumeration : family_of(lower(now.name));
  bool was_array = !old.dimensions.empty(), is_array = !now.dimensions.empty();
  if (was_array && !is_array) {
    bool to_vector = old_family == Family::number && new_family == Family::vector;
    return to_vector || new_family == Family::string ? Cast::assignment : Cast::through_text;
  }
  Cast cast = between_scalars(old_family, lower(old.name), new_family, lower(now.name));
  if (was_array == is_array) return cast;
  return cast == Cast::assignment ? Cast::into_array : Cast::through_text;
}

}  // namespace tidemark::postgres_dialect
