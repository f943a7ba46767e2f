#include "sql/types/time_zone.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "hammerscale/base/check.hpp"
#include "hammerscale/sql/sql_error.hpp"

namespace hammerscale::sql {
namespace {

constexpr std::int32_t kMaxOffset = 18 * 3600;
/// The table covers one whole period of the calendar behind the last year that a file is likely to list.
constexpr std::int64_t kLastTableYear = 2500;

struct ShortId {
  std::string_view name;
  std::string_view zone;
};

/// Names that java.time resolves beside the database's.
constexpr ShortId kShortIds[] = {
    {"ACT", "Australia/Darwin"},
    {"AET", "Australia/Sydney"},
    {"AGT", "America/Argentina/Buenos_Aires"},
    {"ART", "Africa/Cairo"},
    {"AST", "America/Anchorage"},
    {"BET", "America/Sao_Paulo"},
    {"BST", "Asia/Dhaka"},
    {"CAT", "Africa/Harare"},
    {"CNT", "America/St_Johns"},
    {"CST", "America/Chicago"},
    {"CTT", "Asia/Shanghai"},
    {"EAT", "Africa/Addis_Ababa"},
    {"ECT", "Europe/Paris"},
    {"EST", "-05:00"},
    {"HST", "-10:00"},
    {"IET", "America/Indiana/Indianapolis"},
    {"IST", "Asia/Kolkata"},
    {"JST", "Asia/Tokyo"},
    {"MIT", "Pacific/Apia"},
    {"MST", "-07:00"},
    {"NET", "Asia/Yerevan"},
    {"NST", "Pacific/Auckland"},
    {"PLT", "Asia/Karachi"},
    {"PNT", "America/Phoenix"},
    {"PRT", "America/Puerto_Rico"},
    {"PST", "America/Los_Angeles"},
    {"SST", "Pacific/Guadalcanal"},
    {"VST", "Asia/Ho_Chi_Minh"},
};

/// "+8", "+08", "+8:30", "+08:30", "+0830", "+08:30:15", "+083015"; at most 18 hours.
std::optional<std::int32_t> parse_offset(std::string_view text) {
  if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) { return std::nullopt; }
  const bool is_negative = text[0] == '-';
  std::int32_t parts[3] = {0, 0, 0};
  std::size_t num_parts = 0;
  const std::string_view digits = text.substr(1);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (digits.find(':') == digits.npos) {
    if (!std::ranges::all_of(digits, is_digit) || digits.size() == 3 || digits.size() == 5 || digits.size() > 6) {
      return std::nullopt;
    }
    if (digits.size() == 1) {
      parts[0] = digits[0] - '0';
    } else {
      for (std::size_t i = 0; i < digits.size(); i += 2) {
        parts[i / 2] = (digits[i] - '0') * 10 + digits[i + 1] - '0';
      }
    }
  } else {
    std::size_t at = 0;
    while (true) {
      std::size_t end = at;
      while (end < digits.size() && is_digit(digits[end])) { ++end; }
      if (end == at || end - at > 2 || num_parts == 3) { return std::nullopt; }
      // Only hours and the last part but the seconds may have one digit.
      if (end - at == 1 && num_parts == 2) { return std::nullopt; }
      for (; at < end; ++at) { parts[num_parts] = parts[num_parts] * 10 + (digits[at] - '0'); }
      ++num_parts;
      if (end == digits.size()) { break; }
      if (digits[end] != ':') { return std::nullopt; }
      at = end + 1;
    }
  }
  const std::int32_t total = parts[0] * 3600 + parts[1] * 60 + parts[2];
  if (parts[1] > 59 || parts[2] > 59 || total > kMaxOffset) { return std::nullopt; }
  return is_negative ? -total : total;
}

bool is_region_name(std::string_view id) {
  if (id.empty() || id.front() == '/' || id.find("..") != id.npos) { return false; }
  // Folders and files of the database that are no zones of their own.
  for (const std::string_view other : {"posix/", "right/", "posixrules", "localtime", "Factory"}) {
    if (id.starts_with(other)) { return false; }
  }
  return std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
           c == '-' || c == '+' || c == '.';
  });
}

