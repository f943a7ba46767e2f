#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/hammerscale.hpp"
#include "line_output.hpp"
#include "table_printer.hpp"
#include "verb.hpp"

namespace hammerscale::program {
namespace {

std::string as_json(const ClusterInfo& cluster) {
  nlohmann::ordered_json ranks = nlohmann::ordered_json::array();
  for (const auto& rank : cluster.ranks) {
    ranks.push_back({{"rank", rank.rank},
                     {"host", rank.host},
                     {"role", rank.role},
                     {"task_threads", rank.num_task_threads},
                     {"memory_bytes", rank.memory_bytes},
                     {"scratch", rank.scratch}});
  }
  const nlohmann::ordered_json info = {{"version", HAMMERSCALE_VERSION},
                                       {"build_id", cluster.build_id},
                                       {"mpi_library", cluster.mpi_library},
                                       {"launcher", cluster.launcher},
                                       {"ranks", std::move(ranks)}};
  return info.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

class InfoVerb final : public Verb {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"info", "Show the cluster as the program sees it", "srun hammerscale info --format json"};
  }

  void add_options(CLI::App& command) override { table_.add_to(command); }
  void check() const override { table_.check(); }

  int run(Session& session, const RunOptions& /*options*/) override {
    const auto& cluster = session.cluster();
    if (table_.table_format() == TableFormat::kJson) {
      print_text(as_json(cluster));
      return 0;
    }
    const std::vector<TableColumn> columns = {{"rank", true},         {"host"},          {"role"},
                                              {"task_threads", true}, {"memory", false}, {"scratch"}};
    std::vector<std::vector<TableCell>> rows;
    for (const auto& rank : cluster.ranks) {
      const bool executes = rank.num_task_threads != 0;
      rows.push_back({std::to_string(rank.rank), rank.host, rank.role, std::to_string(rank.num_task_threads),
                      executes ? TableCell(format_byte_size(rank.memory_bytes)) : std::nullopt, rank.scratch});
    }
    std::string text;
    if (table_.table_format() == TableFormat::kTable) {
      text = "hammerscale " HAMMERSCALE_VERSION ", build " + cluster.build_id + '\n' +
             "MPI library: " + (cluster.mpi_library.empty() ? "not in use" : cluster.mpi_library) +
             "; launcher: " + cluster.launcher + '\n';
    }
    print_text(text + format_table(columns, rows, table_));
    return 0;
  }

 private:
  TableOptions table_;
};

}  // namespace

std::unique_ptr<Verb> make_info_verb() { return std::make_unique<InfoVerb>(); }

}  // namespace hammerscale::program
