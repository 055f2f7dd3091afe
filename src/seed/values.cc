#include "seed/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <iterator>
#include <span>
#include <utility>

#include "base/text.h"

namespace tidemark::seed {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 20> first_names = {
    "Ada",     "Alan", "Barbara", "Claude", "Donald", "Edsger", "Frances",
    "Grace",   "Hedy", "Ivan",    "Jean",   "Ken",    "Leslie", "Margaret",
    "Niklaus", "Ole",  "Radia",   "Sophie", "Tony",   "Vint"};
constexpr std::array<std::string_view, 20> last_names = {
    "Lovelace", "Turing", "Liskov",     "Shannon", "Knuth",    "Dijkstra", "Allen",
    "Hopper",   "Lamarr", "Sutherland", "Bartik",  "Thompson", "Lamport",  "Hamilton",
    "Wirth",    "Dahl",   "Perlman",    "Wilson",  "Hoare",    "Cerf"};
constexpr std::array<std::string_view, 12> cities = {"Lisbon", "Oslo",   "Kyoto", "Quito",
                                                     "Dakar",  "Perth",  "Turin", "Riga",
                                                     "Cork",   "Bergen", "Porto", "Graz"};
constexpr std::array<std::string_view, 10> countries = {"PT", "NO", "JP", "EC", "SN",
                                                        "AU", "IT", "LV", "IE", "AT"};
constexpr std::array<std::string_view, 24> words = {
    "amber", "basin", "cedar", "delta",  "ember", "fjord",  "grove", "harbor",
    "inlet", "jetty", "kelp",  "lagoon", "marsh", "north",  "ocean", "pier",
    "quay",  "reef",  "shore", "tide",   "upper", "valley", "wave",  "yard"};

std::string_view pick(Words list, Dice& dice) { return list[dice.below(list.size())]; }

void append(std::string& out, std::uint64_t number, std::size_t digits = 1, int base = 10) {
  std::array<char, 24> text{};
  auto* end = std::to_chars(text.data(), text.data() + text.size(), number, base).ptr;
  auto size = static_cast<std::size_t>(end - text.data());
  if (size < digits) out.append(digits - size, '0');
  out.append(text.data(), size);
}

void append_sentence(std::string& out, std::size_t count, Dice& dice) {
  std::size_t start = out.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += ' ';
    out += pick(words, dice);
  }
  out[start] = static_cast<char>(out[start] - 'a' + 'A');
}

bool has(std::string_view name, std::string_view part) {
  return name.find(part) != std::string_view::npos;
}

// --- texts -------------------------------------------------------------------

void email(const Wish&, std::uint64_t number, Dice& dice, std::string& out) {
  out += lower(pick(first_names, dice));
  out += '.';
  out += lower(pick(last_names, dice));
  append(out, number);
  out += "@example.com";
}

void first_name(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  out += pick(first_names, dice);
}

void last_name(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  out += pick(last_names, dice);
}

void full_name(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  out += pick(first_names, dice);
  out += ' ';
  out += pick(last_names, dice);
}

void user_name(const Wish&, std::uint64_t number, Dice& dice, std::string& out) {
  out += lower(pick(first_names, dice));
  append(out, number);
}

void phone(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  out += "+1555";
  append(out, dice.below(10'000'000), 7);
}

void url(const Wish&, std::uint64_t number, Dice& dice, std::string& out) {
  out += "https://example.com/";
  out += pick(words, dice);
  out += '/';
  append(out, number);
}

void slug(const Wish&, std::uint64_t number, Dice& dice, std::string& out) {
  out += pick(words, dice);
  out += '-';
  out += pick(words, dice);
  out += '-';
  append(out, number);
}

void city(const Wish&, std::uint64_t, Dice& dice, std::string& out) { out += pick(cities, dice); }

void country(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  out += pick(countries, dice);
}

void street(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  append(out, 1 + dice.below(200));
  out += ' ';
  append_sentence(out, 1, dice);
  out += " Street";
}

void prose(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  append_sentence(out, 8 + dice.below(12), dice);
  out += '.';
}

void title(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  append_sentence(out, 2 + dice.below(3), dice);
}

void some_words(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  append_sentence(out, 1 + dice.below(2), dice);
}