std::int64_t read_big_endian(std::string_view bytes, std::size_t at, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < width; ++i) { value = (value << 8) | static_cast<unsigned char>(bytes[at + i]); }
  return width == 4 ? static_cast<std::int32_t>(static_cast<std::uint32_t>(value)) : static_cast<std::int64_t>(value);
}

/// Reads the pieces of a POSIX TZ string, such as "CET-1CEST,M3.5.0,M10.5.0/3".
class RuleReader {
 public:
  explicit RuleReader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  bool skip(char c) {
    if (at_end() || text_[at_] != c) { return false; }
    ++at_;
    return true;
  }
  std::string name() {
    const bool quoted = skip('<');
    const std::size_t start = at_;
    while (!at_end() && (quoted ? text_[at_] != '>' : is_letter(text_[at_]))) { ++at_; }
    std::string result(text_.substr(start, at_ - start));
    if (quoted) { skip('>'); }
    return result;
  }
  std::int32_t number() {
    std::int32_t value = 0;
    while (!at_end() && text_[at_] >= '0' && text_[at_] <= '9') { value = value * 10 + (text_[at_++] - '0'); }
    return value;
  }
  /// "[+-]hh[:mm[:ss]]" in seconds.
  std::int32_t time() {
    const bool is_negative = skip('-');
    skip('+');
    std::int32_t total = number() * 3600;
    if (skip(':')) { total += number() * 60; }
    if (skip(':')) { total += number(); }
    return is_negative ? -total : total;
  }
  [[nodiscard]] bool next_is_time() const {
    return !at_end() && (text_[at_] == '-' || text_[at_] == '+' || (text_[at_] >= '0' && text_[at_] <= '9'));
  }

 private:
  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
  std::string_view text_;
  std::size_t at_ = 0;
};

/// One yearly change of clocks.
struct YearlyRule {
  char kind = 'M';  ///< 'M' month, week, day of week; 'J' day without 29 February; '0' day from 0.
  std::int32_t month = 0;
  std::int32_t week = 0;
  std::int32_t day = 0;
  std::int32_t time = 2 * 3600;

  static YearlyRule read(RuleReader& reader) {
    YearlyRule rule;
    if (reader.skip('M')) {
      rule.month = reader.number();
      reader.skip('.');
      rule.week = reader.number();
      reader.skip('.');
    } else {
      rule.kind = reader.skip('J') ? 'J' : '0';
    }
    rule.day = reader.number();
    if (reader.skip('/')) { rule.time = reader.time(); }
    return rule;
  }

  /// Local seconds, on the clock before the change.
  [[nodiscard]] std::int64_t seconds_in(std::int64_t year) const {
    std::int64_t days = 0;
    if (kind == 'M') {
      const std::int64_t first = days_from_civil(year, month, 1);
      const std::int64_t weekday = floor_mod(first + 4, 7);
      days = first + floor_mod(day - weekday, 7) + 7 * (week - 1);
      if (days >= first + days_in_month(year, month)) { days -= 7; }
    } else if (kind == 'J') {
      days = days_from_civil(year, 1, 1) + day - 1 + (is_leap_year(year) && day >= 60 ? 1 : 0);
    } else {
      days = days_from_civil(year, 1, 1) + day;
    }
    return days * kSecondsPerDay + time;
  }
};

std::string database_path() {
  const char* folder = std::getenv("TZDIR");
  return folder != nullptr && *folder != '\0' ? folder : "/usr/share/zoneinfo";
}

}  // namespace

void TimeZone::add(std::int64_t utc_start, std::int32_t offset, bool is_daylight, std::string_view abbreviation) {
  auto found = std::ranges::find(abbreviations_, abbreviation);
  if (found == abbreviations_.end()) { found = abbreviations_.insert(abbreviations_.end(), std::string(abbreviation)); }
  const auto number = static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(found - abbreviations_.begin(), 255));
  if (!transitions_.empty() && utc_start <= transitions_.back().utc_start) { return; }
  const std::int32_t before = transitions_.empty() ? offset : transitions_.back().offset;
  const std::int64_t local_start =
      transitions_.empty() ? std::numeric_limits<std::int64_t>::min()
                           : std::max(utc_start + std::max(before, offset), transitions_.back().local_start);
  transitions_.push_back({utc_start, local_start, offset, is_daylight, number});
}

