#include "hammerscale/base/log.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>

#include <unistd.h>

namespace hammerscale {
namespace {

constexpr std::array<std::string_view, 6> kLevelNames = {"trace", "debug", "info", "warn", "error", "off"};
std::atomic<LogLevel> current_level{LogLevel::kWarn};
std::atomic<std::int32_t> current_rank{-1};

void append_timestamp(std::string& line) {
  const auto now = std::chrono::system_clock::now();
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  const auto length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  line.append(text.data(), length);
  std::array<char, 8> fraction{};
  std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(milliseconds));
  line += fraction.data();
}

void append_value(std::string& line, std::string_view value) {
  const bool plain = !value.empty() && value.find_first_of(" \"\\=\n\t\r") == std::string_view::npos;
  if (plain) {
    line += value;
    return;
  }
  line += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\') {
      line += '\\';
      line += c;
    } else if (c == '\n') {
      line += "\\n";
    } else {
      line += c;
    }
  }
  line += '"';
}

}  // namespace

std::optional<LogLevel> parse_log_level(std::string_view text) {
  for (std::size_t i = 0; i < kLevelNames.size(); ++i) {
    if (kLevelNames[i] == text) { return static_cast<LogLevel>(i); }
  }
  return std::nullopt;
}

LogField::LogField(std::string_view n, double v) : name(n) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", v);
  value = text.data();
}

void set_log_level(LogLevel level) noexcept { current_level.store(level, std::memory_order_relaxed); }
LogLevel log_level() noexcept { return current_level.load(std::memory_order_relaxed); }
std::int32_t log_rank() noexcept { return current_rank.load(std::memory_order_relaxed); }
void set_log_rank(std::int32_t rank) noexcept { current_rank.store(rank, std::memory_order_relaxed); }

void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  std::string line;
  line.reserve(160);
  append_timestamp(line);
  line += ' ';
  line += kLevelNames[static_cast<std::size_t>(level)];
  if (const auto rank = current_rank.load(std::memory_order_relaxed); rank >= 0) {
    line += " rank=";
    line += std::to_string(rank);
  }
  line += ' ';
  line += event;
  for (const auto& field : fields) {
    line += ' ';
    line += field.name;
    line += '=';
    append_value(line, field.value);
  }
  line += '\n';
  // One write call a line: lines of several ranks that share a terminal stay whole.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace hammerscale