/// A column whose name has both parts is for such a text; the first that fits counts.
struct TextHint {
  std::string_view part, other;
  Recipe recipe;
};
constexpr TextHint text_hints[] = {
    {"email", "", email},        {"first", "name", first_name},
    {"last", "name", last_name}, {"user", "name", user_name},
    {"phone", "", phone},        {"url", "", url},
    {"link", "", url},           {"image", "", url},
    {"slug", "", slug},          {"city", "", city},
    {"country", "", country},    {"street", "", street},
    {"address", "", street},     {"desc", "", prose},
    {"body", "", prose},         {"content", "", prose},
    {"bio", "", prose},          {"title", "", title},
    {"subject", "", title},      {"full_name", "", full_name},
    {"author", "", full_name},
};

Recipe text_for(const std::string& name) {
  if (name == "name") return full_name;
  const auto* hint = std::ranges::find_if(
      text_hints, [&](const TextHint& one) { return has(name, one.part) && has(name, one.other); });
  return hint == std::end(text_hints) ? some_words : hint->recipe;
}

/// Cut to what fits; what tells rows apart stays, at the end.
void text_value(const Wish& wish, std::uint64_t number, Dice& dice, std::string& out) {
  std::size_t start = out.size(), longest = wish.limits.longest;
  wish.text(wish, number, dice, out);
  std::string mark;
  if (wish.unique) append(mark, number, 1, 16);
  if (longest > 0 && mark.size() > longest) mark = mark.substr(mark.size() - longest);
  while (out.size() - start + mark.size() < wish.limits.shortest) out += pick(words, dice);
  if (longest > 0 && out.size() - start + mark.size() > longest)
    out.resize(start + longest - mark.size());
  out += mark;
}

// --- moments -----------------------------------------------------------------

constexpr std::int64_t first_second = 1'672'531'200;  // the year 2023
constexpr std::uint64_t seconds_of_three_years = 3 * 365 * 86'400;

std::chrono::sys_seconds moment(Dice& dice) {
  return std::chrono::sys_seconds{std::chrono::seconds(
      first_second + static_cast<std::int64_t>(dice.below(seconds_of_three_years)))};
}

