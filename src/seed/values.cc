#include "seed/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

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

std::string sentence(std::size_t count, Dice& dice) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += ' ';
    out += pick(words, dice);
  }
  out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

bool has(const std::string& name, std::string_view part) {
  return name.find(part) != std::string::npos;
}

/// Something that the column's name makes one expect.
std::string fitting_text(const std::string& name, std::uint64_t number, Dice& dice) {
  std::string first(pick(first_names, dice)), last(pick(last_names, dice));
  if (has(name, "email"))
    return lower(first) + "." + lower(last) + std::to_string(number) + "@example.com";
  if (has(name, "first") && has(name, "name")) return first;
  if (has(name, "last") && has(name, "name")) return last;
  if (has(name, "user") && has(name, "name")) return lower(first) + std::to_string(number);
  if (has(name, "phone")) return fmt::format("+1555{:07}", dice.below(10'000'000));
  if (has(name, "url") || has(name, "link") || has(name, "image"))
    return fmt::format("https://example.com/{}/{}", pick(words, dice), number);
  if (has(name, "slug"))
    return fmt::format("{}-{}-{}", pick(words, dice), pick(words, dice), number);
  if (has(name, "city")) return std::string(pick(cities, dice));
  if (has(name, "country")) return std::string(pick(countries, dice));
  if (has(name, "street") || has(name, "address"))
    return fmt::format("{} {} Street", 1 + dice.below(200), sentence(1, dice));
  if (has(name, "desc") || has(name, "body") || has(name, "content") || has(name, "bio"))
    return sentence(8 + dice.below(12), dice) + ".";
  if (has(name, "title") || has(name, "subject")) return sentence(2 + dice.below(3), dice);
  if (name == "name" || has(name, "full_name") || has(name, "author")) return first + " " + last;
  return sentence(1 + dice.below(2), dice);
}

/// Cut to what fits; what tells rows apart stays, at the end.
std::string text_value(const Wish& wish, std::uint64_t number, Dice& dice) {
  std::string out = fitting_text(lower(wish.column->name.text()), number, dice);
  std::string mark = wish.unique ? fmt::format("{:x}", number) : "";
  std::size_t longest = wish.limits.longest;
  if (longest > 0 && mark.size() > longest) mark = mark.substr(mark.size() - longest);
  while (out.size() + mark.size() < wish.limits.shortest) out += pick(words, dice);
  if (longest > 0 && out.size() + mark.size() > longest)
    out.resize(longest > mark.size() ? longest - mark.size() : 0);
  return out + mark;
}

std::string uuid(Dice& dice) {
  std::uint64_t a = dice.next(), b = dice.next();
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", a >> 32, (a >> 16) & 0xffff, a & 0xfff,
                     0x8000 | ((b >> 48) & 0x3fff), b & 0xffff'ffff'ffff);
}

constexpr std::int64_t first_second = 1'672'531'200;  // the year 2023
constexpr std::uint64_t seconds_of_three_years = 3 * 365 * 86'400;

std::string moment(Dice& dice, bool with_time) {
  std::chrono::sys_seconds when{std::chrono::seconds(
      first_second + static_cast<std::int64_t>(dice.below(seconds_of_three_years)))};
  auto day = std::chrono::floor<std::chrono::days>(when);
  std::chrono::year_month_day date(day);
  std::string out =
      fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  if (!with_time) return out;
  std::chrono::hh_mm_ss time(when - day);
  return out + fmt::format(" {:02}:{:02}:{:02}", time.hours().count(), time.minutes().count(),
                           time.seconds().count());
}

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

std::string integer(const Wish& wish, std::uint64_t number, Dice& dice, double largest) {
  double usual = wish.unique ? largest : std::min(largest, 1000.0);
  Range range = range_of(wish, wish.unique ? 1 : 0, usual, largest);
  auto span = static_cast<std::uint64_t>(std::max(range.most - range.least, 0.0)) + 1;
  std::uint64_t step = wish.unique ? (number - 1) % span : dice.below(span);
  return std::to_string(static_cast<std::int64_t>(range.least) + static_cast<std::int64_t>(step));
}

/// numeric(5,2): at most 999.99.
std::string decimal(const Wish& wish, std::uint64_t number, Dice& dice) {
  int precision = 8, scale = 2;
  const std::string& type = wish.column->type.text;
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
  return fmt::format("{:.{}f}", range.least + static_cast<double>(step) * unit, std::max(scale, 0));
}

std::string vector_value(const std::string& type, Dice& dice) {
  std::size_t open = type.find('(');
  std::size_t count = open == std::string::npos ? 3 : std::stoul(type.substr(open + 1));
  std::string out = "[";
  for (std::size_t i = 0; i < count; ++i)
    out += fmt::format("{}{:.3f}", i == 0 ? "" : ",", static_cast<double>(dice.below(1000)) / 1000);
  return out + "]";
}

std::string bits(const std::string& type, Dice& dice) {
  std::size_t open = type.find('(');
  std::size_t count = open == std::string::npos ? 1 : std::stoul(type.substr(open + 1));
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += dice.one_in(2) ? '1' : '0';
  return out;
}

/// Whole units, because `interval day` drops what is smaller.
std::string interval(const Wish& wish, const std::string& type, std::uint64_t number, Dice& dice) {
  bool is_long = has(type, "year") || has(type, "month");
  std::uint64_t count = wish.unique ? number : dice.below(1000);
  return fmt::format("{} {}", count, is_long ? "years" : "days");
}