bool TimeZone::parse_region(std::string_view bytes) {
  constexpr std::size_t kHeaderBytes = 44;
  if (bytes.size() < kHeaderBytes || !bytes.starts_with("TZif")) { return false; }
  std::size_t header = 0;
  std::size_t width = 4;
  const auto count = [&](std::size_t i) {
    return static_cast<std::size_t>(read_big_endian(bytes, header + 20 + 4 * i, 4));
  };
  const auto block_bytes = [&] {
    return count(3) * (width + 1) + count(4) * 6 + count(5) + count(2) * (width + 4) + count(1) + count(0);
  };
  if (bytes[4] != '\0') {
    // Version 2 and later repeat everything with 64-bit times behind the old block.
    header = kHeaderBytes + block_bytes();
    width = 8;
    if (bytes.size() < header + kHeaderBytes || !bytes.substr(header).starts_with("TZif")) { return false; }
  }
  const std::size_t num_times = count(3);
  const std::size_t num_types = count(4);
  const std::size_t times = header + kHeaderBytes;
  const std::size_t indices = times + num_times * width;
  const std::size_t types = indices + num_times;
  const std::size_t names = types + num_types * 6;
  const std::size_t end = times + block_bytes();
  if (num_types == 0 || bytes.size() < end) { return false; }
  const auto add_type = [&](std::int64_t start, std::size_t type) {
    if (type >= num_types) { return; }
    const std::size_t at = types + 6 * type;
    const std::string_view all_names = bytes.substr(names, count(5));
    const std::string_view tail =
        all_names.substr(std::min<std::size_t>(static_cast<unsigned char>(bytes[at + 5]), all_names.size()));
    add(start, static_cast<std::int32_t>(read_big_endian(bytes, at, 4)), bytes[at + 4] != 0,
        tail.substr(0, tail.find('\0')));
  };
  constexpr std::int64_t kBeforeAll = std::numeric_limits<std::int64_t>::min();
  add_type(kBeforeAll, 0);
  for (std::size_t i = 0; i < num_times; ++i) {
    add_type(read_big_endian(bytes, times + i * width, width), static_cast<unsigned char>(bytes[indices + i]));
  }
  if (width == 8 && bytes.size() > end + 1 && bytes[end] == '\n') {
    const std::string_view tail = bytes.substr(end + 1);
    append_rule(tail.substr(0, tail.find('\n')));
  }
  finish();
  return true;
}

void TimeZone::append_rule(std::string_view rule) {
  RuleReader reader(rule);
  const std::string standard_name = reader.name();
  if (standard_name.empty()) { return; }
  const std::int32_t standard = -reader.time();
  if (reader.at_end()) { return; }
  const std::string daylight_name = reader.name();
  const std::int32_t daylight = reader.next_is_time() ? -reader.time() : standard + 3600;
  reader.skip(',');
  const YearlyRule to_daylight = YearlyRule::read(reader);
  reader.skip(',');
  const YearlyRule to_standard = YearlyRule::read(reader);
  const std::int64_t last = transitions_.back().utc_start;
  const std::int64_t first_year = last < 0 ? 1970 : civil_from_days(last / kSecondsPerDay).year;
  for (std::int64_t year = first_year; year <= kLastTableYear; ++year) {
    const std::int64_t spring = to_daylight.seconds_in(year) - standard;
    const std::int64_t autumn = to_standard.seconds_in(year) - daylight;
    const auto add_change = [&](bool starts_daylight) {
      const std::int64_t when = starts_daylight ? spring : autumn;
      if (when > last) {
        add(when, starts_daylight ? daylight : standard, starts_daylight,
            starts_daylight ? daylight_name : standard_name);
      }
    };
    add_change(spring < autumn);
    add_change(spring >= autumn);
  }
}