void append_date(std::string& out, std::chrono::sys_seconds when) {
  std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(when));
  append(out, static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
  out += '-';
  append(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append(out, static_cast<unsigned>(date.day()), 2);
}

void append_time(std::string& out, std::chrono::sys_seconds when) {
  std::chrono::hh_mm_ss time(when - std::chrono::floor<std::chrono::days>(when));
  append(out, static_cast<std::uint64_t>(time.hours().count()), 2);
  out += ':';
  append(out, static_cast<std::uint64_t>(time.minutes().count()), 2);
  out += ':';
  append(out, static_cast<std::uint64_t>(time.seconds().count()), 2);
}

void append_moment(std::string& out, std::chrono::sys_seconds when) {
  append_date(out, when);
  out += ' ';
  append_time(out, when);
}

void timestamp(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  append_moment(out, moment(dice));
}

void date(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  append_date(out, moment(dice));
}

void time_of_day(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  append_time(out, moment(dice));
}

/// Whole units, because `interval day` drops what is smaller.
void interval(const Wish& wish, std::uint64_t number, Dice& dice, std::string& out) {
  bool is_long = has(wish.type, "year") || has(wish.type, "month");
  append(out, wish.unique ? number : dice.below(1000));
  out += is_long ? " years" : " days";
}

// --- numbers -----------------------------------------------------------------

struct Range {
  double least, most;
};

/// Between `least` and `most`, as far as checks allow; beyond them where checks ask for it,
/// but never beyond what the type can hold.
Range range_of(const Wish& wish, double least, double most, double largest) {
  double width = most - least;
  Range range{wish.limits.least.value_or(least), wish.limits.most.value_or(most)};
  if (range.most < range.least && !wish.limits.most) range.most = range.least + width;
  if (range.most < range.least && !wish.limits.least) range.least = range.most - width;
  return {std::max(range.least, -largest), std::min(range.most, largest)};
}

double largest_of(const std::string& whole) {
  if (whole.starts_with("small") || whole == "int2") return 32'767;
  return whole.starts_with("big") || whole == "int8" ? 9e15 : 2'147'483'647;
}

void integer(const Wish& wish, std::uint64_t number, Dice& dice, std::string& out) {
  double largest = largest_of(wish.type);
  double usual = wish.unique ? largest : std::min(largest, 1000.0);
  Range range = range_of(wish, wish.unique ? 1 : 0, usual, largest);
  auto span = static_cast<std::uint64_t>(std::max(range.most - range.least, 0.0)) + 1;
  std::uint64_t step = wish.unique ? (number - 1) % span : dice.below(span);
  std::int64_t value = static_cast<std::int64_t>(range.least) + static_cast<std::int64_t>(step);
  if (value < 0) out += '-';
  append(out, static_cast<std::uint64_t>(value < 0 ? -value : value));
}

/// SQLite has no type for moments.
void unix_seconds(const Wish& wish, std::uint64_t number, Dice& dice, std::string& out) {
  if (wish.unique) return integer(wish, number, dice, out);
  append(out, static_cast<std::uint64_t>(moment(dice).time_since_epoch().count()));
}

/// numeric(5,2): at most 999.99.
void decimal(const Wish& wish, std::uint64_t number, Dice& dice, std::string& out) {
  int precision = 8, scale = 2;
  const std::string& type = wish.type;
  if (std::size_t open = type.find('('); open != std::string::npos) {
    precision = std::stoi(type.substr(open + 1));
    std::size_t comma = type.find(',', open);
    scale = comma == std::string::npos ? 0 : std::stoi(type.substr(comma + 1));
  }
  double most = 1;
  for (int i = 0; i < std::min(precision - scale, 6); ++i) most *= 10;
  double unit = 1;
  for (int i = 0; i < std::max(scale, 0); ++i) unit /= 10;
  Range range = range_of(wish, 0, most - unit, most - unit);
  auto steps = static_cast<std::uint64_t>(std::max((range.most - range.least) / unit, 0.0)) + 1;
  std::uint64_t step = wish.unique ? number % steps : dice.below(steps);
  fmt::format_to(std::back_inserter(out), "{:.{}f}", range.least + static_cast<double>(step) * unit,
                 std::max(scale, 0));
}

// --- other types -------------------------------------------------------------

void choice(const Wish& wish, std::uint64_t number, Dice& dice, std::string& out) {
  out += wish.limits.choices[(wish.unique ? number : dice.next()) % wish.limits.choices.size()];
}

void boolean(const Wish& wish, std::uint64_t, Dice& dice, std::string& out) {
  bool postgres = wish.engine == Engine::postgresql;
  if (dice.one_in(2))
    out += postgres ? "true" : "1";
  else
    out += postgres ? "false" : "0";
}

void json_object(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  out += "{\"";
  out += pick(words, dice);
  out += "\": ";
  append(out, dice.below(100));
  out += '}';
}

void uuid(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  std::uint64_t a = dice.next(), b = dice.next();
  append(out, a >> 32, 8, 16);
  out += '-';
  append(out, (a >> 16) & 0xffff, 4, 16);
  out += "-4";
  append(out, a & 0xfff, 3, 16);
  out += '-';
  append(out, 0x8000 | ((b >> 48) & 0x3fff), 4, 16);
  out += '-';
  append(out, b & 0xffff'ffff'ffff, 12, 16);
}

void append_range(const std::string& type, const Wish& wish, std::uint64_t number, Dice& dice,
                  std::string& out) {
  if (type == "int4range" || type == "int8range" || type == "numrange") {
    std::uint64_t start = wish.unique ? number : dice.below(1000);
    fmt::format_to(std::back_inserter(out), "[{},{})", start, start + 1 + dice.below(100));
    return;
  }
  std::chrono::sys_seconds start = moment(dice), end = moment(dice);
  if (end < start) std::swap(start, end);
  auto append_end = type == "daterange" ? append_date : append_moment;
  out += '[';
  append_end(out, start);
  out += ',';
  append_end(out, end);
  out += ']';
}

/// int4range, daterange and their like: never empty.
void range_value(const Wish& wish, std::uint64_t number, Dice& dice, std::string& out) {
  if (!wish.type.ends_with("multirange")) return append_range(wish.type, wish, number, dice, out);
  out += '{';
  append_range(replace_all(wish.type, "multi", ""), wish, number, dice, out);
  out += '}';
}

void search_word(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  out += pick(words, dice);
}

void address_of_host(const Wish&, std::uint64_t number, Dice&, std::string& out) {
  fmt::format_to(std::back_inserter(out), "10.{}.{}.{}", (number >> 16) & 255, (number >> 8) & 255,
                 number & 255);
}

void append_card(std::string_view start, std::uint64_t number, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{}:{:02x}:{:02x}:{:02x}", start, (number >> 16) & 255,
                 (number >> 8) & 255, number & 255);
}

void long_address_of_card(const Wish&, std::uint64_t number, Dice&, std::string& out) {
  append_card("08:00:2b:01:02", number, out);
}

void address_of_card(const Wish&, std::uint64_t number, Dice&, std::string& out) {
  append_card("08:00:2b", number, out);
}

void bytes(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  out += "\\x";
  append(out, dice.next(), 16, 16);
}

void point(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  std::uint64_t x = dice.below(180), y = dice.below(90);
  fmt::format_to(std::back_inserter(out), "({},{})", x, y);
}

