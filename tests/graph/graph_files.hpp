#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "hammerscale/graph/graph_job.hpp"
#include "support/session_test.hpp"

namespace hammerscale::graph::testing {

/// A folder of input files that goes when the test ends. All ranks of a test share the machine's file system.
class GraphFiles {
 public:
  GraphFiles() {
    auto name = (std::filesystem::temp_directory_path() / "hammerscale-graph-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~GraphFiles() { std::filesystem::remove_all(folder_); }
  GraphFiles(const GraphFiles&) = delete;
  GraphFiles& operator=(const GraphFiles&) = delete;

  std::string write(const std::string& name, const std::string& text) const {
    const auto path = folder_ + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  [[nodiscard]] const std::string& folder() const noexcept { return folder_; }

 private:
  std::string folder_;
};

/// All lines of a job, joined.
inline std::string run_lines(const GraphJobRequest& request) {
  std::string all;
  for (const auto& text : run_graph_job(hammerscale::testing::session(), request).texts) { all += text; }
  return all;
}

inline GraphJobRequest request_of(const std::string& algorithm, const std::string& edges,
                                  std::map<std::string, std::string> parameters = {}) {
  GraphJobRequest request;
  request.input.edges = {edges};
  request.algorithm = algorithm;
  request.parameters = std::move(parameters);
  return request;
}

}  // namespace hammerscale::graph::testing