void TimeZone::finish() {
  table_end_ = days_from_civil(kLastTableYear, 1, 1) * kSecondsPerDay;
  if (is_fixed()) { return; }
  const auto make_steps = [&](auto start_of, std::int64_t origin) {
    std::vector<std::uint16_t> steps;
    std::size_t at = 0;
    for (std::int64_t start = origin; start < table_end_; start += std::int64_t{1} << kStepBits) {
      while (at + 1 < transitions_.size() && start_of(transitions_[at + 1]) <= start) { ++at; }
      steps.push_back(static_cast<std::uint16_t>(at));
    }
    return steps;
  };
  utc_origin_ = transitions_[1].utc_start;
  local_origin_ = transitions_[1].local_start;
  // Old files begin with a change before the world did; nothing there needs an index.
  constexpr std::int64_t kOldest = -std::int64_t{1} << 38;
  utc_origin_ = std::max(utc_origin_, kOldest);
  local_origin_ = std::max(local_origin_, kOldest);
  utc_steps_ = make_steps([](const Transition& t) { return t.utc_start; }, utc_origin_);
  local_steps_ = make_steps([](const Transition& t) { return t.local_start; }, local_origin_);
}

bool TimeZone::read_region(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) { return false; }
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return parse_region(bytes);
}

const TimeZone* TimeZone::make_fixed(std::string_view id, std::int32_t offset) {
  auto* zone = new TimeZone();
  zone->id_ = id;
  zone->add(std::numeric_limits<std::int64_t>::min(), offset, false, id);
  zone->finish();
  return zone;
}

const TimeZone* TimeZone::load(std::string_view id) {
  if (id == "Z") { return make_fixed(id, 0); }
  for (const std::string_view prefix : {"UTC", "GMT", "UT"}) {
    if (id == prefix) { return make_fixed(id, 0); }
    if (id.starts_with(prefix)) {
      if (const auto offset = parse_offset(id.substr(prefix.size()))) { return make_fixed(id, *offset); }
    }
  }
  if (const auto offset = parse_offset(id)) { return make_fixed(id, *offset); }
  std::string_view name = id;
  for (const ShortId& known : kShortIds) {
    if (id != known.name) { continue; }
    if (const auto offset = parse_offset(known.zone)) { return make_fixed(id, *offset); }
    name = known.zone;
  }
  if (!is_region_name(name)) { return nullptr; }
  auto zone = std::unique_ptr<TimeZone>(new TimeZone());
  if (!zone->read_region(database_path() + "/" + std::string(name))) { return nullptr; }
  zone->id_ = id;
  return zone.release();
}

const TimeZone* TimeZone::find(std::string_view id) {
  // Leaked on purpose: plans and tasks hold plain pointers, also while the process ends.
  static std::mutex& mutex = *new std::mutex;
  static auto& zones = *new std::map<std::string, const TimeZone*, std::less<>>;
  const std::lock_guard lock(mutex);
  if (const auto found = zones.find(id); found != zones.end()) { return found->second; }
  const TimeZone* zone = load(id);
  // Unknown ids are not kept: a column of garbage would fill the map.
  if (zone != nullptr) { zones.emplace(std::string(id), zone); }
  return zone;
}

const TimeZone& TimeZone::get(std::string_view id) {
  const TimeZone* zone = find(id);
  if (zone == nullptr) { throw SqlError("INVALID_TIMEZONE", {{"timeZone", std::string(id)}}); }
  return *zone;
}

const TimeZone& TimeZone::utc() {
  static const TimeZone& zone = *find("UTC");
  return zone;
}

std::string TimeZone::abbreviation(std::int64_t utc_seconds) const {
  return abbreviations_[transitions_[is_fixed() ? 0 : index_of<false>(utc_seconds)].abbreviation];
}

bool TimeZone::is_daylight(std::int64_t utc_seconds) const noexcept {
  return transitions_[is_fixed() ? 0 : index_of<false>(utc_seconds)].is_daylight;
}

}  // namespace hammerscale::sql
