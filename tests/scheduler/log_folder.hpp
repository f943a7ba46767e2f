#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace hammerscale::scheduler::testing {

/// A folder for event logs, removed at the end.
class LogFolder {
 public:
  LogFolder() {
    static int number = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("hammerscale-log-test-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
  }
  ~LogFolder() { std::filesystem::remove_all(path_); }
  LogFolder(const LogFolder&) = delete;
  LogFolder& operator=(const LogFolder&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// The events of a log that have this name, or all. @throws nlohmann::json::exception  a whole line is no JSON object.
inline std::vector<nlohmann::json> read_events(const std::string& path, const std::string& name = "") {
  std::ifstream file(path);
  std::vector<nlohmann::json> events;
  std::string line;
  while (std::getline(file, line)) {
    if (file.eof()) { break; }  // A line without its end is still being written.
    auto event = nlohmann::json::parse(line);
    if (name.empty() || event.at("event") == name) { events.push_back(std::move(event)); }
  }
  return events;
}

}  // namespace hammerscale::scheduler::testing
