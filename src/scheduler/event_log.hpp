#pragma once

#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>

namespace hammerscale::scheduler {

/// One named value of an event.
struct EventField {
  std::string_view name;
  std::variant<std::int64_t, std::uint64_t, double, bool, std::string> value;

  EventField(std::string_view n, int v) : name(n), value(std::int64_t{v}) {}
  EventField(std::string_view n, std::int64_t v) : name(n), value(v) {}
  EventField(std::string_view n, std::uint64_t v) : name(n), value(v) {}
  EventField(std::string_view n, std::uint32_t v) : name(n), value(std::uint64_t{v}) {}
  EventField(std::string_view n, double v) : name(n), value(v) {}
  EventField(std::string_view n, bool v) : name(n), value(v) {}
  EventField(std::string_view n, std::string v) : name(n), value(std::move(v)) {}
  EventField(std::string_view n, std::string_view v) : name(n), value(std::string(v)) {}
  EventField(std::string_view n, const char* v) : name(n), value(std::string(v)) {}
};

/// What happened, as JSON lines in one file, written by the driver: the application, jobs, stages, tasks, gangs. The
/// UI, the history report and benchmarks read nothing else. Any thread may write; a line is written whole.
class EventLog {
 public:
  /// Writes to DIR/<application>.jsonl; the directory is made if it does not exist.
  /// @throws UserError kOutput  the file cannot be made.
  EventLog(const std::string& directory, const std::string& application);
  ~EventLog();
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  /// Adds {"event": event, "time": seconds since 1970, ...fields}.
  void write(std::string_view event, std::initializer_list<EventField> fields);
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
  std::mutex mutex_;
  std::FILE* file_ = nullptr;
};

}  // namespace hammerscale::scheduler
