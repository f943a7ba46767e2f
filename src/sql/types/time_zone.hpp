#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sql/types/civil_time.hpp"

namespace hammerscale::sql {

/// A time zone: how far local clocks are ahead of UTC at any time. Immutable; any thread.
///
/// Regions come from the system's database (TZif files below $TZDIR or /usr/share/zoneinfo). Their transitions are kept
/// as a table that goes on by the file's rule until the year 2500; later years repeat with the calendar's period of 400
/// years. A lookup costs a few ns.
class TimeZone {
 public:
  /// The zone of that id, made at its first use and kept for ever: a region ("Europe/Paris"), an old short name that
  /// Java knows ("PST"), "Z", "UTC", "GMT", "UT", these with an offset ("UTC+1"), or an offset ("+8", "-08:30",
  /// "+083015"). Null when there is none.
  static const TimeZone* find(std::string_view id);
  /// As find. @throws SqlError INVALID_TIMEZONE
  static const TimeZone& get(std::string_view id);
  static const TimeZone& utc();

  /// As the user wrote it.
  [[nodiscard]] const std::string& id() const noexcept { return id_; }
  [[nodiscard]] bool is_fixed() const noexcept { return transitions_.size() == 1; }

  /// Seconds east of UTC at a time, and on a local clock that shows local_seconds. Clocks that show what they skipped
  /// read as if they had not been moved yet; of a repeated hour the first is meant.
  [[nodiscard]] std::int32_t offset_at(std::int64_t utc_seconds) const noexcept {
    return is_fixed() ? transitions_[0].offset : transitions_[index_of<false>(utc_seconds)].offset;
  }
  [[nodiscard]] std::int32_t offset_of_local(std::int64_t local_seconds) const noexcept {
    return is_fixed() ? transitions_[0].offset : transitions_[index_of<true>(local_seconds)].offset;
  }
  [[nodiscard]] std::int64_t to_local_micros(std::int64_t utc_micros) const noexcept {
    return utc_micros + offset_at(floor_div(utc_micros, kMicrosPerSecond)) * kMicrosPerSecond;
  }
  [[nodiscard]] std::int64_t to_utc_micros(std::int64_t local_micros) const noexcept {
    return local_micros - offset_of_local(floor_div(local_micros, kMicrosPerSecond)) * kMicrosPerSecond;
  }
  /// Day on a local clock.
  [[nodiscard]] std::int32_t local_date(std::int64_t utc_micros) const noexcept {
    return static_cast<std::int32_t>(floor_div(to_local_micros(utc_micros), kMicrosPerDay));
  }
  /// The first instant of a local day, in microseconds. Days that do not fit 64 bits wrap; check before.
  [[nodiscard]] std::int64_t start_of_date(std::int32_t days) const noexcept {
    return to_utc_micros(days * kMicrosPerDay);
  }

  /// "CET", "CEST", "+03"; an offset zone's id.
  [[nodiscard]] std::string abbreviation(std::int64_t utc_seconds) const;
  [[nodiscard]] bool is_daylight(std::int64_t utc_seconds) const noexcept;

 private:
  struct Transition {
    std::int64_t utc_start;    ///< Seconds.
    std::int64_t local_start;  ///< Local clocks from here on surely follow this entry.
    std::int32_t offset;
    bool is_daylight;
    std::uint8_t abbreviation;  ///< Into abbreviations_.
  };

  TimeZone() = default;
  static const TimeZone* load(std::string_view id);
  static const TimeZone* make_fixed(std::string_view id, std::int32_t offset);
  bool read_region(const std::string& path);
  bool parse_region(std::string_view bytes);
  void append_rule(std::string_view rule);
  void add(std::int64_t utc_start, std::int32_t offset, bool is_daylight, std::string_view abbreviation);
  void finish();

  /// Seconds of one step of the index: about half a year, so that few steps have more than one transition.
  static constexpr int kStepBits = 24;
  static constexpr std::int64_t kPeriodSeconds = 146'097 * kSecondsPerDay;

  template <bool kLocal>
  [[nodiscard]] std::size_t index_of(std::int64_t seconds) const noexcept {
    const std::int64_t start = kLocal ? local_origin_ : utc_origin_;
    if (seconds < start) { return 0; }
    if (seconds >= table_end_) { seconds -= ((seconds - table_end_) / kPeriodSeconds + 1) * kPeriodSeconds; }
    const auto& steps = kLocal ? local_steps_ : utc_steps_;
    std::size_t at = steps[static_cast<std::size_t>((seconds - start) >> kStepBits)];
    while (at + 1 < transitions_.size() &&
           (kLocal ? transitions_[at + 1].local_start : transitions_[at + 1].utc_start) <= seconds) {
      ++at;
    }
    return at;
  }

  std::string id_;
  std::vector<Transition> transitions_;  ///< The first one starts before all time.
  std::vector<std::string> abbreviations_;
  std::vector<std::uint16_t> utc_steps_;
  std::vector<std::uint16_t> local_steps_;
  std::int64_t utc_origin_ = 0;
  std::int64_t local_origin_ = 0;
  std::int64_t table_end_ = 0;
};

}  // namespace hammerscale::sql
