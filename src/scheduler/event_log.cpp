#include "scheduler/event_log.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "hammerscale/base/error.hpp"
#include "hammerscale/base/log.hpp"

namespace hammerscale::scheduler {

EventLog::EventLog(const std::string& directory, const std::string& application) {
  std::error_code status;
  std::filesystem::create_directories(directory, status);
  path_ = (std::filesystem::path(directory) / (application + ".jsonl")).string();
  file_ = std::fopen(path_.c_str(), "we");
  if (file_ == nullptr) {
    throw UserError(ErrorCode::kOutput, "cannot write the event log",
                    {{"path", path_}, {"reason", std::strerror(errno)}});
  }
}

EventLog::~EventLog() { std::fclose(file_); }

void EventLog::write(std::string_view event, std::initializer_list<EventField> fields) {
  const auto now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  nlohmann::ordered_json line = {{"event", event}, {"time", now}};
  for (const auto& field : fields) {
    std::visit([&](const auto& value) { line[std::string(field.name)] = value; }, field.value);
  }
  // Values may hold bytes of the user's data that are no UTF-8; the log replaces them and stays valid JSON.
  const std::string text = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
  const std::lock_guard lock(mutex_);
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size() || std::fflush(file_) != 0) {
    HS_LOG_WARN("event_log.write.failed", {"path", path_}, {"reason", std::strerror(errno)});
  }
}

}  // namespace hammerscale::scheduler