void line(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  std::uint64_t a = 1 + dice.below(9), b = dice.below(9), c = dice.below(9);
  fmt::format_to(std::back_inserter(out), "{{{},{},{}}}", a, b, c);
}

void geometry(const Wish&, std::uint64_t, Dice& dice, std::string& out) {
  std::uint64_t x = dice.below(180), y = dice.below(90);
  fmt::format_to(std::back_inserter(out), "POINT({} {})", x, y);
}

std::size_t number_in_parentheses(const std::string& type, std::size_t otherwise) {
  std::size_t open = type.find('(');
  return open == std::string::npos ? otherwise : std::stoul(type.substr(open + 1));
}

void vector_value(const Wish& wish, std::uint64_t, Dice& dice, std::string& out) {
  out += '[';
  for (std::size_t i = 0, count = number_in_parentheses(wish.type, 3); i < count; ++i)
    fmt::format_to(std::back_inserter(out), "{}{:.3f}", i == 0 ? "" : ",",
                   static_cast<double>(dice.below(1000)) / 1000);
  out += ']';
}

void bits(const Wish& wish, std::uint64_t, Dice& dice, std::string& out) {
  for (std::size_t i = 0, count = number_in_parentheses(wish.type, 1); i < count; ++i)
    out += dice.one_in(2) ? '1' : '0';
}

/// By how the type's name begins; the first that fits counts.
constexpr std::pair<std::string_view, Recipe> recipes[] = {
    {"numeric", decimal},
    {"decimal", decimal},
    {"real", decimal},
    {"double", decimal},
    {"float", decimal},
    {"text", text_value},
    {"varchar", text_value},
    {"char", text_value},
    {"bpchar", text_value},
    {"citext", text_value},
    {"boolean", boolean},
    {"json", json_object},
    {"uuid", uuid},
    {"timestamp", timestamp},
    {"datetime", timestamp},
    {"date", date},
    {"time", time_of_day},
    {"interval", interval},
    {"tsvector", search_word},
    {"tsquery", search_word},
    {"inet", address_of_host},
    {"cidr", address_of_host},
    {"macaddr8", long_address_of_card},
    {"macaddr", address_of_card},
    {"bytea", bytes},
    {"point", point},
    {"line", line},
    {"geometry", geometry},
    {"vector", vector_value},
    {"halfvec", vector_value},
    {"bit", bits},
    {"blob", text_value},
};

Recipe recipe_for(const Wish& wish) {
  const std::string& type = wish.type;
  if (!wish.limits.choices.empty()) return choice;
  if (is_whole_number(type)) {
    bool time =
        wish.engine != Engine::postgresql && lower(wish.column->name.text()).ends_with("_at");
    return time ? unix_seconds : integer;
  }
  if (type.ends_with("range")) return range_value;
  const auto* known =
      std::ranges::find_if(recipes, [&](const auto& one) { return type.starts_with(one.first); });
  return known == std::end(recipes) ? nullptr : known->second;
}

void append_array(const Wish& wish, std::uint64_t number, Dice& dice, std::string& out) {
  out.append(wish.dimensions, '{');
  std::string element;
  for (std::size_t i = 0, count = 1 + dice.below(3); i < count; ++i) {
    element.clear();
    wish.recipe(wish, number, dice, element);
    if (i > 0) out += ',';
    out += '"';
    for (char c : element) {
      if (c == '\\' || c == '"') out += '\\';
      out += c;
    }
    out += '"';
  }
  out.append(wish.dimensions, '}');
}

}  // namespace

Wish wish_for(const Column& column, Engine engine, Limits limits) {
  Wish wish{&column, engine, std::move(limits)};
  std::string type = lower(column.type.text);
  wish.type = type.substr(0, type.find('['));
  wish.dimensions = static_cast<std::size_t>(std::ranges::count(type, '['));
  wish.text = text_for(lower(column.name.text()));
  wish.recipe = recipe_for(wish);
  wish.limited = !(wish.limits == Limits{});
  return wish;
}

Value made_up(const Wish& wish, std::uint64_t number, Dice& dice) {
  if (wish.spread && gives_values(*wish.spread))
    return value_of(*wish.spread, is_whole_number(wish.type), dice);
  if (!wish.recipe) return wish.dimensions > 0 ? Value("{}") : Value();
  Value out(std::in_place);
  auto append_value = wish.dimensions > 0 ? append_array : wish.recipe;
  append_value(wish, number, dice, *out);
  return out;
}

}  // namespace tidemark::seed