/// int4range, daterange and their like: never empty.
std::string range_value(const Wish& wish, const std::string& type, std::uint64_t number,
                        Dice& dice) {
  if (type.ends_with("multirange"))
    return "{" + range_value(wish, replace_all(type, "multi", ""), number, dice) + "}";
  if (type == "int4range" || type == "int8range" || type == "numrange") {
    std::uint64_t start = wish.unique ? number : dice.below(1000);
    return fmt::format("[{},{})", start, start + 1 + dice.below(100));
  }
  bool with_time = type != "daterange";
  std::string start = moment(dice, with_time), end = moment(dice, with_time);
  if (end < start) std::swap(start, end);
  return fmt::format("[{},{}]", start, end);
}

bool starts(const std::string& type, std::initializer_list<std::string_view> names) {
  return std::ranges::any_of(names, [&](std::string_view name) { return type.starts_with(name); });
}

Value other_value(const Wish& wish, const std::string& type, std::uint64_t number, Dice& dice) {
  bool postgres = wish.engine == Engine::postgresql;
  if (starts(type, {"boolean"}))
    return dice.one_in(2) ? (postgres ? "true" : "1") : (postgres ? "false" : "0");
  if (starts(type, {"json"}))
    return fmt::format(R"({{"{}": {}}})", pick(words, dice), dice.below(100));
  if (starts(type, {"uuid"})) return uuid(dice);
  if (starts(type, {"timestamp", "datetime"})) return moment(dice, true);
  if (starts(type, {"date"})) return moment(dice, false);
  if (starts(type, {"time"})) return moment(dice, true).substr(11);
  if (starts(type, {"interval"})) return interval(wish, type, number, dice);
  if (type.ends_with("range")) return range_value(wish, type, number, dice);
  if (starts(type, {"tsvector", "tsquery"})) return std::string(pick(words, dice));
  if (starts(type, {"inet", "cidr"}))
    return fmt::format("10.{}.{}.{}", (number >> 16) & 255, (number >> 8) & 255, number & 255);
  if (starts(type, {"macaddr8"}))
    return fmt::format("08:00:2b:01:02:{:02x}:{:02x}:{:02x}", (number >> 16) & 255,
                       (number >> 8) & 255, number & 255);
  if (starts(type, {"macaddr"}))
    return fmt::format("08:00:2b:{:02x}:{:02x}:{:02x}", (number >> 16) & 255, (number >> 8) & 255,
                       number & 255);
  if (starts(type, {"bytea"})) return fmt::format("\\x{:016x}", dice.next());
  if (starts(type, {"point"})) return fmt::format("({},{})", dice.below(180), dice.below(90));
  if (starts(type, {"line"}))
    return fmt::format("{{{},{},{}}}", 1 + dice.below(9), dice.below(9), dice.below(9));
  if (starts(type, {"geometry"}))
    return fmt::format("POINT({} {})", dice.below(180), dice.below(90));
  if (starts(type, {"vector", "halfvec"})) return vector_value(type, dice);
  if (starts(type, {"bit"})) return bits(type, dice);
  if (starts(type, {"blob"})) return text_value(wish, number, dice);
  return {};
}

double largest_of(const std::string& whole) {
  if (whole.starts_with("small") || whole == "int2") return 32'767;
  return whole.starts_with("big") || whole == "int8" ? 9e15 : 2'147'483'647;
}

Value one_value(const Wish& wish, const std::string& type, std::uint64_t number, Dice& dice) {
  const Limits& limits = wish.limits;
  if (!limits.choices.empty())
    return limits.choices[(wish.unique ? number : dice.next()) % limits.choices.size()];
  if (is_whole_number(type)) {
    bool time =
        wish.engine != Engine::postgresql && lower(wish.column->name.text()).ends_with("_at");
    if (time && !wish.unique)
      return std::to_string(first_second +
                            static_cast<std::int64_t>(dice.below(seconds_of_three_years)));
    return integer(wish, number, dice, largest_of(type));
  }
  if (starts(type, {"numeric", "decimal"})) return decimal(wish, number, dice);
  if (starts(type, {"real", "double", "float"})) return decimal(wish, number, dice);
  if (starts(type, {"text", "varchar", "char", "bpchar", "citext"}))
    return text_value(wish, number, dice);
  return other_value(wish, type, number, dice);
}

}  // namespace

Value made_up(const Wish& wish, std::uint64_t number, Dice& dice) {
  std::string type = lower(wish.column->type.text);
  std::size_t bracket = type.find('[');
  if (bracket == std::string::npos) return one_value(wish, type, number, dice);
  std::string element = type.substr(0, bracket), out = "{";
  std::size_t depth = static_cast<std::size_t>(std::ranges::count(type, '['));
  for (std::size_t i = 0; i < 1 + dice.below(3); ++i) {
    Value value = one_value(wish, element, number, dice);
    if (!value) return "{}";
    if (out.size() > 1) out += ',';
    out += '"' + replace_all(replace_all(*value, "\\", "\\\\"), "\"", "\\\"") + '"';
  }
  out += '}';
  for (std::size_t i = 1; i < depth; ++i) out = "{" + out + "}";
  return out;
}

}  // namespace tidemark::seed
