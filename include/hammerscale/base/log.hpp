#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace hammerscale {

enum class LogLevel : std::uint8_t { kTrace, kDebug, kInfo, kWarn, kError, kOff };

/// Parses "trace", "debug", "info", "warn", "error" or "off".
std::optional<LogLevel> parse_log_level(std::string_view text);

/// One named value of a log line. Numbers are written as they are, text is quoted where it holds blanks.
struct LogField {
  std::string_view name;
  std::string value;

  LogField(std::string_view n, std::string_view v) : name(n), value(v) {}
  LogField(std::string_view n, const char* v) : name(n), value(v) {}
  LogField(std::string_view n, const std::string& v) : name(n), value(v) {}
  LogField(std::string_view n, bool v) : name(n), value(v ? "true" : "false") {}
  LogField(std::string_view n, double v);
  template <std::integral Number>
  LogField(std::string_view n, Number v) : name(n), value(std::to_string(v)) {}
};

/// Lines below this level are dropped. Default kWarn. Any thread may call it.
void set_log_level(LogLevel level) noexcept;
LogLevel log_level() noexcept;

/// The rank that log lines of this process show; -1 hides it.
void set_log_rank(std::int32_t rank) noexcept;
std::int32_t log_rank() noexcept;

/// Writes one line to standard error: time, level, rank, dotted event name, fields. Any thread may call it.
void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields);

}  // namespace hammerscale

#define HS_LOG(level, ...)                                             \
  do {                                                                 \
    if ((level) >= ::hammerscale::log_level()) [[unlikely]] {          \
      ::hammerscale::log_event((level), HS_LOG_ARGUMENTS(__VA_ARGS__)); \
    }                                                                  \
  } while (false)
#define HS_LOG_ARGUMENTS(event, ...) event, {__VA_ARGS__}

#define HS_LOG_ERROR(...) HS_LOG(::hammerscale::LogLevel::kError, __VA_ARGS__)
#define HS_LOG_WARN(...) HS_LOG(::hammerscale::LogLevel::kWarn, __VA_ARGS__)
#define HS_LOG_INFO(...) HS_LOG(::hammerscale::LogLevel::kInfo, __VA_ARGS__)
#define HS_LOG_DEBUG(...) HS_LOG(::hammerscale::LogLevel::kDebug, __VA_ARGS__)
#ifdef NDEBUG
#define HS_LOG_TRACE(...) static_cast<void>(0)
#else
#define HS_LOG_TRACE(...) HS_LOG(::hammerscale::LogLevel::kTrace, __VA_ARGS__)
#endif
